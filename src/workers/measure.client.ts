import { MapMeter, type MapToMeasure, type MeasuredMap } from "../engine/heatmap/measure-map.ts";
import type { MeasureApi, MeasureQuestion, Measurer } from "./measure.api.ts";
import measureWorkerUrl from "./measure.worker.ts?worker&url";
import { spawnWorker } from "./spawn-worker.ts";
import { WorkerLink } from "./worker-link.ts";

/** The rest waits for a pause of this length: it takes longer than numbers may, and the worker cannot be stopped within it. */
const PAUSE_MS = 100;

/** A map with at most so many cells is done with before a frame is over, rest and all. */
const AT_ONCE_CELLS = 2 ** 18;

/** Starts nothing yet: the worker comes with the first question, and anew after it died. */
export function startMeasurer(): Measurer {
  return new WorkerMeasurer();
}

interface Asked {
  readonly question: MeasureQuestion;
  readonly hear: (answer: MeasuredMap) => void;
}

class WorkerMeasurer implements Measurer {
  #link: WorkerLink<MeasureApi> | null = null;
  /** What the worker holds. */
  #loaded: MapToMeasure | null = null;
  #next: Asked | null = null;
  #isBusy = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  ask(question: MeasureQuestion, hear: (answer: MeasuredMap) => void): void {
    clearTimeout(this.#pause);
    this.#next = { question, hear };
    if (!this.#isBusy) void this.#answerAll();
  }

  forget(): void {
    clearTimeout(this.#pause);
    this.#next = null;
    this.#loaded = null;
    this.#link?.close();
    this.#link = null;
  }

  /** One question at a time; of those that come meanwhile the last one counts. */
  async #answerAll(): Promise<void> {
    this.#isBusy = true;
    for (let asked = this.#take(); asked; asked = this.#take()) {
      const isSmall = asked.question.map.grid.values.length <= AT_ONCE_CELLS;
      if (!(await this.#answer(asked, isSmall)) || isSmall || this.#next) continue;
      const { question, hear } = asked;
      this.#pause = setTimeout(() => void this.#finish({ question, hear }), PAUSE_MS);
    }
    this.#isBusy = false;
  }

  async #finish(asked: Asked): Promise<void> {
    this.#isBusy = true;
    await this.#answer(asked, true);
    this.#isBusy = false;
    if (this.#next) await this.#answerAll();
  }

  #take(): Asked | null {
    const asked = this.#next;
    this.#next = null;
    return asked;
  }

  /** False where the answer came too late for a map that was let go of. */
  async #answer({ question, hear }: Asked, isWhole: boolean): Promise<boolean> {
    const link = this.#openLink();
    let found: MeasuredMap;
    try {
      if (this.#loaded?.grid !== question.map.grid || !isSameMap(this.#loaded, question.map)) {
        this.#loaded = question.map;
        await link.call((remote) => remote.load(withoutClasses(question.map)));
      }
      found = await link.call((remote) =>
        isWhole ? remote.finish(question.threshold) : remote.measure(question.threshold),
      );
    } catch {
      if (this.#link !== link) return false;
      // A worker that died must not cost a number: the page's thread takes as long, and the next question gets a new worker.
      link.close();
      this.#link = null;
      this.#loaded = null;
      found = new MapMeter(question.map).finish(question.threshold);
    }
    if (this.#link !== link && this.#link !== null) return false;
    hear(found);
    return true;
  }

  #openLink(): WorkerLink<MeasureApi> {
    this.#link ??= new WorkerLink<MeasureApi>(spawnWorker(measureWorkerUrl, "measure"), {
      name: "the measuring worker",
    });
    return this.#link;
  }
}

function isSameMap(a: MapToMeasure, b: MapToMeasure): boolean {
  return (
    a.isGrowing === b.isGrowing &&
    a.pixelSize?.mppX === b.pixelSize?.mppX &&
    a.pixelSize?.mppY === b.pixelSize?.mppY &&
    a.pixelSize?.origin === b.pixelSize?.origin &&
    a.postProcess === b.postProcess
  );
}

/** The confidences of the other classes take no part. Of one class among several only its own piece crosses. */
function withoutClasses({ grid: { classes: _, ...grid }, ...map }: MapToMeasure): MapToMeasure {
  const isPiece = grid.values.byteLength < grid.values.buffer.byteLength;
  return { ...map, grid: isPiece ? { ...grid, values: grid.values.slice() } : grid };
}
