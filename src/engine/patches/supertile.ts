import type { ModelPack } from "../modelpack/types.ts";
import type { Lattice } from "./types.ts";

/** Network pixels per side of a supertile's core: large enough that its halo stays affordable, small enough to share out. */
const SMALL_CORE = 256;
const LARGE_CORE = 512;
/** A core of so many halos costs (1 + 2 / 4)^2 = 2.25 times its own area at most. */
const CORE_PER_HALO = 4;
/** With fewer large tasks than this the small core is taken: the map shall grow visibly and all workers have work. */
const FEW_TASKS = 24;
/** Patches per side of a task that runs them one by one: 16 patches, about a second in wasm. */
const PATCHES = 4;

/**
 * Positions per side of a task, for `planTasks`. Dense: the core covers 512 network pixels a side (256 on small lattices), more
 * where a wide halo would dominate. Patch by patch: 4.
 */
export function supertileLimit(lattice: Lattice, pack: Pick<ModelPack, "backbone" | "sampling">): number {
  if (pack.sampling.mode === "patchwise") return PATCHES;
  const { cell, halo } = pack.backbone;
  const large = coreCells(LARGE_CORE, halo, cell);
  const across = Math.ceil(lattice.cols / (large * lattice.cellStrides));
  const down = Math.ceil(lattice.rows / (large * lattice.cellStrides));
  const tasks = across * down * lattice.cellStrides ** 2;
  return tasks < FEW_TASKS ? coreCells(SMALL_CORE, halo, cell) : large;
}

function coreCells(corePixels: number, halo: number, cell: number): number {
  return Math.max(1, Math.ceil(Math.max(corePixels, CORE_PER_HALO * halo) / cell));
}
