import { proxy, type Remote } from "comlink";
import type { EarlierWork } from "../engine/analysis/earlier-work.ts";
import type { AnalysisProgress } from "../engine/analysis/types.ts";
import { isAppError } from "../engine/base/errors.ts";
import type { AnalysisApi, AnalysisClient, KeptRunOptions, NeuronFindings, RunOptions } from "./analysis.api.ts";
import analysisWorkerUrl from "./analysis.worker.ts?worker&url";
import { spawnWorker } from "./spawn-worker.ts";
import type { OnTasks } from "./task-batches.ts";
import type { JobId } from "./wire.ts";
import { WorkerLink } from "./worker-link.ts";

/** How often a run is started again whose run worker died without getting further than before. */
const RESTARTS = 3;

/**
 * Starts nothing yet: the run worker comes with the first call, and again after it died; a run that was under way then goes on where it
 * was. Whoever makes a client closes it.
 */
export function startAnalysisClient(): AnalysisClient {
  return new RunWorkerClient();
}

type Ask<T> = (remote: Remote<AnalysisApi>, job: JobId, onProgress: (progress: AnalysisProgress) => void) => Promise<T>;

interface Ended<T> {
  readonly found: T;
  /** How often its worker died on the way. */
  readonly restarts: number;
}

class RunWorkerClient implements AnalysisClient {
  #link: WorkerLink<AnalysisApi> | null = null;
  #isClosed = false;
  #isPaused = false;
  readonly #running = new Set<JobId>();

  async analyze(
    ...[request, options = {}]: Parameters<AnalysisClient["analyze"]>
  ): ReturnType<AnalysisClient["analyze"]> {
    const work = new WorkSoFar(request.earlier ?? null, options);
    return withNotes(
      await this.#run(
        (remote, job, onProgress) =>
          remote.analyze({ ...request, earlier: work.done }, job, onProgress, proxy(work.onTasks)),
        options,
      ),
    );
  }

  async classify(
    ...[request, options = {}]: Parameters<AnalysisClient["classify"]>
  ): ReturnType<AnalysisClient["classify"]> {
    const work = new WorkSoFar(request.earlier ?? null, options);
    return withNotes(
      await this.#run(
        (remote, job, onProgress) =>
          remote.classify({ ...request, earlier: work.done }, job, onProgress, proxy(work.onTasks)),
        options,
      ),
    );
  }

  async exciteNeurons(
    ...[request, options = {}]: Parameters<AnalysisClient["exciteNeurons"]>
  ): ReturnType<AnalysisClient["exciteNeurons"]> {
    const ask: Ask<NeuronFindings> = (remote, job, onProgress) => remote.exciteNeurons(request, job, onProgress);
    return (await this.#run(ask, options)).found;
  }

  async planSlide(
    ...[request, options = {}]: Parameters<AnalysisClient["planSlide"]>
  ): ReturnType<AnalysisClient["planSlide"]> {
    return (await this.#run((remote, job) => remote.planSlide(request, job), options)).found;
  }

  probeBackend(...[choice]: Parameters<AnalysisClient["probeBackend"]>): ReturnType<AnalysisClient["probeBackend"]> {
    return this.#openLink().call((remote) => remote.probeBackend(choice));
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    for (const job of this.#running) {
      this.#link?.tell((remote) => (isPaused ? remote.pause(job) : remote.goOn(job)));
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#link?.close();
  }

  async #run<T>(ask: Ask<T>, options: RunOptions): Promise<Ended<T>> {
    if (this.#running.size === 0) this.#isPaused = false;
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

  async #runOn<T>(
    link: WorkerLink<AnalysisApi>,
    ask: Ask<T>,
    { signal, onProgress = () => {} }: RunOptions,
  ): Promise<T> {
    const job = link.nextJob();
    this.#running.add(job);
    try {
      const answer = link.call((remote) => ask(remote, job, proxy(onProgress)), {
        ...(signal ? { signal } : {}),
        onAbort: () => link.tell((remote) => remote.cancel(job)),
      });
      if (this.#isPaused) link.tell((remote) => remote.pause(job));
      return await answer;
    } finally {
      this.#running.delete(job);
    }
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

/** What a run has finished, for another worker to go on with should this one die; handed on to whoever keeps it. */
class WorkSoFar<Found> {
  readonly onTasks: OnTasks<Found>;
  #done: EarlierWork<Found> | null;

  constructor(earlier: EarlierWork<Found> | null, options: KeptRunOptions<Found>) {
    this.#done = earlier;
    this.onTasks = (batch) => {
      const before = this.#done?.plan === batch.plan ? this.#done.tasks : [];
      this.#done = { plan: batch.plan, seconds: batch.seconds, tasks: [...before, ...batch.tasks] };
      return options.onTasks?.(batch);
    };
  }

  get done(): EarlierWork<Found> | null {
    return this.#done;
  }
}

function withNotes<T extends { readonly notes: readonly string[] }>({ found, restarts }: Ended<T>): T {
  if (restarts === 0) return found;
  const times = restarts === 1 ? "once" : `${restarts} times`;
  return {
    ...found,
    notes: [
      ...found.notes,
      `The run stopped working ${times} and went on by itself where it was; that changes no result.`,
    ],
  };
}
