/** Where an answer came from. `offline-copy`: the page's own service worker, with nothing sent for it. */
export type RequestSource = "network" | "browser-cache" | "offline-copy";

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
 * Timing): the page cannot leave anything out of it, and a request that the policy stops is not in it.
 */
export function watchRequests(onSeen: (seen: readonly SeenRequest[]) => void): void {
  const report = (entries: PerformanceEntryList): void => {
    const seen = entries.filter(isResource).map(requestOf);
    const sent = seen.filter(({ url }) => /^(https?|wss?):/.test(url));
    if (sent.length > 0) onSeen(sent);
  };
  const observer = new PerformanceObserver((list) => report(list.getEntries()));
  observer.observe({ type: "resource", buffered: true });
  // The page's own address; workers have no such entry.
  if (PerformanceObserver.supportedEntryTypes.includes("navigation")) {
    report(performance.getEntriesByType("navigation"));
  }
}

function requestOf(entry: PerformanceResourceTiming): SeenRequest {
  return {
    url: entry.name,
    at: performance.timeOrigin + entry.startTime,
    from: sourceOf(entry),
    bytes: entry.transferSize,
  };
}

/** What no rule knows counts as sent. */
function sourceOf(entry: PerformanceResourceTiming): RequestSource {
  if (entry.transferSize > 0) return "network";
  if (entry.workerStart > 0) return "offline-copy";
  return entry.encodedBodySize > 0 ? "browser-cache" : "network";
}

function isResource(entry: PerformanceEntry): entry is PerformanceResourceTiming {
  return "transferSize" in entry;
}
