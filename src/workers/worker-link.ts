import { type Remote, releaseProxy, wrap } from "comlink";
import { AppError, throwIfAborted } from "../engine/base/errors.ts";
import { beatOf } from "./beat.ts";
import { lifeOf, watchLife } from "./life.ts";
import { type SilenceLimit, SilenceWatch } from "./silence-watch.ts";
import { carryErrors, type JobId } from "./wire.ts";

export interface WorkerLinkOptions {
  /** For sentences: "the slide worker". */
  readonly name: string;
  /** A worker that owes an answer and says nothing for so long is ended. Default: it is waited for. */
  readonly silence?: { readonly limitMs: SilenceLimit; readonly late: () => AppError };
  /** Hears the worker's signs of life (`beatFromHere`). */
  readonly onBeat?: (bytesRead: number) => void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Told when the signal fires, so that the worker can stop as well. */
  readonly onAbort?: () => void;
}

/**
 * One end of a worker that is heard when it dies: comlink listens for messages only, so a worker that fails to load, runs
 * out of memory or is closed would leave every call pending for ever. One that holds its life (`holdLife`) is missed at once.
 * Whoever makes a link closes it.
 */
export class WorkerLink<Api> {
  readonly #worker: Worker;
  readonly #name: string;
  // Kept here for as long as the link lives: comlink loses calls of a proxy that was collected (comlink issue 692).
  readonly #remote: Remote<Api>;
  readonly #pending = new Set<(error: unknown) => void>();
  readonly #watch: SilenceWatch | null;
  readonly #life = new AbortController();
  #ended: AppError | null = null;
  #lastJob: JobId = 0;

  constructor(worker: Worker, options: WorkerLinkOptions) {
    carryErrors();
    this.#worker = worker;
    this.#name = options.name;
    this.#remote = wrap<Api>(worker);
    const { silence, onBeat } = options;
    this.#watch = silence ? new SilenceWatch(silence.limitMs, () => this.#end(silence.late())) : null;
    worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      this.#watch?.heard();
      const bytesRead = beatOf(data);
      if (bytesRead !== null) onBeat?.(bytesRead);
      const life = lifeOf(data);
      if (life !== null) watchLife(life, this.#life.signal, () => this.#end(this.#crashed("", {})));
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const { message, filename: file, lineno: line } = event;
      this.#end(this.#crashed(message, { message, file, line }));
    });
    worker.addEventListener("messageerror", () => {
      this.#end(
        new AppError(
          "workers/crashed",
          `Expected an answer of ${this.#name}, found one that could not be read; reload the page.`,
        ),
      );
    });
  }

  /** True once the worker died or the link was closed; every further call is rejected. */
  get isEnded(): boolean {
    return this.#ended !== null;
  }

  /** A number that no other call of this link has. */
  nextJob(): JobId {
    this.#lastJob += 1;
    return this.#lastJob;
  }

  /**
   * Calls the worker. Rejects with what it threw, with `workers/crashed` when it dies, `workers/closed` when the link is closed
   * first, and with `AbortError` as soon as the signal fires.
   */
  call<T>(ask: (remote: Remote<Api>) => Promise<T>, options: CallOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const { signal, onAbort } = options;
      throwIfAborted(signal);
      if (this.#ended) throw this.#ended;
      const settle = (): void => {
        this.#pending.delete(fail);
        if (this.#pending.size === 0) this.#watch?.stop();
        signal?.removeEventListener("abort", abort);
      };
      const fail = (error: unknown): void => {
        settle();
        reject(error);
      };
      const abort = (): void => {
        fail(new DOMException("The job was cancelled.", "AbortError"));
        onAbort?.();
      };
      this.#pending.add(fail);
      this.#watch?.start();
      signal?.addEventListener("abort", abort);
      ask(this.#remote).then((value) => {
        settle();
        resolve(value);
      }, fail);
    });
  }

  /** Ends the worker for what it did not do, and rejects what is pending with that. */
  giveUp(error: AppError): void {
    this.#end(error);
  }

  /** Tells the worker something without waiting; a dead worker is not told. */
  tell(message: (remote: Remote<Api>) => Promise<unknown>): void {
    if (!this.#ended) message(this.#remote).catch(() => {});
  }

  /** Ends the worker at once, whatever it is doing, and rejects what is pending with `workers/closed`. */
  close(): void {
    this.#end(new AppError("workers/closed", `The work was dropped because ${this.#name} was closed.`));
  }

  #crashed(why: string, details: Readonly<Record<string, unknown>>): AppError {
    const because = why ? ` (${why})` : "";
    return new AppError(
      "workers/crashed",
      `Expected ${this.#name} to answer, but it stopped working${because}; try again, and reload the page if it happens again.`,
      details,
    );
  }

  #end(error: AppError): void {
    if (this.#ended) return;
    this.#ended = error;
    this.#life.abort();
    this.#watch?.stop();
    this.#worker.terminate();
    // Else comlink keeps the worker, and with it this link and its files, for as long as the page lives.
    this.#remote[releaseProxy]();
    for (const fail of [...this.#pending]) fail(error);
  }
}
