import { AppError } from "../../../src/engine/base/errors.ts";
import type { SlideApi } from "../../../src/workers/slide.api.ts";
import { WorkerLink } from "../../../src/workers/worker-link.ts";
import type { OpenedSlide } from "../../fuzz/opened-slide.ts";

/** A decoder that says nothing for so long is taken to be in a loop. */
const SILENCE_MS = 30_000;

/** Opens one file after another in the same slide worker, as no page does: what one leaves behind, the next one meets. */
export class OneSlideWorker {
  #link: WorkerLink<SlideApi> | null = null;

  async open(file: File): Promise<OpenedSlide> {
    if (this.#link?.isEnded) this.#link = null;
    this.#link ??= startLink();
    const link = this.#link;
    const info = await link.call((remote) => remote.open({ files: [file], view: {} }, null));
    return {
      info,
      async tile(address) {
        const bitmap = await link.call((remote) => remote.tile(address, link.nextJob()));
        const { width, height } = bitmap;
        bitmap.close();
        return { width, height };
      },
      region: (region) => link.call((remote) => remote.region(region, link.nextJob())),
      associated: (name) => link.call((remote) => remote.associated(name, link.nextJob())),
      close: () => {},
    };
  }

  close(): void {
    this.#link?.close();
  }
}

function startLink(): WorkerLink<SlideApi> {
  const worker = new Worker(new URL("../../../src/workers/slide.worker.ts", import.meta.url), { type: "module" });
  const late = () => new AppError("workers/silent", "Expected the slide worker to answer, but it no longer does.");
  return new WorkerLink<SlideApi>(worker, { name: "the slide worker", silence: { limitMs: () => SILENCE_MS, late } });
}
