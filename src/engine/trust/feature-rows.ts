import { throwIfAborted } from "../base/errors.ts";
import { poolBag, poolingExponent, selectColumns } from "../features/bag.ts";
import { denseFeatures } from "../features/dense.ts";
import { cellSizeSource } from "../features/dense-geometry.ts";
import { patchwiseFeatures } from "../features/patchwise.ts";
import type { ReadSource } from "../features/source-reader.ts";
import type { Session } from "../features/types.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { readScaled } from "../slide/scaled.ts";
import type { PixelSize, Slide } from "../slide/types.ts";
import type { TissueMask } from "../tissue/types.ts";
import { type Place, spreadOnTissue } from "./places.ts";

export interface FeatureRowsRequest {
  readonly slide: Slide;
  readonly pack: ModelPack;
  /** Answers with the backbone's own output. */
  readonly session: Session;
  readonly pixelSize: PixelSize;
  readonly mask: TissueMask;
  /** Patches at most. Default: `sampleSize`. */
  readonly count?: number;
  readonly signal?: AbortSignal;
}

/** Patches of which a slide's features are told: 24 where a pass is quick, fewer where a patch costs a wide halo of a deep network. */
export function sampleSize({ backbone, sampling, task }: Pick<ModelPack, "backbone" | "sampling" | "task">): number {
  if (task === "classification" || sampling.mode === "patchwise") return 16;
  return backbone.halo > 100 ? 8 : 24;
}

/**
 * Features of patches spread over the tissue, a row each as the SVM sees them (windows one after another, the selected channels of each); of
 * a pack that classifies one row, pooled over the patches as a slide's. No row where there is no tissue for a patch.
 */
export async function featureRows(request: FeatureRowsRequest): Promise<Float32Array[]> {
  const { slide, pack, pixelSize, mask, count = sampleSize(pack) } = request;
  const { sampling } = pack;
  const downsampleX = sampling.mpp / pixelSize.mppX;
  const downsampleY = sampling.mpp / pixelSize.mppY;
  const readSource: ReadSource = (x, y, width, height) =>
    readScaled(slide, { x, y, width, height, downsampleX, downsampleY });
  const squares = { mask, info: slide.info, downsampleX, downsampleY, side: sampling.patch, count };
  const places = spreadOnTissue(squares);
  if (places.length === 0) return [];
  const rows =
    sampling.mode === "dense" ? denseRows(request, readSource, places) : patchRows(request, readSource, places);
  return await rows;
}

async function patchRows(
  { pack, session, signal }: FeatureRowsRequest,
  readSource: ReadSource,
  places: readonly Place[],
): Promise<Float32Array[]> {
  const { backbone, sampling, pooling, selected, task } = pack;
  // Positions are counted in strides; here every source pixel can be one.
  const positions = places.map(({ x, y }) => ({ col: x, row: y }));
  const options = {
    batchSize: 4,
    pooling: task === "classification" ? ({ kind: "mean" } as const) : pooling,
    ...(signal ? { signal } : {}),
  };
  const found = await patchwiseFeatures(session, backbone, { ...sampling, stride: 1 }, readSource, positions, options);
  const chosen = selectColumns({ features: found.data, rows: found.rows, cols: found.channels }, selected);
  if (task === "classification") return [Float32Array.from(poolBag(chosen, poolingExponent(pack)))];
  return places.map((_, row) => chosen.features.subarray(row * chosen.cols, (row + 1) * chosen.cols));
}

/** One pass a patch, over the widest window around it as far as it lies on the slide. */
async function denseRows(
  { slide, pack, session, pixelSize, signal }: FeatureRowsRequest,
  readSource: ReadSource,
  places: readonly Place[],
): Promise<Float32Array[]> {
  const { backbone, sampling, selected } = pack;
  const cell = cellSizeSource(backbone, sampling);
  if (cell === null) throw new RangeError("a dense pack whose cells are no whole number of pixels");
  const spread = { ...sampling, stride: cell };
  const cols = Math.ceil((slide.info.width0 * pixelSize.mppX) / sampling.mpp / cell);
  const lines = Math.ceil((slide.info.height0 * pixelSize.mppY) / sampling.mpp / cell);
  const windows = sampling.windows.map((window) => window / cell);
  const own = windows[0] ?? 1;
  const margin = (Math.max(...windows) - own) / 2;
  const rows: Float32Array[] = [];
  for (const { x, y } of places) {
    throwIfAborted(signal);
    const [col, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    const across = clipped(col - margin, col + own + margin, cols);
    const down = clipped(row - margin, row + own + margin, lines);
    const block = { col: across.from, row: down.from, step: 1, cols: across.count, rows: down.count };
    const found = await denseFeatures(session, backbone, spread, readSource, block);
    const channels = selected ?? Array.from({ length: found.planes }, (_, i) => i);
    const values = new Float32Array(windows.length * channels.length);
    windows.forEach((window, index) => {
      const before = (window - own) / 2;
      const inX = clipped(col - before, col + own + before, cols);
      const inY = clipped(row - before, row + own + before, lines);
      channels.forEach((channel, place) => {
        const first = channel * block.rows * block.cols;
        let sum = 0;
        for (let r = inY.from; r < inY.from + inY.count; r++) {
          const line = first + (r - block.row) * block.cols - block.col;
          for (let c = inX.from; c < inX.from + inX.count; c++) sum += found.data[line + c]!;
        }
        values[index * channels.length + place] = sum / (inX.count * inY.count);
      });
    });
    rows.push(values);
  }
  return rows;
}

function clipped(from: number, to: number, size: number): { readonly from: number; readonly count: number } {
  const first = Math.min(size - 1, Math.max(0, from));
  return { from: first, count: Math.max(1, Math.min(size, to) - first) };
}
