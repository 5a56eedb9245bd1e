import { AppError, throwIfAborted } from "../base/errors.ts";
import { denseFeatures } from "../features/dense.ts";
import { patchwiseFeatures } from "../features/patchwise.ts";
import type { ReadSource } from "../features/source-reader.ts";
import type { Session } from "../features/types.ts";
import { patchDecisions, patchPositions, windowMeans } from "../heatmap/windows.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { neededPositions } from "../patches/needed.ts";
import { planTasks } from "../patches/plan.ts";
import { visitPositions } from "../patches/task-positions.ts";
import type { Lattice, SupertileTask } from "../patches/types.ts";
import { decisionValues } from "../svm/predict.ts";
import { keepRows, type RowStore } from "./kept-rows.ts";

/** Acts on unscaled features. */
export interface LinearModel {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** An image as the network sees it on a lattice: features of patches, and what linear models make of all of them. */
export interface FeatureView {
  readonly lattice: Lattice;
  /** Features per patch: windows one after another, each all channels long. */
  readonly featureCount: number;
  /** Rows for the given patch positions (row * patchPositions.cols + col), row-major. */
  rowsAt(positions: Int32Array): Promise<Float32Array>;
  /**
   * For each model the decision at every patch position, row-major; NaN (patch by patch, to save time) where no cell of
   * `tissue` (row-major, lattice.cols x lattice.rows, 1 where tissue) needs it.
   */
  decisions(models: readonly LinearModel[], tissue: Uint8Array): Promise<Float32Array[]>;
}

export interface ViewRequest {
  readonly session: Session;
  /** `sampling.stride` is the lattice's. */
  readonly pack: Pick<ModelPack, "backbone" | "sampling" | "pooling">;
  readonly lattice: Lattice;
  readonly readSource: ReadSource;
  /** Where rows are kept between runs; patch by patch only. Default: nowhere. */
  readonly store?: RowStore | undefined;
  readonly signal?: AbortSignal;
}

/** Network pixels per side of a pass: nobody waits for a first glimpse here, so that halos may be few. */
const WHOLE_CORE = 1024;

/** Values that the maps of one image may hold: 2 GB. */
const MAX_MAP_VALUES = 2 ** 29;

/**
 * Nothing is computed before it is asked for. A dense view then keeps the maps of the whole image (channels x positions x 4 bytes), one
 * patch by patch the features that its last decisions needed.
 */
export function featureView(request: ViewRequest): FeatureView {
  return request.pack.sampling.mode === "dense" ? denseView(request) : patchwiseView(request);
}

function denseView(request: ViewRequest): FeatureView {
  const { lattice, pack } = request;
  const { channels } = pack.backbone;
  const windows = lattice.windowCells.length;
  let computed: Promise<Float32Array[]> | undefined;
  const maps = () => {
    computed ??= wholeMaps(request);
    return computed;
  };
  return {
    lattice,
    featureCount: channels * windows,
    rowsAt: async (positions) => gatherRows(await maps(), lattice, positions),
    decisions: async (models) => {
      const planes = await maps();
      return models.map(({ weights, bias }) => {
        const projected = lattice.windowCells.map((_, window) =>
          project(planes, weights.subarray(window * channels, (window + 1) * channels)),
        );
        return patchDecisions(projected, lattice, bias);
      });
    },
  };
}

/** One plane per channel, each lattice.cols x lattice.rows. */
async function wholeMaps({ session, pack, lattice, readSource, signal }: ViewRequest): Promise<Float32Array[]> {
  const { cols, rows } = lattice;
  checkSize(lattice, pack.backbone.channels);
  const everything = new Uint8Array(cols * rows).fill(1);
  const { passes } = planTasks(lattice, everything, {
    mode: "dense",
    maxPositions: Math.ceil(WHOLE_CORE / pack.backbone.cell),
  });
  const planes = Array.from({ length: pack.backbone.channels }, () => new Float32Array(cols * rows));
  for (const task of passes.flat()) {
    throwIfAborted(signal);
    const block = await denseFeatures(session, pack.backbone, pack.sampling, readSource, task);
    for (const [index, plane] of planes.entries()) {
      copyOnto(plane, lattice, task, block.data.subarray(index * block.rows * block.cols));
    }
  }
  return planes;
}

function checkSize({ cols, rows, stride }: Lattice, channels: number): void {
  const most = Math.floor(MAX_MAP_VALUES / channels);
  if (cols * rows <= most) return;
  const side = Math.floor(Math.sqrt(most)) * stride;
  throw new AppError(
    "training/bad-data",
    `Expected images of at most about ${side} x ${side} pixels to train on, found ${cols * stride} x ${rows * stride}; cut them into pieces of one group.`,
  );
}

/** Writes a task's values to their positions; what lies beyond the lattice is dropped. */
function copyOnto(plane: Float32Array, lattice: Lattice, task: SupertileTask, values: Float32Array): void {
  visitPositions(lattice, task, (at, from) => {
    plane[at] = values[from]!;
  });
}

function gatherRows(planes: readonly Float32Array[], lattice: Lattice, positions: Int32Array): Float32Array {
  const windows = lattice.windowCells.length;
  const width = planes.length * windows;
  const rows = new Float32Array(positions.length * width);
  planes.forEach((plane, channel) => {
    for (let window = 0; window < windows; window++) {
      const means = windowMeans(plane, lattice, window);
      const at = window * planes.length + channel;
      for (let k = 0; k < positions.length; k++) rows[k * width + at] = means[positions[k]!]!;
    }
  });
  return rows;
}

function project(planes: readonly Float32Array[], weights: Float64Array): Float32Array {
  const sums = new Float64Array(planes[0]?.length ?? 0);
  planes.forEach((plane, channel) => {
    const weight = weights[channel]!;
    for (let i = 0; i < sums.length; i++) sums[i]! += weight * plane[i]!;
  });
  return Float32Array.from(sums);
}

function patchwiseView(request: ViewRequest): FeatureView {
  const { lattice, pack, session, readSource, store, signal } = request;
  const { cols, rows } = patchPositions(lattice);
  const { channels } = pack.backbone;
  const options = { pooling: pack.pooling, ...(signal ? { signal } : {}) };
  const computeRows = async (positions: Int32Array) => {
    const places = Array.from(positions, (at) => ({ col: at % cols, row: Math.floor(at / cols) }));
    return (await patchwiseFeatures(session, pack.backbone, pack.sampling, readSource, places, options)).data;
  };
  const rowsAt = store ? keepRows(computeRows, store, channels) : computeRows;
  let computed: {
    readonly tissue: Uint8Array;
    readonly positions: Int32Array;
    readonly features: Float32Array;
  } | null = null;
  return {
    lattice,
    featureCount: channels,
    rowsAt,
    decisions: async (models, tissue) => {
      if (computed?.tissue !== tissue) {
        const positions = neededPatches(lattice, tissue);
        computed = { tissue, positions, features: await rowsAt(positions) };
      }
      const { positions: needed, features } = computed;
      return models.map((model) => {
        const all = new Float32Array(cols * rows).fill(Number.NaN);
        decisionValues(model, features).forEach((decision, k) => {
          all[needed[k]!] = decision;
        });
        return all;
      });
    },
  };
}

/** Patch positions that cover a cell of tissue, ascending. */
function neededPatches(lattice: Lattice, tissue: Uint8Array): Int32Array {
  const needed = neededPositions(lattice, tissue);
  const { cols, rows } = patchPositions(lattice);
  const patches: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) if (needed[row * lattice.cols + col] === 1) patches.push(row * cols + col);
  }
  return Int32Array.from(patches);
}
