import type { BitPlane } from "../base/bit-plane.ts";
import { connectedPlaneRuns } from "../base/components.ts";
import type { PostProcess } from "../modelpack/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { type CellEdges, cellEdges } from "./cell-edges.ts";
import { type ConfidenceKeys, cellsFrom, confidenceKeys } from "./confidence-keys.ts";
import { regionsApart } from "./doubtful-fields.ts";
import { type Foci, fociOf } from "./foci.ts";
import { glassDistanceUm } from "./glass-distance.ts";
import { componentAreas0, maskOfPlane, necrosisPlane } from "./mask.ts";
import { type MapMeasures, measuresOf, RANGE_STEP, type Surroundings } from "./measures.ts";
import { type Outlines, packOutlines } from "./outlines.ts";
import { findRegions, maskedArea0 } from "./regions.ts";
import type { CellMask, ConfidenceGrid } from "./types.ts";

/** What one threshold makes of one map: all of it belongs together. */
export interface MeasuredMap {
  readonly threshold: number;
  readonly mask: CellMask;
  readonly foci: Foci;
  readonly measures: MapMeasures;
  /** Null until there was time for it. */
  readonly rest: MeasuredRest | null;
}

/** What takes longer than numbers may. */
export interface MeasuredRest {
  readonly outlines: Outlines;
  /**
   * Doubtful fields: regions that would be foci of their own at a threshold 0.1 lower and hold no cell of a focus at this one. Largest first; none of a
   * map that still grows.
   */
  readonly fields: Foci;
}

export interface MapToMeasure {
  readonly grid: ConfidenceGrid;
  readonly postProcess: PostProcess;
  readonly pixelSize: PixelSize | null;
  /** While more of the map is to come there are no ranges, rims and doubtful fields: they would cost as much again with each piece. */
  readonly isGrowing: boolean;
}

/** A map at which a threshold moves: what does not depend on the threshold is worked out once. */
export class MapMeter {
  readonly #map: MapToMeasure;
  readonly #edges: CellEdges;
  readonly #keys: ConfidenceKeys;
  readonly #tissueArea0: number;
  #glassUm: Float32Array | null = null;
  /** By threshold: a slider that goes back and forth asks for the same again. */
  readonly #surroundings = new Map<number, Surroundings>();

  /** Throws `heatmap/bad-grid`. */
  constructor(map: MapToMeasure) {
    this.#map = map;
    this.#edges = cellEdges(map.grid);
    this.#keys = confidenceKeys(map.grid);
    this.#tissueArea0 = maskedArea0(map.grid.tissue, this.#edges);
  }

  /** The numbers: those of the rims once `finish` was called for any threshold. */
  measure(threshold: number): MeasuredMap {
    const { grid, pixelSize, isGrowing } = this.#map;
    const plane = this.#planeAt(threshold);
    const foci = fociOf(grid, connectedPlaneRuns(plane, grid, 1), this.#glassUm);
    const around = isGrowing
      ? null
      : ([this.#surroundingsAt(threshold + RANGE_STEP), this.#surroundingsAt(threshold - RANGE_STEP)] as const);
    const measures = measuresOf({ threshold, pixelSize, tissueArea0: this.#tissueArea0, foci, around });
    return { threshold, mask: maskOfPlane(grid, plane), foci, measures, rest: null };
  }

  /** All there is to say at the threshold. */
  finish(threshold: number): MeasuredMap {
    const { grid, pixelSize, isGrowing } = this.#map;
    if (pixelSize && !isGrowing) this.#glassUm ??= glassDistanceUm(grid, pixelSize);
    const measured = this.measure(threshold);
    const fields = isGrowing ? NO_FOCI : this.#fieldsAt(threshold);
    return { ...measured, rest: { outlines: packOutlines(findRegions(grid, measured.mask)), fields } };
  }

  #planeAt(threshold: number): BitPlane {
    const { grid, postProcess, pixelSize } = this.#map;
    const clamped = Math.min(1, Math.max(0, threshold));
    return necrosisPlane(grid, cellsFrom(this.#keys, clamped), postProcess, pixelSize);
  }

  #surroundingsAt(shifted: number): Surroundings {
    // As a slider would stand: 0.7 and 0.1 are not 0.8 to the last bit.
    const threshold = Math.round(shifted * 1e6) / 1e6;
    const known = this.#surroundings.get(threshold);
    if (known) return known;
    const runs = connectedPlaneRuns(this.#planeAt(threshold), this.#map.grid, 1);
    const necrosisArea0 = componentAreas0(runs, this.#edges).reduce((sum, area0) => sum + area0, 0);
    const found = { necrosisArea0, focusCount: runs.count };
    this.#surroundings.set(threshold, found);
    return found;
  }

  #fieldsAt(threshold: number): Foci {
    const { grid } = this.#map;
    const lower = connectedPlaneRuns(this.#planeAt(threshold - RANGE_STEP), grid, 1);
    return fociOf(grid, regionsApart(lower, this.#planeAt(threshold), grid.cols), null);
  }
}

const NO_FOCI: Foci = {
  count: 0,
  area0: new Float64Array(0),
  meanConfidence: new Float64Array(0),
  maxConfidence: new Float64Array(0),
  peakCell: new Int32Array(0),
  box: new Int32Array(0),
  rimUm: null,
};

/** Every number of a finished map at a threshold, with outlines and doubtful fields. O(cells). */
export function measureMap(map: Omit<MapToMeasure, "isGrowing">, threshold: number): MeasuredMap {
  return new MapMeter({ ...map, isGrowing: false }).finish(threshold);
}
