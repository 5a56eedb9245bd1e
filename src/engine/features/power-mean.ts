/** Which values of a block are pooled, and how. */
export interface PowerMeanRequest {
  /** Index of the first value. */
  readonly from: number;
  readonly count: number;
  /** From one value to the next. */
  readonly step: number;
  /** The exponent, at least 1; Infinity gives the largest value. */
  readonly p: number;
}

/**
 * f = ((1/N) sum |v_i|^p)^(1/p), the p-norm pooling of Xu et al. (ICASSP 2015, eq. 1), between the mean (p = 1) and the maximum.
 *
 * Computed as m * ((1/N) sum (|v_i| / m)^p)^(1/p) with m the largest |v_i|, so that no power overflows or vanishes altogether, and
 * summed with compensation (Neumaier 1974), so that a million patches cost no digits. A negative value counts by its size, as in
 * a norm: activations behind a rectifier, which the paper pools, have none. NaN stays NaN. Two passes, O(count).
 */
export function powerMean(values: Float32Array | Float64Array, request: PowerMeanRequest): number {
  const { from, count, step, p } = request;
  if (!(p >= 1)) throw new RangeError(`p-norm pooling needs an exponent of at least 1, found ${p}`);
  if (count < 1 || from < 0 || from + (count - 1) * step >= values.length) {
    throw new RangeError(`${count} values from ${from} in steps of ${step} leave ${values.length}`);
  }
  let largest = 0;
  for (let k = 0, at = from; k < count; k++, at += step) {
    const size = Math.abs(values[at]!);
    // Not Math.max alone: NaN must win, and does there.
    largest = Math.max(largest, size);
  }
  if (largest === 0 || !Number.isFinite(largest) || p === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  let lost = 0;
  for (let k = 0, at = from; k < count; k++, at += step) {
    const term = power(Math.abs(values[at]!) / largest, p);
    const next = sum + term;
    lost += sum >= term ? sum - next + term : term - next + sum;
    sum = next;
  }
  return largest * ((sum + lost) / count) ** (1 / p);
}

/** Products for the usual whole exponents: exact in the same way on every engine, and faster than the power. */
function power(value: number, p: number): number {
  if (p === 1) return value;
  if (p === 2) return value * value;
  if (p === 3) return value * value * value;
  return value ** p;
}
