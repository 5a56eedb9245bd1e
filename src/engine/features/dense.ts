import { throwIfAborted } from "../base/errors.ts";
import type { Backbone, Sampling } from "../modelpack/types.ts";
import { enlarge } from "../slide/enlarge.ts";
import { type DenseGeometry, denseGeometry, type LatticeBlock } from "./dense-geometry.ts";
import { normaliseInto } from "./normalise.ts";
import { checkMap } from "./output-shape.ts";
import type { ReadSource } from "./source-reader.ts";
import type { FloatTensor, Session } from "./types.ts";

export interface DenseOptions {
  readonly signal?: AbortSignal;
}

/** What a dense pass yields: channels of the backbone, or outputs of a head, one plane after another, each rows x cols. */
export interface DensePlanes {
  readonly planes: number;
  readonly cols: number;
  readonly rows: number;
  /** Length = planes * rows * cols. */
  readonly data: Float32Array<ArrayBuffer>;
}

/**
 * The feature cells at a block of lattice positions, from one pass over their supertile: read with halo, enlarge,
 * normalise, run, cut the halo off. The numbers do not depend on the block in which a position lies (up to float32 sums,
 * and to what a halo shorter than the network's sight leaves).
 * Throws `features/bad-model` when the network's map does not have the size that the pack promises.
 */
export async function denseFeatures(
  session: Session,
  backbone: Backbone,
  sampling: Sampling,
  readSource: ReadSource,
  block: LatticeBlock,
  options: DenseOptions = {},
): Promise<DensePlanes> {
  const geometry = denseGeometry(backbone, sampling, block);
  const input = await denseInput(geometry, backbone, readSource);
  throwIfAborted(options.signal);
  const map = await session.run(input);
  return cutCells(map, geometry, backbone, block);
}

/** The network's input for a pass, [1, 3, height, width]. */
export async function denseInput(
  geometry: DenseGeometry,
  backbone: Backbone,
  readSource: ReadSource,
): Promise<FloatTensor> {
  const { xSource, ySource, widthSource, heightSource, widthNetwork, heightNetwork, marginNetwork } = geometry;
  const source = await readSource(xSource, ySource, widthSource, heightSource);
  const picture = geometry.enlargement === 1 ? source : enlarge(source, geometry.enlargement);
  const data = new Float32Array(3 * widthNetwork * heightNetwork);
  const rect = { x: marginNetwork, y: marginNetwork, width: widthNetwork, height: heightNetwork };
  normaliseInto(data, 0, picture, rect, backbone);
  return { data, dims: [1, 3, heightNetwork, widthNetwork] };
}

/** Cells of picture `item` of the batch, without the halo. */
export function cutCells(
  map: FloatTensor,
  geometry: DenseGeometry,
  backbone: Backbone,
  block: Pick<LatticeBlock, "cols" | "rows">,
  item = 0,
): DensePlanes {
  const wide = geometry.widthNetwork / backbone.cell;
  const high = geometry.heightNetwork / backbone.cell;
  const planes = checkMap(map, { rows: high, cols: wide });
  const { haloCells, cellStep } = geometry;
  const { cols, rows } = block;
  const data = new Float32Array(planes * rows * cols);
  let to = 0;
  for (let plane = item * planes; plane < (item + 1) * planes; plane++) {
    for (let row = 0; row < rows; row++) {
      const from = (plane * high + haloCells + row * cellStep) * wide + haloCells;
      for (let col = 0; col < cols; col++) data[to++] = map.data[from + col * cellStep]!;
    }
  }
  return { planes, cols, rows, data };
}
