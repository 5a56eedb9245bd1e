import type { Remote } from "comlink";
import { spawnWorker } from "./spawn-worker.ts";
import type { TrustApi, TrustChecker } from "./trust.api.ts";
import trustWorkerUrl from "./trust.worker.ts?worker&url";
import { WorkerLink } from "./worker-link.ts";

/** Looks at slides in workers that live for one answer: what they read of a slide is not kept in memory beside the page. */
export function trustChecker(): TrustChecker {
  return {
    check: (request, signal) => askOnce((remote) => remote.check(request), signal),
    features: (request, signal) => askOnce((remote) => remote.features(request), signal),
  };
}

async function askOnce<T>(ask: (remote: Remote<TrustApi>) => Promise<T>, signal: AbortSignal): Promise<T> {
  const link = new WorkerLink<TrustApi>(spawnWorker(trustWorkerUrl, "trust"), { name: "the trust worker" });
  try {
    return await link.call(ask, { signal });
  } finally {
    link.close();
  }
}
