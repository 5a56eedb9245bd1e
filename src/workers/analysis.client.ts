import { proxy, type Remote } from "comlink";
import type { AnalysisProgress } from "../engine/analysis/types.ts";
import type { AnalysisApi, AnalysisClient } from "./analysis.api.ts";
import analysisWorkerUrl from "./analysis.worker.ts?worker&url";
import { spawnWorker } from "./spawn-worker.ts";
import type { JobId } from "./wire.ts";
import { WorkerLink } from "./worker-link.ts";

/** Starts nothing yet: the run worker comes with the first call, and again after it crashed. Whoever makes a client closes it. */
export function startAnalysisClient(): AnalysisClient {
  return new RunWorkerClient();
}

type RunOptions = NonNullable<Parameters<AnalysisClient["analyze"]>[1]>;

class RunWorkerClient implements AnalysisClient {
  #link: WorkerLink<AnalysisApi> | null = null;
  #isClosed = false;

  analyze(...[request, options = {}]: Parameters<AnalysisClient["analyze"]>): ReturnType<AnalysisClient["analyze"]> {
    return this.#run((remote, job, onProgress) => remote.analyze(request, job, onProgress), options);
  }

  classify(...[request, options = {}]: Parameters<AnalysisClient["classify"]>): ReturnType<AnalysisClient["classify"]> {
    return this.#run((remote, job, onProgress) => remote.classify(request, job, onProgress), options);
  }

  exciteNeurons(
    ...[request, options = {}]: Parameters<AnalysisClient["exciteNeurons"]>
  ): ReturnType<AnalysisClient["exciteNeurons"]> {
    return this.#run((remote, job, onProgress) => remote.exciteNeurons(request, job, onProgress), options);
  }

  probeBackend(...[choice]: Parameters<AnalysisClient["probeBackend"]>): ReturnType<AnalysisClient["probeBackend"]> {
    return this.#openLink().call((remote) => remote.probeBackend(choice));
  }

  close(): void {
    this.#isClosed = true;
    this.#link?.close();
  }

  #run<T>(
    ask: (remote: Remote<AnalysisApi>, job: JobId, onProgress: (progress: AnalysisProgress) => void) => Promise<T>,
    options: RunOptions,
  ): Promise<T> {
    const link = this.#openLink();
    const job = link.nextJob();
    const onProgress = options.onProgress ?? (() => {});
    return link.call(
      (remote) =>
        ask(
          remote,
          job,
          proxy((progress) => onProgress(progress)),
        ),
      {
        ...(options.signal ? { signal: options.signal } : {}),
        onAbort: () => link.tell((remote) => remote.cancel(job)),
      },
    );
  }

  /** After `close` the ended link is kept: its calls reject with `workers/closed`. */
  #openLink(): WorkerLink<AnalysisApi> {
    if (!this.#link || (this.#link.isEnded && !this.#isClosed)) {
      const worker = spawnWorker(analysisWorkerUrl, "analysis");
      this.#link = new WorkerLink<AnalysisApi>(worker, { name: "the analysis worker" });
      if (this.#isClosed) this.#link.close();
    }
    return this.#link;
  }
}
