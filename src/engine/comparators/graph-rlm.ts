import type { Random } from "../base/random.ts";
import type { RgbaImage } from "../slide/types.ts";
import { fitCircles } from "./circles.ts";
import { type ComponentNode, componentGraph } from "./component-graph.ts";
import { smoothedMask } from "./distance-transform.ts";
import { growRegions, regionMeans } from "./grow-regions.ts";
import { labImage } from "./lab.ts";
import { RUN_FEATURES, runFeatures, runLengthMatrices } from "./run-lengths.ts";
import { COMPONENTS, tissueComponents } from "./tissue-components.ts";

/** Parameters of Tosun and Gunduz-Demir 2011, by the names used there in parentheses; lengths in pixels of the image. */
export interface GraphRlmOptions {
  /** Smallest circle (r_min). */
  readonly minRadius: number;
  /** Disc that smooths the masks of components (r_strel). */
  readonly smoothing: number;
  /** Side of the window around a node (win_size). */
  readonly window: number;
  /** Below it features are alike (dist_thr), in deviations of the image's nodes. */
  readonly distance: number;
  /** Nodes of a seed, at least (comp_thr). */
  readonly minSeed: number;
}

/** As Xu et al. 2015 set them. */
export const GRAPH_RLM_OPTIONS: GraphRlmOptions = {
  minRadius: 8,
  smoothing: 2,
  window: 96,
  distance: 1.25,
  minSeed: 100,
};

/** An image cut into regions of like texture; nothing says yet what they are. */
export interface TextureRegions {
  readonly nodes: readonly ComponentNode[];
  /** Region of each node. */
  readonly regionOf: Int32Array;
  readonly count: number;
  /** Mean of the nodes' features, not standardised, RUN_FEATURES a region, so that regions of several images compare. */
  readonly features: Float64Array;
}

/**
 * Graph run-length matrices: A. B. Tosun, C. Gunduz-Demir, IEEE TMI 30(3), 2011. Components of the tissue become circles, circles a
 * graph, and the runs of equal edges around each node its texture, by which regions grow. Unsupervised: it sees this image alone.
 */
export function graphRlmRegions(image: RgbaImage, options: GraphRlmOptions, random: Random): TextureRegions {
  const size = { cols: image.width, rows: image.height };
  const components = tissueComponents(labImage(image), random);
  const nodes = COMPONENTS.flatMap((_, kind) => {
    const marks = components.map((one) => (one === kind ? 1 : 0));
    const circles = fitCircles(smoothedMask(marks, size, options.smoothing), size, options.minRadius);
    return circles.map(({ x, y }) => ({ x, y, kind }));
  });
  const graph = componentGraph(nodes);
  const features = runFeatures(graph, runLengthMatrices(graph, options.window), options.window);
  const regionOf = growRegions(graph, standardised(features), options);
  const count = regionOf.reduce((most, region) => Math.max(most, region + 1), 0);
  return { nodes, regionOf, count, features: regionMeans(features, regionOf, count).means };
}

/** Each feature less its mean over the nodes, divided by its deviation; 0 where it never changes. */
function standardised(features: Float64Array): Float64Array {
  const count = features.length / RUN_FEATURES;
  const scaled = new Float64Array(features.length);
  for (let j = 0; j < RUN_FEATURES; j++) {
    let sum = 0;
    let squares = 0;
    for (let at = j; at < features.length; at += RUN_FEATURES) sum += features[at]!;
    const mean = sum / count;
    for (let at = j; at < features.length; at += RUN_FEATURES) squares += (features[at]! - mean) ** 2;
    const deviation = Math.sqrt(squares / count);
    if (deviation === 0) continue;
    for (let at = j; at < features.length; at += RUN_FEATURES) scaled[at] = (features[at]! - mean) / deviation;
  }
  return scaled;
}

/** The region of each cell of a grid over the image, row-major: that of the nearest node; -1 without nodes. */
export function paintRegions(
  { nodes, regionOf }: TextureRegions,
  grid: { readonly cols: number; readonly rows: number; readonly cell: number },
): Int32Array {
  const painted = new Int32Array(grid.cols * grid.rows).fill(-1);
  for (let row = 0, at = 0; row < grid.rows; row++) {
    const y = (row + 0.5) * grid.cell - 0.5;
    for (let col = 0; col < grid.cols; col++, at++) {
      const x = (col + 0.5) * grid.cell - 0.5;
      let least = Infinity;
      for (let node = 0; node < nodes.length; node++) {
        const distance = (nodes[node]!.x - x) ** 2 + (nodes[node]!.y - y) ** 2;
        if (distance >= least) continue;
        least = distance;
        painted[at] = regionOf[node]!;
      }
    }
  }
  return painted;
}
