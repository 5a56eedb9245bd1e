import { openPageChannel } from "./page-channel.ts";
import { type SeenRequest, watchRequests } from "./seen-requests.ts";
import { SITE_CHANNEL } from "./site-channel.ts";

/** Tells of every request of the page, of its workers and of the service worker, from the first on, for as long as the page lives. */
export function watchAllRequests(onSeen: (seen: readonly SeenRequest[]) => void): void {
  openPageChannel((message) => {
    if (message.kind === "seen") onSeen(message.seen);
  });
  new BroadcastChannel(SITE_CHANNEL).addEventListener("message", ({ data }: MessageEvent<readonly SeenRequest[]>) =>
    onSeen(data),
  );
  watchRequests(onSeen);
}
