import { bestStump, type FeatureColumns, type GaussianStump, stumpSign } from "./gaussian-stump.ts";
import { bagLoss, bagProbabilities, type LabelledBags, lossSlopes } from "./mcil-loss.ts";

/** Patches of several images, one after another. */
export interface InstanceBlock {
  /** Row-major, one row per instance. */
  readonly features: Float32Array;
  readonly cols: number;
  /** Instances of bag i: rows first[i] to first[i + 1] - 1. */
  readonly first: Int32Array;
}

/** Hidden clusters of the positive class. */
export const CLUSTERS = 4;

interface WeightedStump extends GaussianStump {
  readonly round: number;
  readonly cluster: number;
  readonly step: number;
}

/** The boosted classifiers of all clusters, in the order in which they were found. */
export interface McilModel {
  readonly stumps: readonly WeightedStump[];
  /** Loss before the first round and after each. */
  readonly losses: readonly number[];
}

/**
 * Multiple clustered instance learning by gradient boosting: in every round, for one cluster after another, the Gaussian weak classifier
 * that follows the slope of the loss best is added with the step at which the loss is lowest. All scores begin at 0; clusters part because
 * each is fitted to what the ones before it left. Y. Xu, J.-Y. Zhu, E. Chang, Z. Tu, CVPR 2012; Medical Image Analysis 18, 2014.
 *
 * Deterministic. O(rounds * clusters * instances * features). Stops early when no cluster can lower the loss.
 */
export function trainMcil(block: InstanceBlock, labels: Uint8Array, rounds: number): McilModel {
  const columns = transposed(block);
  const bags = { first: block.first, labels, weights: balancedWeights(labels) };
  const scores = Array.from({ length: CLUSTERS }, () => new Float64Array(columns.rows));
  const losses = [bagLoss(scores, bags)];
  const stumps: WeightedStump[] = [];
  for (let round = 0; round < rounds; round++) {
    let loss = losses.at(-1)!;
    let isLower = false;
    for (let cluster = 0; cluster < CLUSTERS; cluster++) {
      const stump = bestStump(columns, lossSlopes(scores, cluster, bags));
      if (!stump) continue;
      const signs = signsOf(stump, columns);
      const found = bestStep(scores, cluster, signs, bags, loss);
      if (!found) continue;
      addTo(scores[cluster]!, signs, found.step);
      stumps.push({ ...stump, round, cluster, step: found.step });
      loss = found.loss;
      isLower = true;
    }
    if (!isLower) break;
    losses.push(loss);
  }
  return { stumps, losses };
}

/** For each number of rounds (ascending), the probability of each bag that it is positive after so many. */
export function mcilProbabilities(model: McilModel, block: InstanceBlock, rounds: readonly number[]): Float64Array[] {
  const { features, cols, first } = block;
  const scores = Array.from({ length: CLUSTERS }, () => new Float64Array(features.length / cols));
  let next = 0;
  return rounds.map((limit) => {
    for (; next < model.stumps.length && model.stumps[next]!.round < limit; next++) {
      const stump = model.stumps[next]!;
      const own = scores[stump.cluster]!;
      for (let i = 0; i < own.length; i++)
        own[i]! += stump.step * stumpSign(stump, features[i * cols + stump.feature]!);
    }
    return bagProbabilities(scores, first);
  });
}

/** Both classes weigh the same; all bags together weigh 1. */
function balancedWeights(labels: Uint8Array): Float64Array {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return Float64Array.from(labels, (label) => 0.5 / (label === 1 ? positives : labels.length - positives));
}

function transposed({ features, cols }: InstanceBlock): FeatureColumns {
  const rows = features.length / cols;
  const data = new Float32Array(features.length);
  for (let i = 0, from = 0; i < rows; i++) for (let j = 0; j < cols; j++, from++) data[j * rows + i] = features[from]!;
  return { data, rows, cols };
}

function signsOf(stump: GaussianStump, { data, rows }: FeatureColumns): Int8Array {
  const signs = new Int8Array(rows);
  for (let i = 0; i < rows; i++) signs[i] = stumpSign(stump, data[stump.feature * rows + i]!);
  return signs;
}

function addTo(scores: Float64Array, signs: Int8Array, step: number): void {
  for (let i = 0; i < scores.length; i++) scores[i]! += step * signs[i]!;
}

/** First steps that are tried: a doubling grid, about the best of which the search goes on. */
const STEPS = Array.from({ length: 9 }, (_, k) => 2 ** (k - 7));
const REFINEMENTS = 10;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The step along the weak classifier at which the loss is lowest, by golden section; null when none is below `before`. */
function bestStep(
  scores: readonly Float64Array[],
  cluster: number,
  signs: Int8Array,
  bags: LabelledBags,
  before: number,
): { readonly step: number; readonly loss: number } | null {
  const tried = new Float64Array(signs.length);
  const shown = scores.map((own, k) => (k === cluster ? tried : own));
  const lossAt = (step: number) => {
    tried.set(scores[cluster]!);
    addTo(tried, signs, step);
    return bagLoss(shown, bags);
  };
  const grid = STEPS.map((step) => ({ step, loss: lossAt(step) }));
  let best = grid.reduce((a, b) => (b.loss < a.loss ? b : a));
  let low = best.step / 2;
  let high = best.step * 2;
  for (let k = 0; k < REFINEMENTS; k++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    const [lossLeft, lossRight] = [lossAt(left), lossAt(right)];
    if (lossLeft < lossRight) high = right;
    else low = left;
    const step = lossLeft < lossRight ? left : right;
    const loss = Math.min(lossLeft, lossRight);
    if (loss < best.loss) best = { step, loss };
  }
  return best.loss < before ? best : null;
}
