import { expose } from "comlink";
import { beginWorker } from "./begin-worker.ts";
import type { PolicyProbeApi } from "./policy-probe.api.ts";
import { findPolicy } from "./watch-policy.ts";

const api: PolicyProbeApi = {
  tryToSend: (url) => findPolicy(url, () => fetch(url, { method: "POST", mode: "no-cors", body: "test" })),
};

beginWorker();
expose(api);
