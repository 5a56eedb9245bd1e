import { Worker } from "node:worker_threads";
import { type CaseResult, LIMITS } from "./cases.ts";

/** Places in the memory shared with the watching thread. */
const AT = { wallMs: 0, cpuMs: 1, restBytes: 2, peakBytes: 3 } as const;

/** Measures what the work between `start` and `stop` costs, from a thread of its own; past `LIMITS` it ends the process. */
export interface Watch {
  start(): void;
  stop(): Pick<CaseResult, "cpuMs" | "peakBytes">;
}

export function startWatchThread(): Watch {
  const shared = new Float64Array(new SharedArrayBuffer(Object.keys(AT).length * 8));
  const workerData = { shared, at: AT, limits: LIMITS };
  new Worker(new URL("./watch-thread.mjs", import.meta.url), { workerData, execArgv: [] }).unref();
  return {
    start() {
      const bytes = process.memoryUsage.rss();
      shared[AT.restBytes] = bytes;
      shared[AT.peakBytes] = bytes;
      shared[AT.cpuMs] = cpuNowMs();
      shared[AT.wallMs] = Date.now();
    },
    stop() {
      shared[AT.wallMs] = 0;
      const cpuMs = cpuNowMs() - (shared[AT.cpuMs] ?? 0);
      const peak = Math.max(shared[AT.peakBytes] ?? 0, process.memoryUsage.rss());
      return { cpuMs, peakBytes: peak - (shared[AT.restBytes] ?? 0) };
    },
  };
}

function cpuNowMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
