import { proxy, type Remote } from "comlink";
import type { AnalysisProgress } from "../engine/analysis/types.ts";
import type { AnalysisApi, AnalysisClient, RunOptions } from "./analysis.api.ts";
import type { OnTasks } from "./task-batches.ts";
import type { JobId } from "./wire.ts";
import { WorkerLink } from "./worker-link.ts";

/** Starts nothing yet: the run worker comes with the first call, and again after it crashed. Whoever makes a client closes it. */
export function startAnalysisClient(): AnalysisClient {
  return new RunWorkerClient();
}

class RunWorkerClient implements AnalysisClient {
  #link: WorkerLink<AnalysisApi> | null = null;
  #isClosed = false;
  readonly #running = new Set<JobId>();

  analyze(...[request, options = {}]: Parameters<AnalysisClient["analyze"]>): ReturnType<AnalysisClient["analyze"]> {
    return this.#run(
      (remote, job, onProgress) => remote.analyze(request, job, onProgress, crossing(options.onTasks)),
      options,
    );
  }

  classify(...[request, options = {}]: Parameters<AnalysisClient["classify"]>): ReturnType<AnalysisClient["classify"]> {
    return this.#run(
      (remote, job, onProgress) => remote.classify(request, job, onProgress, crossing(options.onTasks)),
      options,
    );
  }

  exciteNeurons(
    ...[request, options = {}]: Parameters<AnalysisClient["exciteNeurons"]>
  ): ReturnType<AnalysisClient["exciteNeurons"]> {
    return this.#run((remote, job, onProgress) => remote.exciteNeurons(request, job, onProgress), options);
  }

  probeBackend(...[choice]: Parameters<AnalysisClient["probeBackend"]>): ReturnType<AnalysisClient["probeBackend"]> {
    return this.#openLink().call((remote) => remote.probeBackend(choice));
  }

  setPaused(isPaused: boolean): void {
    for (const job of this.#running) {
      this.#link?.tell((remote) => (isPaused ? remote.pause(job) : remote.goOn(job)));
    }
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
    this.#running.add(job);
    const answer = link.call(
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
    return answer.finally(() => this.#running.delete(job));
  }

  /** After `close` the ended link is kept: its calls reject with `workers/closed`. */
  #openLink(): WorkerLink<AnalysisApi> {
    if (!this.#link || (this.#link.isEnded && !this.#isClosed)) {
      const worker = new Worker(new URL("./analysis.worker.ts", import.meta.url), { type: "module" });
      this.#link = new WorkerLink<AnalysisApi>(worker, { name: "the analysis worker" });
      if (this.#isClosed) this.#link.close();
    }
    return this.#link;
  }
}

function crossing<Found>(onTasks: OnTasks<Found> | undefined): OnTasks<Found> | null {
  return onTasks ? proxy(onTasks) : null;
}
