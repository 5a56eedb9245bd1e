import type { PolicyFinding, PolicyProbeApi } from "./policy-probe.api.ts";
import probeWorkerUrl from "./policy-probe.worker.ts?worker&url";
import { spawnWorker } from "./spawn-worker.ts";
import { WorkerLink } from "./worker-link.ts";

/** Lets a worker of the page try to send something to another origin. Throws `workers/crashed`. */
export async function tryToSendFromWorker(url: string): Promise<PolicyFinding> {
  const link = new WorkerLink<PolicyProbeApi>(spawnWorker(probeWorkerUrl, "policy-probe"), { name: "the test worker" });
  try {
    return await link.call((remote) => remote.tryToSend(url));
  } finally {
    link.close();
  }
}
