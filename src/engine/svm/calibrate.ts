import { AppError } from "../base/errors.ts";
import { classTotals } from "./samples.ts";

/** Platt's sigmoid: confidence = 1 / (1 + exp(a * decision + b)). */
export interface Sigmoid {
  readonly a: number;
  readonly b: number;
}

export function confidence(sigmoid: Sigmoid, decision: number): number {
  const z = sigmoid.a * decision + sigmoid.b;
  return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
}

/**
 * Fits Platt's sigmoid to decisions that the SVM made on samples it was not trained on.
 *
 * Minimises  - sum_i v_i (t_i log p_i + (1 - t_i) log(1 - p_i)),  p_i = 1 / (1 + exp(a f_i + b)),  with targets
 * t = (N+ + 1) / (N+ + 2) for positives and 1 / (N- + 2) for negatives, N the class's total weight (v = 1 by default),
 * by Newton's method with backtracking: Lin, Lin, Weng, "A note on Platt's probabilistic outputs for support vector
 * machines", Machine Learning 68, 2007. Throws `svm/one-class` without samples of both classes, `svm/bad-input` for decisions that are
 * not finite.
 */
export function fitSigmoid(decisions: Float64Array, labels: Uint8Array, weights?: Float64Array): Sigmoid {
  const totals = classTotals(labels, weights);
  if (!(totals.negative > 0 && totals.positive > 0)) {
    throw new AppError(
      "svm/one-class",
      "Expected held-out samples of both classes to calibrate on, found one class only.",
    );
  }
  const bad = decisions.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new AppError("svm/bad-input", `Expected finite decision values, found ${decisions[bad]} at ${bad}.`);
  }
  const high = (totals.positive + 1) / (totals.positive + 2);
  const low = 1 / (totals.negative + 2);
  const total = totals.positive + totals.negative;
  let a = 0;
  let b = Math.log((totals.negative + 1) / (totals.positive + 1));
  let loss = lossAt(a, b);
  for (let iteration = 0; iteration < 100; iteration++) {
    const { ga, gb, haa, hab, hbb } = derivatives();
    if (Math.max(Math.abs(ga), Math.abs(gb)) < 1e-9 * total) break;
    const determinant = haa * hbb - hab * hab;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    const slope = ga * da + gb * db;
    // What is left to gain drowns in the rounding of the loss.
    if (-slope < 1e-13 * loss) break;
    let step = 1;
    let next = lossAt(a + da, b + db);
    while (next > loss + 1e-4 * step * slope && step > 1e-10) {
      step /= 2;
      next = lossAt(a + step * da, b + step * db);
    }
    if (step <= 1e-10) break;
    a += step * da;
    b += step * db;
    loss = next;
  }
  return { a, b };

  function lossAt(atA: number, atB: number): number {
    let sum = 0;
    for (let i = 0; i < decisions.length; i++) {
      const z = atA * decisions[i]! + atB;
      const target = labels[i] === 1 ? high : low;
      const term = z >= 0 ? target * z + Math.log1p(Math.exp(-z)) : (target - 1) * z + Math.log1p(Math.exp(z));
      sum += weights ? weights[i]! * term : term;
    }
    return sum;
  }

  function derivatives() {
    let ga = 0;
    let gb = 0;
    const ridge = 1e-12 * total;
    let haa = ridge;
    let hab = 0;
    let hbb = ridge;
    for (let i = 0; i < decisions.length; i++) {
      const f = decisions[i]!;
      const weight = weights ? weights[i]! : 1;
      const p = confidence({ a, b }, f);
      const first = weight * ((labels[i] === 1 ? high : low) - p);
      const second = weight * p * (1 - p);
      ga += f * first;
      gb += first;
      haa += f * f * second;
      hab += f * second;
      hbb += second;
    }
    return { ga, gb, haa, hab, hbb };
  }
}
