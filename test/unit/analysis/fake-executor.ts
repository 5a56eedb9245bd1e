import type { Executor } from "../../../src/engine/analysis/executor.ts";
import { sourceReader } from "../../../src/engine/analysis/extractor-executor.ts";
import type { BackendInfo } from "../../../src/engine/features/types.ts";
import type { Lattice, SupertilePlanes, SupertileTask } from "../../../src/engine/patches/types.ts";
import type { Slide } from "../../../src/engine/slide/types.ts";

export const FAKE_BACKEND: BackendInfo = { name: "native", reason: "made for a test", device: "none", runtime: "none" };

/** Records what it was asked and what is still under way. */
export class RecordingExecutor implements Executor {
  readonly backend = FAKE_BACKEND;
  readonly concurrency: number;
  readonly asked: SupertileTask[] = [];
  running = 0;
  mostRunning = 0;
  isClosed = false;
  readonly #compute: (task: SupertileTask, signal: AbortSignal | undefined) => Promise<SupertilePlanes>;

  constructor(
    concurrency: number,
    compute: (task: SupertileTask, signal: AbortSignal | undefined) => Promise<SupertilePlanes>,
  ) {
    this.concurrency = concurrency;
    this.#compute = compute;
  }

  async run(task: SupertileTask, signal?: AbortSignal): Promise<SupertilePlanes> {
    this.asked.push(task);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      return await this.#compute(task, signal);
    } finally {
      this.running -= 1;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

/** The decision of a feature cell is its mean darkness, 0 (white) to 1 (black), read through the slide's own reader. */
export function darknessOf(slide: Slide, lattice: Lattice): (task: SupertileTask) => Promise<SupertilePlanes> {
  const readSource = sourceReader(slide, lattice);
  const side = lattice.stride * lattice.cellStrides;
  return async (task) => {
    const { step, cols, rows } = task;
    const width = (cols - 1) * step * lattice.stride + side;
    const height = (rows - 1) * step * lattice.stride + side;
    const image = await readSource(task.col * lattice.stride, task.row * lattice.stride, width, height);
    const data = new Float32Array(cols * rows);
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < cols; i++) {
        let sum = 0;
        for (let y = 0; y < side; y++) {
          let at = ((j * step * lattice.stride + y) * width + i * step * lattice.stride) * 4;
          for (let x = 0; x < side; x++, at += 4) sum += image.data[at]! + image.data[at + 1]! + image.data[at + 2]!;
        }
        data[j * cols + i] = 1 - sum / (side * side * 3 * 255);
      }
    }
    return { planes: 1, cols, rows, data };
  };
}
