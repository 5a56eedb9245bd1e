import { throwIfAborted } from "../base/errors.ts";
import type { Backbone, Pooling, Sampling } from "../modelpack/types.ts";
import { cropImage } from "../slide/pixels.ts";
import type { RgbaImage } from "../slide/types.ts";
import { normaliseInto } from "./normalise.ts";
import { checkChannels } from "./output-shape.ts";
import { resizePatch } from "./patch-pixels.ts";
import { poolMap } from "./pool.ts";
import type { ReadSource } from "./source-reader.ts";
import type { FloatTensor, Session } from "./types.ts";

/** A lattice position: the patch's top left corner lies at (col * stride, row * stride) source pixels. */
export interface PatchPosition {
  readonly col: number;
  readonly row: number;
}

export interface PatchwiseOptions {
  readonly signal?: AbortSignal;
  /** How the cells of a patch's map become one value per channel. Default: mean. A vector is taken as it is. */
  readonly pooling?: Pooling;
  /** Patches per run. Default: 16. */
  readonly batchSize?: number;
  /** Fills the last batch with blank patches, so that a GPU sees one shape only. Default: false. */
  readonly padBatches?: boolean;
  /** Values per patch that the session answers with. Default: the backbone's channels. */
  readonly channels?: number;
}

/** One row per patch; length = rows * channels, row-major. */
export interface FeatureRows {
  readonly rows: number;
  readonly channels: number;
  readonly data: Float32Array<ArrayBuffer>;
}

const DEFAULT_BATCH_SIZE = 16;

/**
 * Features of patches that the network sees one by one, as in the paper: cut, resize to `sampling.resizeTo`, run, pool.
 * Rows in the order of `positions`. Throws `features/bad-model` when the network answers with another shape than promised.
 */
export async function patchwiseFeatures(
  session: Session,
  backbone: Backbone,
  sampling: Sampling,
  readSource: ReadSource,
  positions: readonly PatchPosition[],
  options: PatchwiseOptions = {},
): Promise<FeatureRows> {
  const { batchSize = DEFAULT_BATCH_SIZE } = options;
  const channels = options.channels ?? backbone.channels;
  const data = new Float32Array(positions.length * channels);
  for (let start = 0; start < positions.length; start += batchSize) {
    throwIfAborted(options.signal);
    const patches = await readPatches(positions.slice(start, start + batchSize), sampling, readSource);
    const rows = await featuresOfPatches(session, backbone, sampling.resizeTo, patches, options);
    data.set(rows.data, start * channels);
  }
  return { rows: positions.length, channels, data };
}

/**
 * The same for patches that are at hand, each brought to `side` x `side` network pixels. A row per patch, in their order. Throws as
 * `patchwiseFeatures`.
 */
export async function featuresOfPatches(
  session: Session,
  backbone: Backbone,
  side: number,
  patches: readonly RgbaImage[],
  options: PatchwiseOptions = {},
): Promise<FeatureRows> {
  const { pooling = { kind: "mean" }, batchSize = DEFAULT_BATCH_SIZE, padBatches = false } = options;
  const channels = options.channels ?? backbone.channels;
  const pictureLength = 3 * side * side;
  const data = new Float32Array(patches.length * channels);
  for (let start = 0; start < patches.length; start += batchSize) {
    throwIfAborted(options.signal);
    const batch = patches.slice(start, start + batchSize);
    const count = padBatches ? batchSize : batch.length;
    const input = new Float32Array(count * pictureLength);
    for (const [index, patch] of batch.entries()) {
      const picture = resizePatch(patch, side);
      normaliseInto(input, index * pictureLength, picture, { x: 0, y: 0, width: side, height: side }, backbone);
    }
    const output = await session.run({ data: input, dims: [count, 3, side, side] });
    data.set(pooled(output, backbone, channels, pooling).subarray(0, batch.length * channels), start * channels);
  }
  return { rows: patches.length, channels, data };
}

/** Over all cells of a map, however many the network makes of a patch: 6 x 6 of 224 pixels, 8 x 8 of 299. */
function pooled(output: FloatTensor, backbone: Backbone, channels: number, pooling: Pooling): Float32Array {
  checkChannels(output, backbone.kind, channels);
  if (backbone.kind === "vector") return output.data;
  const [, , rows = 1, cols = 1] = output.dims;
  return poolMap(output.data, rows * cols, pooling);
}

/** Neighbouring patches overlap: one read of their bounding box where that is less than one read each. */
async function readPatches(
  batch: readonly PatchPosition[],
  sampling: Sampling,
  readSource: ReadSource,
): Promise<RgbaImage[]> {
  const { patch, stride } = sampling;
  const left = Math.min(...batch.map((position) => position.col)) * stride;
  const top = Math.min(...batch.map((position) => position.row)) * stride;
  const width = Math.max(...batch.map((position) => position.col)) * stride + patch - left;
  const height = Math.max(...batch.map((position) => position.row)) * stride + patch - top;
  if (width * height > batch.length * patch * patch) {
    const patches: RgbaImage[] = [];
    for (const { col, row } of batch) patches.push(await readSource(col * stride, row * stride, patch, patch));
    return patches;
  }
  const box = await readSource(left, top, width, height);
  return batch.map(({ col, row }) =>
    cropImage(box, { x: col * stride - left, y: row * stride - top, width: patch, height: patch }),
  );
}
