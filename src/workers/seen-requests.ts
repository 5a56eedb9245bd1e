import { onStopped } from "./watch-policy.ts";

/**
 * Where an answer came from. `offline-copy`: the page's own service worker, with nothing sent for it; `stopped`: there was none, since the
 * policy let nothing out.
 */
export type RequestSource = "network" | "browser-cache" | "offline-copy" | "stopped";

/** Within so long the browser says whether its policy stopped a request, milliseconds. */
const VERDICT_MS = 500;

/** One request, as the browser's own record of resources tells it. Cloneable. */
export interface SeenRequest {
  readonly url: string;
  /** Milliseconds since 1970, when it began. */
  readonly at: number;
  readonly from: RequestSource;
  /** Over the network, headers included; 0 where the browser does not say. */
  readonly bytes: number;
}

/**
 * Tells of every request of this thread, those that were made before as well, until the thread ends. The record is the browser's (Resource
 * Timing): the page cannot leave anything out of it. Chromium records requests that the policy stopped as well.
 */
export function watchRequests(onSeen: (seen: readonly SeenRequest[]) => void): void {
  const stopped = new Set<string>();
  onStopped(({ blockedURI }) => stopped.add(blockedURI));
  const tell = (entries: readonly PerformanceResourceTiming[]): void => {
    if (entries.length > 0) onSeen(entries.map((entry) => requestOf(entry, stopped)));
  };
  const report = (entries: PerformanceEntryList): void => {
    const sent = entries.filter(isResource).filter(({ name }) => /^(https?|wss?):/.test(name));
    tell(sent.filter(({ name }) => isOwn(name)));
    const foreign = sent.filter(({ name }) => !isOwn(name));
    if (foreign.length > 0) setTimeout(() => tell(foreign), VERDICT_MS);
  };
  const observer = new PerformanceObserver((list) => report(list.getEntries()));
  observer.observe({ type: "resource", buffered: true });
  // The page's own address; workers have no such entry.
  if (PerformanceObserver.supportedEntryTypes.includes("navigation")) {
    report(performance.getEntriesByType("navigation"));
  }
}

function requestOf(entry: PerformanceResourceTiming, stopped: ReadonlySet<string>): SeenRequest {
  return {
    url: entry.name,
    at: performance.timeOrigin + entry.startTime,
    from: stopped.has(entry.name) ? "stopped" : sourceOf(entry),
    bytes: entry.transferSize,
  };
}

/** What no rule knows counts as sent. */
function sourceOf(entry: PerformanceResourceTiming): RequestSource {
  if (entry.transferSize > 0) return "network";
  if (entry.workerStart > 0) return "offline-copy";
  return entry.encodedBodySize > 0 ? "browser-cache" : "network";
}

function isOwn(url: string): boolean {
  return new URL(url).origin === self.location.origin;
}

function isResource(entry: PerformanceEntry): entry is PerformanceResourceTiming {
  return "transferSize" in entry;
}
