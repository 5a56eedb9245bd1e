import { proxy, type Remote } from "comlink";
import type { AnalysisProgress } from "../engine/analysis/types.ts";
import { isAppError } from "../engine/base/errors.ts";
import type { AnalysisApi, AnalysisClient, NeuronFindings } from "./analysis.api.ts";
import type { JobId } from "./wire.ts";
import { WorkerLink } from "./worker-link.ts";

/** How often a run is started again whose run worker died without getting further than before. */
const RESTARTS = 3;

/**
 * Starts nothing yet: the run worker comes with the first call, and again after it died; a run that was under way is then started
 * again. Whoever makes a client closes it.
 */
export function startAnalysisClient(): AnalysisClient {
  return new RunWorkerClient();
}

type RunOptions = NonNullable<Parameters<AnalysisClient["analyze"]>[1]>;

type Ask<T> = (remote: Remote<AnalysisApi>, job: JobId, onProgress: (progress: AnalysisProgress) => void) => Promise<T>;

interface Ended<T> {
  readonly found: T;
  /** How often its worker died on the way. */
  readonly restarts: number;
}

class RunWorkerClient implements AnalysisClient {
  #link: WorkerLink<AnalysisApi> | null = null;
  #isClosed = false;

  async analyze(
    ...[request, options = {}]: Parameters<AnalysisClient["analyze"]>
  ): ReturnType<AnalysisClient["analyze"]> {
    return withNotes(await this.#run((remote, job, onProgress) => remote.analyze(request, job, onProgress), options));
  }

  async classify(
    ...[request, options = {}]: Parameters<AnalysisClient["classify"]>
  ): ReturnType<AnalysisClient["classify"]> {
    return withNotes(await this.#run((remote, job, onProgress) => remote.classify(request, job, onProgress), options));
  }

  async exciteNeurons(
    ...[request, options = {}]: Parameters<AnalysisClient["exciteNeurons"]>
  ): ReturnType<AnalysisClient["exciteNeurons"]> {
    const ask: Ask<NeuronFindings> = (remote, job, onProgress) => remote.exciteNeurons(request, job, onProgress);
    return (await this.#run(ask, options)).found;
  }

  probeBackend(...[choice]: Parameters<AnalysisClient["probeBackend"]>): ReturnType<AnalysisClient["probeBackend"]> {
    return this.#openLink().call((remote) => remote.probeBackend(choice));
  }

  close(): void {
    this.#isClosed = true;
    this.#link?.close();
  }

  async #run<T>(ask: Ask<T>, options: RunOptions): Promise<Ended<T>> {
    let farthest = 0;
    let fruitless = 0;
    let restarts = 0;
    const onProgress = (progress: AnalysisProgress): void => {
      if (progress.done > farthest) fruitless = 0;
      farthest = Math.max(farthest, progress.done);
      options.onProgress?.(progress);
    };
    for (;;) {
      const link = this.#openLink();
      try {
        return { found: await this.#runOn(link, ask, { ...options, onProgress }), restarts };
      } catch (error) {
        const hasDied = link.isEnded && isAppError(error, "workers/crashed");
        fruitless += 1;
        restarts += 1;
        if (!hasDied || this.#isClosed || fruitless > RESTARTS) throw error;
      }
    }
  }

  #runOn<T>(link: WorkerLink<AnalysisApi>, ask: Ask<T>, { signal, onProgress = () => {} }: RunOptions): Promise<T> {
    const job = link.nextJob();
    return link.call((remote) => ask(remote, job, proxy(onProgress)), {
      ...(signal ? { signal } : {}),
      onAbort: () => link.tell((remote) => remote.cancel(job)),
    });
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

function withNotes<T extends { readonly notes: readonly string[] }>({ found, restarts }: Ended<T>): T {
  if (restarts === 0) return found;
  const times = restarts === 1 ? "once" : `${restarts} times`;
  return {
    ...found,
    notes: [
      ...found.notes,
      `The run stopped working ${times} and was started again by itself; that changes no result.`,
    ],
  };
}
