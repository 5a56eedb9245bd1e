import type { ModelPack } from "../modelpack/types.ts";
import type { TaskShape } from "./plan.ts";
import type { Lattice } from "./types.ts";

/** Network pixels per side of a supertile's core: large enough that its halo stays affordable, small enough to share out. */
const SMALL_CORE = 384;
const LARGE_CORE = 512;
/** Where a wide halo would dominate: a core of 8 halos a side costs (1 + 2 / 8)^2 = 1.6 times itself. */
const HALOS_ACROSS = 8;
/** With fewer large tasks than this the small core is taken: the map shall grow visibly and workers share the work. */
const FEW_TASKS = 4;
/** Patches per side of a task that runs them one by one: 16 patches, about a second in wasm. */
const PATCHES = 4;

/**
 * Positions of a task, at most, for `planTasks`. Dense: the core covers 512 x 512 network pixels (384 on small slides), more
 * where a wide halo asks for it: 2048 x 2048 with a halo of 256 takes a wasm worker to about 1.1 GB. Patch by patch: 4 x 4.
 */
export function supertileShape(lattice: Lattice, pack: Pick<ModelPack, "backbone" | "sampling">): TaskShape {
  if (pack.sampling.mode === "patchwise") return { cols: PATCHES, rows: PATCHES };
  const { cell, halo } = pack.backbone;
  const large = Math.ceil(LARGE_CORE / cell);
  const forHalo = Math.ceil((HALOS_ACROSS * halo) / cell);
  if (forHalo > large) return { cols: forHalo, rows: forHalo };
  const across = Math.ceil(lattice.cols / (large * lattice.cellStrides));
  const down = Math.ceil(lattice.rows / (large * lattice.cellStrides));
  const tasks = across * down * lattice.cellStrides ** 2;
  const side = tasks < FEW_TASKS ? Math.max(Math.ceil(SMALL_CORE / cell), forHalo) : large;
  return { cols: side, rows: side };
}
