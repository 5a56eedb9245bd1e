import { AppError } from "../base/errors.ts";
import { seededRandom, shuffle } from "../base/random.ts";
import { addScaledRow, dotRow } from "./kernels.ts";
import { checkSamples, classTotals, type Samples } from "./samples.ts";

export interface SvmOptions {
  /** `l2` is the squared hinge loss (LIBLINEAR's and scikit-learn's default), `l1` the hinge loss. Default `l2`. */
  readonly loss?: "l1" | "l2";
  /** Weight of the loss against the regularisation, above 0. Default 1, as LIBLINEAR. */
  readonly c?: number;
  /** Multiplies C per class; `balanced` gives each class the same total (n / (2 * n of the class)). Default `none`. */
  readonly classWeight?: "none" | "balanced" | { readonly negative: number; readonly positive: number };
  /** Value of the feature that carries the bias; a larger one regularises the bias less. Default 1. */
  readonly interceptScaling?: number;
  /** Stops when no projected gradient differs from another by more; in units of the margin. Default 1e-4, as scikit-learn. */
  readonly tolerance?: number;
  /** Passes over the samples at most. Default 1000, as scikit-learn. */
  readonly maxPasses?: number;
  /** Fixes the order of visits. Default 1. */
  readonly seed?: number;
  /** `alpha` of an earlier training on the same rows, from which this one starts. */
  readonly start?: Float64Array;
}

export interface LinearSvm {
  /** One per feature. */
  readonly weights: Float64Array;
  readonly bias: number;
  /** Passes over the samples that were made. */
  readonly iterations: number;
  /** False when `maxPasses` came first. */
  readonly converged: boolean;
  /** Value of the primal objective. */
  readonly objective: number;
  /** Primal minus dual objective: no solution is better than `objective` by more. */
  readonly gap: number;
  /** Dual variables, one per row, for a warm start. */
  readonly alpha: Float64Array;
}

/**
 * L2-regularised linear support vector classification by dual coordinate descent.
 *
 * Primal: min over w of  1/2 w.w + sum_i C_i max(0, 1 - y_i w.x_i)^p,  p = 1 (`l1`) or 2 (`l2`), y_i = -1 or +1, where x_i
 * carries one more feature of value `interceptScaling` (so that the bias is regularised too) and
 * C_i = C * (weight of its class) * (weight of its row).
 *
 * Dual: min over a of  1/2 a'(Q + D)a - sum_i a_i  with 0 <= a_i <= U_i,  Q_ij = y_i y_j x_i.x_j;
 * `l1`: U_i = C_i, D_ii = 0; `l2`: U_i infinite, D_ii = 1 / (2 C_i).  w = sum_i a_i y_i x_i.
 *
 * One coordinate at a time in a fresh seeded order per pass, exactly minimised, with shrinking of coordinates that sit at
 * their bounds: Hsieh, Chang, Lin, Keerthi, Sundararajan, "A Dual Coordinate Descent Method for Large-scale Linear SVM",
 * ICML 2008, algorithm 3. A pass costs two dot products per active row; beside the features it keeps a few numbers per row.
 *
 * Throws `svm/one-class` and `svm/bad-input`. Never throws for want of convergence: see `converged` and `gap`.
 */
export function trainLinearSvm(samples: Samples, options: SvmOptions = {}): LinearSvm {
  checkSamples(samples);
  const { features, rows, cols, labels } = samples;
  const interceptScaling = positive("interceptScaling", options.interceptScaling ?? 1);
  const tolerance = positive("tolerance", options.tolerance ?? 1e-4);
  const maxPasses = options.maxPasses ?? 1000;
  const isL1 = options.loss === "l1";
  const costs = rowCosts(samples, options);
  const diagonal = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    diagonal[i] = isL1 ? 0 : 0.5 / costs[i]!;
    curvature[i] = diagonal[i]! + interceptScaling * interceptScaling + squaredNorm(features, i * cols, cols);
  }
  const weights = new Float64Array(cols);
  const alpha = new Float64Array(rows);
  let biasWeight = options.start ? startFrom(options.start) : 0;

  const order = activeRows(costs);
  const random = seededRandom(options.seed ?? 1);
  let active = order.length;
  let ceiling = Infinity;
  let floor = -Infinity;
  let iterations = 0;
  let converged = false;
  while (iterations < maxPasses && !converged) {
    shuffle(order.subarray(0, active), random);
    let highest = -Infinity;
    let lowest = Infinity;
    for (let s = 0; s < active; s++) {
      const i = order[s]!;
      const before = alpha[i]!;
      const upper = isL1 ? costs[i]! : Infinity;
      const y = labels[i] === 1 ? 1 : -1;
      const product = dotRow(weights, features, i * cols, cols) + biasWeight * interceptScaling;
      const gradient = y * product - 1 + diagonal[i]! * before;
      const atZero = before === 0;
      const atUpper = before === upper;
      if ((atZero && gradient > ceiling) || (atUpper && gradient < floor)) {
        active--;
        order[s] = order[active]!;
        order[active] = i;
        s--;
        continue;
      }
      const projected = atZero ? Math.min(gradient, 0) : atUpper ? Math.max(gradient, 0) : gradient;
      if (projected > highest) highest = projected;
      if (projected < lowest) lowest = projected;
      if (Math.abs(projected) < 1e-12) continue;
      const after = Math.min(Math.max(before - gradient / curvature[i]!, 0), upper);
      alpha[i] = after;
      const step = (after - before) * y;
      addScaledRow(weights, features, i * cols, cols, step);
      biasWeight += step * interceptScaling;
    }
    iterations++;
    if (highest - lowest <= tolerance || active === 0) {
      if (active === order.length) converged = true;
      active = order.length;
      ceiling = Infinity;
      floor = -Infinity;
    } else {
      ceiling = highest > 0 ? highest : Infinity;
      floor = lowest < 0 ? lowest : -Infinity;
    }
  }
  const { primal, dual } = objectives();
  return {
    weights,
    bias: biasWeight * interceptScaling,
    iterations,
    converged,
    objective: primal,
    gap: primal - dual,
    alpha,
  };

  /** Fills alpha and weights with the multiple of `start` at which the dual is lowest; returns the bias weight. */
  function startFrom(start: Float64Array): number {
    if (start.length !== rows) throw new RangeError(`start has ${start.length} values for ${rows} rows`);
    let bias = fill(1);
    let quadratic = bias * bias + squaredNorm(weights, 0, cols);
    let linear = 0;
    for (let i = 0; i < rows; i++) {
      linear += alpha[i]!;
      if (alpha[i]! > 0) quadratic += diagonal[i]! * alpha[i]! * alpha[i]!;
    }
    if (quadratic > 0) bias = fill(linear / quadratic);
    return bias;

    function fill(factor: number): number {
      weights.fill(0);
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const limit = isL1 || costs[i] === 0 ? costs[i]! : Infinity;
        alpha[i] = Math.min(Math.max(start[i]! * factor, 0), limit);
        if (alpha[i] === 0) continue;
        const signed = labels[i] === 1 ? alpha[i]! : -alpha[i]!;
        addScaledRow(weights, features, i * cols, cols, signed);
        sum += signed * interceptScaling;
      }
      return sum;
    }
  }

  function objectives(): { primal: number; dual: number } {
    const regular = 0.5 * (squaredNorm(weights, 0, cols) + biasWeight * biasWeight);
    let primal = regular;
    let dual = -regular;
    for (const i of order) {
      const product = dotRow(weights, features, i * cols, cols) + biasWeight * interceptScaling;
      const slack = Math.max(0, 1 - (labels[i] === 1 ? product : -product));
      primal += costs[i]! * (isL1 ? slack : slack * slack);
      dual += alpha[i]! - 0.5 * diagonal[i]! * alpha[i]! * alpha[i]!;
    }
    return { primal, dual };
  }
}

/** C of each row. */
function rowCosts(samples: Samples, options: SvmOptions): Float64Array {
  const c = positive("c", options.c ?? 1);
  const byClass = classWeights(samples, options.classWeight ?? "none");
  return Float64Array.from(samples.labels, (label, i) => {
    const weight = samples.weights ? samples.weights[i]! : 1;
    return c * weight * (label === 1 ? byClass.positive : byClass.negative);
  });
}

function classWeights(samples: Samples, classWeight: NonNullable<SvmOptions["classWeight"]>) {
  if (classWeight === "none") return { negative: 1, positive: 1 };
  if (classWeight !== "balanced") return classWeight;
  const { negative, positive } = classTotals(samples.labels, samples.weights);
  const half = (negative + positive) / 2;
  return { negative: half / negative, positive: half / positive };
}

function activeRows(costs: Float64Array): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < costs.length; i++) if (costs[i]! > 0) rows.push(i);
  return Int32Array.from(rows);
}

function squaredNorm(values: Float32Array | Float64Array, offset: number, length: number): number {
  let sum = 0;
  for (let i = offset; i < offset + length; i++) sum += values[i]! * values[i]!;
  return sum;
}

function positive(name: string, value: number): number {
  if (value > 0 && value < Infinity) return value;
  throw new AppError("svm/bad-input", `Expected ${name} of the linear SVM to be above 0, found ${value}.`);
}
