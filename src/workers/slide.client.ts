import { AppError, isAppError, throwIfAborted } from "../engine/base/errors.ts";
import type { PixelSize, SlideInfo } from "../engine/slide/types.ts";
import { BEAT_MS } from "./beat.ts";
import type { SlideApi, SlideClient } from "./slide.api.ts";
import slideWorkerUrl from "./slide.worker.ts?worker&url";
import type { SlideInput } from "./slide-input.ts";
import { spawnWorker } from "./spawn-worker.ts";
import { untilAborted } from "./time-limit.ts";
import { type CallOptions, WorkerLink } from "./worker-link.ts";

export interface OpenSlideOptions {
  readonly signal?: AbortSignal;
  /** Default: the page's own slide worker. */
  readonly startWorker?: () => Worker;
  readonly limits?: SlideLimits;
  /** Told when the worker died and is started again with the same file. */
  readonly onRestart?: () => void;
}

/** How long a worker that owes an answer may give no sign of life, milliseconds. */
export interface SlideLimits {
  /** While its code is fetched. */
  readonly startMs: number;
  /** While it opens a slide, whose directories are read in milliseconds. */
  readonly openMs: number;
  /** While it decodes: one large piece takes seconds on a slow machine. */
  readonly decodeMs: number;
  /** While it opens a slide and is alive, but reads nothing: a drive that was asleep needs some 15 s. */
  readonly stalledMs: number;
}

const DEFAULT_LIMITS: SlideLimits = { startMs: 30_000, openMs: 5_000, decodeMs: 15_000, stalledMs: 30_000 };

/** A worker that died is started again with the same file, so often: a bad piece costs two. */
const RESTARTS = 6;

/** So many answers without a death, and one restart is forgiven: a long visit may see more deaths than a damaged file is allowed. */
const FORGIVEN_AFTER = 50;

/**
 * Opens a slide in a worker of its own. Throws what opening throws (`slide/...`), `slide/malformed` when the file keeps the reader
 * busy for 5 s without a sign of life or for 30 s without reading on, `workers/crashed`. Whoever opens it closes it.
 */
export async function openSlideInWorker(
  input: SlideInput,
  pixelSize: PixelSize | null = null,
  options: OpenSlideOptions = {},
): Promise<SlideClient> {
  const { link, opened } = openLink(input, pixelSize, options);
  const restart = () => {
    options.onRestart?.();
    return openLink(input, pixelSize, options);
  };
  try {
    return new SlideWorkerClient(link, await untilAborted(opened, options.signal), restart);
  } catch (error) {
    link.close();
    throw error;
  }
}

interface OpeningLink {
  readonly link: WorkerLink<SlideApi>;
  readonly opened: Promise<SlideInfo>;
}

function openLink(input: SlideInput, pixelSize: PixelSize | null, options: OpenSlideOptions): OpeningLink {
  const { startWorker = takeSlideWorker, limits = DEFAULT_LIMITS } = options;
  const name = input.link?.name ?? input.files[0]?.name ?? "";
  let isOpen = false;
  let bytes = -1;
  let idleBeats = 0;
  const link: WorkerLink<SlideApi> = new WorkerLink<SlideApi>(startWorker(), {
    name: "the slide reader",
    silence: {
      limitMs: (hasSpoken) => (isOpen ? limits.decodeMs : hasSpoken ? limits.openMs : limits.startMs),
      late: () => (isOpen ? silentError(name) : stuckError(name, input.link !== undefined)),
    },
    onBeat: (bytesRead) => {
      idleBeats = bytesRead === bytes ? idleBeats + 1 : 0;
      bytes = bytesRead;
      if (!isOpen && idleBeats * BEAT_MS > limits.stalledMs) link.giveUp(stuckError(name, input.link !== undefined));
    },
  });
  const opened = link.call((remote) => remote.open(input, pixelSize));
  opened.then(
    () => {
      isOpen = true;
    },
    () => {},
  );
  return { link, opened };
}

let prepared: Worker | null = null;

/** Starts a worker ahead, so that the next slide need not wait for one. */
export function prepareSlideWorker(): void {
  if (prepared) return;
  prepared = startSlideWorker();
  // One that does not even start is no use, and the next slide tells why.
  prepared.addEventListener("error", () => {
    prepared = null;
  });
}

function takeSlideWorker(): Worker {
  const taken = prepared;
  prepared = null;
  return taken ?? startSlideWorker();
}

function startSlideWorker(): Worker {
  return spawnWorker(slideWorkerUrl, "slide");
}

function stuckError(name: string, isLinked: boolean): AppError {
  const why = isLinked
    ? "the file is damaged, or its host does not answer. Open the link again."
    : "the file is damaged, or its drive does not answer. Copy or export the slide again.";
  return new AppError(
    "slide/malformed",
    `Expected "${name}" to open, but the reader got stuck in it and was ended; ${why}`,
  );
}

function silentError(name: string): AppError {
  return new AppError(
    "workers/silent",
    `Expected a part of "${name}" from the slide reader, but it no longer answered and was started again; that part of the file may be damaged.`,
  );
}

class SlideWorkerClient implements SlideClient {
  readonly info: SlideInfo;
  readonly #restart: () => OpeningLink;
  #link: WorkerLink<SlideApi>;
  #opened: Promise<unknown> = Promise.resolve();
  #restarts = 0;
  #answers = 0;
  #isClosed = false;
  /** What was pending when a worker died is tried again one by one: only the piece that killed it fails. */
  #retries: Promise<unknown> = Promise.resolve();

  constructor(link: WorkerLink<SlideApi>, info: SlideInfo, restart: () => OpeningLink) {
    this.info = info;
    this.#link = link;
    this.#restart = restart;
  }

  tile(...[address, options = {}]: Parameters<SlideClient["tile"]>): ReturnType<SlideClient["tile"]> {
    return this.#ask(options, (link, job, call) => link.call((remote) => remote.tile(address, job), call));
  }

  region(...[request, options = {}]: Parameters<SlideClient["region"]>): ReturnType<SlideClient["region"]> {
    return this.#ask(options, (link, job, call) => link.call((remote) => remote.region(request, job), call));
  }

  associated(...[name, options = {}]: Parameters<SlideClient["associated"]>): ReturnType<SlideClient["associated"]> {
    return this.#ask(options, (link, job, call) => link.call((remote) => remote.associated(name, job), call));
  }

  fingerprint(): ReturnType<SlideClient["fingerprint"]> {
    return this.#ask({}, (link, _, call) => link.call((remote) => remote.fingerprint(), call));
  }

  close(): void {
    this.#isClosed = true;
    this.#link.close();
  }

  async #ask<T>(
    options: { readonly signal?: AbortSignal },
    call: (link: WorkerLink<SlideApi>, job: number, options: CallOptions) => Promise<T>,
  ): Promise<T> {
    const once = async (): Promise<T> => {
      const link = await this.#livingLink();
      const job = link.nextJob();
      const answer = await call(link, job, { ...options, onAbort: () => link.tell((remote) => remote.cancel(job)) });
      this.#forgive();
      return answer;
    };
    try {
      return await once();
    } catch (error) {
      if (!isAppError(error, "workers/silent", "workers/crashed") || this.#isClosed) throw error;
      const retry = this.#retries.then(() => {
        throwIfAborted(options.signal);
        return once();
      });
      this.#retries = retry.catch(() => {});
      return await retry;
    }
  }

  #forgive(): void {
    this.#answers += 1;
    if (this.#answers % FORGIVEN_AFTER === 0) this.#restarts = Math.max(0, this.#restarts - 1);
  }

  /** The link, with its worker started again where it died. */
  async #livingLink(): Promise<WorkerLink<SlideApi>> {
    if (this.#link.isEnded && !this.#isClosed && this.#restarts < RESTARTS) {
      this.#restarts += 1;
      this.#answers = 0;
      const { link, opened } = this.#restart();
      this.#link = link;
      this.#opened = opened;
      opened.catch(() => {});
    }
    const link = this.#link;
    await this.#opened;
    return link;
  }
}
