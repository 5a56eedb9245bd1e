import type { SeenRequest } from "./seen-requests.ts";
import type { PolicyFinding } from "./watch-policy.ts";

const MARK = " of page ";

/** What a page and its workers, however deep they are nested, tell each other without a line of their own. Cloneable. */
export type PageMessage =
  | { readonly kind: "seen"; readonly seen: readonly SeenRequest[] }
  /** The page asks every worker to try to send something to `url`. */
  | { readonly kind: "try"; readonly url: string }
  | { readonly kind: "tried"; readonly url: string; readonly worker: string; readonly finding: PolicyFinding };

/** The page itself makes a number; its workers, and theirs, carry it on in their names. */
const [ownName, pageId] = ownNameAndPage();

/** Of this worker, such as "slide"; empty on the page. */
export const workerName = ownName;

/** The name of a worker that belongs to this page. */
export function nameOfWorker(name: string): string {
  return `${name}${MARK}${pageId}`;
}

/** Other tabs of the same site do not hear it. Whoever opens it closes it. */
export function openPageChannel(onMessage: (message: PageMessage) => void): {
  post(message: PageMessage): void;
  close(): void;
} {
  const channel = new BroadcastChannel(`palisade${MARK}${pageId}`);
  channel.addEventListener("message", ({ data }: MessageEvent<PageMessage>) => onMessage(data));
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
}

function ownNameAndPage(): readonly [name: string, page: string] {
  const isWorker = !("document" in globalThis);
  const [name = "", inherited] = isWorker ? self.name.split(MARK) : [];
  // `crypto.randomUUID` is not there for pages over plain http.
  return [name, inherited ?? crypto.getRandomValues(new Uint32Array(2)).join("-")];
}
