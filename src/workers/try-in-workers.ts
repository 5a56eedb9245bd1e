import { openPageChannel } from "./page-channel.ts";
import type { PolicyFinding } from "./watch-policy.ts";

/** After the first answer those of the others follow at once; a worker that computes answers late or not at all. Milliseconds. */
const FIRST_MS = 3_000;
const OTHERS_MS = 300;

export interface WorkerFinding extends PolicyFinding {
  /** Such as "slide". */
  readonly worker: string;
}

/** Lets every worker of the page that listens try to send something to `url`: one finding for each kind of worker, the worst. */
export function tryInWorkers(url: string): Promise<readonly WorkerFinding[]> {
  return new Promise((resolve) => {
    const found = new Map<string, WorkerFinding>();
    let timer = setTimeout(end, FIRST_MS);
    const channel = openPageChannel((message) => {
      if (message.kind !== "tried" || message.url !== url) return;
      const { worker, finding } = message;
      if (found.get(worker)?.directive !== null) found.set(worker, { worker, ...finding });
      clearTimeout(timer);
      timer = setTimeout(end, OTHERS_MS);
    });
    channel.post({ kind: "try", url });

    function end(): void {
      channel.close();
      resolve([...found.values()]);
    }
  });
}
