import { throwIfAborted } from "../base/errors.ts";
import type { Extractor } from "../features/extractor.ts";
import type { ReadSource } from "../features/source-reader.ts";
import type { BackendInfo } from "../features/types.ts";
import type { Lattice } from "../patches/types.ts";
import { readScaled } from "../slide/scaled.ts";
import type { Slide } from "../slide/types.ts";
import type { Executor } from "./executor.ts";

export interface ExtractorExecutorParts {
  readonly slide: Slide;
  readonly lattice: Lattice;
  readonly extractor: Extractor;
  readonly backend: BackendInfo;
}

/** Pixels of a slide at the pack's pixel size, as a lattice lays them out. Throws what reading the slide throws. */
export function sourceReader(slide: Slide, lattice: Pick<Lattice, "downsampleX" | "downsampleY">): ReadSource {
  const { downsampleX, downsampleY } = lattice;
  return (x, y, width, height) => readScaled(slide, { x, y, width, height, downsampleX, downsampleY });
}

/** Computes tasks in this very thread with one session; the next task is read while the network is busy. Closes the extractor. */
export function extractorExecutor(parts: ExtractorExecutorParts): Executor {
  const { slide, lattice, extractor, backend } = parts;
  const readSource = sourceReader(slide, lattice);
  return {
    backend,
    concurrency: 2,
    run: async (task, signal) => {
      throwIfAborted(signal);
      const planes = await extractor.run(task, lattice, readSource, signal ? { signal } : {});
      throwIfAborted(signal);
      return planes;
    },
    close: () => extractor.close(),
  };
}
