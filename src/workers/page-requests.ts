import { openPageChannel } from "./page-channel.ts";
import { type SeenRequest, watchRequests } from "./seen-requests.ts";

/** Tells of every request of the page and of its workers, from the first on, for as long as the page lives. */
export function watchAllRequests(onSeen: (seen: readonly SeenRequest[]) => void): void {
  openPageChannel((message) => {
    if (message.kind === "seen") onSeen(message.seen);
  });
  watchRequests(onSeen);
}
