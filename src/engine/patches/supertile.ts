import type { ModelPack } from "../modelpack/types.ts";
import type { TaskShape } from "./plan.ts";
import type { Lattice } from "./types.ts";

/** Network pixels per side of a supertile's core: large enough that its halo stays affordable, small enough to share out. */
const SMALL_CORE = 384;
const LARGE_CORE = 512;
/** Where a wide halo would dominate: 4 halos high and 8 wide cost (1 + 2 / 4) * (1 + 2 / 8) = 1.9 times the core. */
const HALOS_HIGH = 4;
const HALOS_WIDE = 8;
/** With fewer large tasks than this the small core is taken: the map shall grow visibly and all workers have work. */
const FEW_TASKS = 24;
/** Patches per side of a task that runs them one by one: 16 patches, about a second in wasm. */
const PATCHES = 4;

/**
 * Positions of a task, at most, for `planTasks`. Dense: the core covers 512 x 512 network pixels (384 on small slides), more
 * where a wide halo asks for it: the activations of 2048 x 1024 with a halo of 256 take about half a gigabyte. Patch by patch: 4 x 4.
 */
export function supertileShape(lattice: Lattice, pack: Pick<ModelPack, "backbone" | "sampling">): TaskShape {
  if (pack.sampling.mode === "patchwise") return { cols: PATCHES, rows: PATCHES };
  const { cell, halo } = pack.backbone;
  const large = Math.ceil(LARGE_CORE / cell);
  const high = Math.ceil((HALOS_HIGH * halo) / cell);
  if (high > large) return { cols: Math.ceil((HALOS_WIDE * halo) / cell), rows: high };
  const across = Math.ceil(lattice.cols / (large * lattice.cellStrides));
  const down = Math.ceil(lattice.rows / (large * lattice.cellStrides));
  const tasks = across * down * lattice.cellStrides ** 2;
  const side = tasks < FEW_TASKS ? Math.max(Math.ceil(SMALL_CORE / cell), high) : large;
  return { cols: side, rows: side };
}
