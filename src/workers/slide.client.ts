import { AppError } from "../engine/base/errors.ts";
import type { PixelSize, SlideInfo } from "../engine/slide/types.ts";
import type { SlideApi, SlideClient } from "./slide.api.ts";
import type { SlideInput } from "./slide-input.ts";
import { withTimeLimit } from "./time-limit.ts";
import { type CallOptions, WorkerLink } from "./worker-link.ts";

export interface OpenSlideOptions {
  readonly signal?: AbortSignal;
}

/** Far beyond any healthy file, whose directories are read in milliseconds. */
const OPEN_LIMIT_MS = 30_000;

/** A worker that died is started again with the same file, so often. */
const RESTARTS = 3;

/**
 * Opens a slide in a worker of its own. Throws what opening throws (`slide/...`), `slide/malformed` when the file keeps the reader
 * busy for 30 s, `workers/crashed`. Whoever opens it closes it.
 */
export async function openSlideInWorker(
  input: SlideInput,
  pixelSize: PixelSize | null = null,
  options: OpenSlideOptions = {},
): Promise<SlideClient> {
  const link = takeSlideWorker();
  try {
    return new SlideWorkerClient(input, pixelSize, link, await open(link, input, pixelSize, options));
  } catch (error) {
    link.close();
    throw error;
  }
}

let prepared: WorkerLink<SlideApi> | null = null;

/** Starts a worker ahead, so that the next slide need not wait for one. */
export function prepareSlideWorker(): void {
  if (!prepared || prepared.isEnded) prepared = startSlideWorker();
}

function takeSlideWorker(): WorkerLink<SlideApi> {
  const taken = prepared;
  prepared = null;
  return taken && !taken.isEnded ? taken : startSlideWorker();
}

function startSlideWorker(): WorkerLink<SlideApi> {
  const worker = new Worker(new URL("./slide.worker.ts", import.meta.url), { type: "module" });
  return new WorkerLink<SlideApi>(worker, { name: "the slide reader" });
}

function open(
  link: WorkerLink<SlideApi>,
  input: SlideInput,
  pixelSize: PixelSize | null,
  options: OpenSlideOptions = {},
): Promise<SlideInfo> {
  return withTimeLimit(
    link.call((remote) => remote.open(input, pixelSize)),
    {
      ...options,
      limitMs: OPEN_LIMIT_MS,
      late: () =>
        new AppError(
          "slide/malformed",
          `Expected "${input.files[0]?.name}" to open within ${OPEN_LIMIT_MS / 1000} s, but its directories lead nowhere; export the slide again.`,
        ),
    },
  );
}

class SlideWorkerClient implements SlideClient {
  readonly info: SlideInfo;
  readonly #input: SlideInput;
  readonly #pixelSize: PixelSize | null;
  #link: WorkerLink<SlideApi>;
  #opened: Promise<unknown> = Promise.resolve();
  #restarts = 0;
  #isClosed = false;

  constructor(input: SlideInput, pixelSize: PixelSize | null, link: WorkerLink<SlideApi>, info: SlideInfo) {
    this.info = info;
    this.#input = input;
    this.#pixelSize = pixelSize;
    this.#link = link;
  }

  async tile(...[address, options = {}]: Parameters<SlideClient["tile"]>): ReturnType<SlideClient["tile"]> {
    const link = await this.#livingLink();
    const job = link.nextJob();
    return link.call((remote) => remote.tile(address, job), cancelling(link, job, options));
  }

  async region(...[request, options = {}]: Parameters<SlideClient["region"]>): ReturnType<SlideClient["region"]> {
    const link = await this.#livingLink();
    const job = link.nextJob();
    return link.call((remote) => remote.region(request, job), cancelling(link, job, options));
  }

  async associated(
    ...[name, options = {}]: Parameters<SlideClient["associated"]>
  ): ReturnType<SlideClient["associated"]> {
    const link = await this.#livingLink();
    const job = link.nextJob();
    return link.call((remote) => remote.associated(name, job), cancelling(link, job, options));
  }

  close(): void {
    this.#isClosed = true;
    this.#link.close();
  }

  /** The link, with its worker started again where it died. */
  async #livingLink(): Promise<WorkerLink<SlideApi>> {
    if (this.#link.isEnded && !this.#isClosed && this.#restarts < RESTARTS) {
      this.#restarts += 1;
      this.#link = startSlideWorker();
      this.#opened = open(this.#link, this.#input, this.#pixelSize);
      this.#opened.catch(() => {});
    }
    const link = this.#link;
    await this.#opened;
    return link;
  }
}

function cancelling(link: WorkerLink<SlideApi>, job: number, options: { readonly signal?: AbortSignal }): CallOptions {
  return { ...options, onAbort: () => link.tell((remote) => remote.cancel(job)) };
}
