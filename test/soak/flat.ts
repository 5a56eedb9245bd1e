/** One quantity over a long use. */
export interface Course {
  readonly name: string;
  readonly unit: "MB" | "";
  /** After so many steps, ascending. */
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** By how much the last third may lie over the first third. */
  readonly limit: number;
}

export interface Judged extends Course {
  /** Median of the first third and of the last third. */
  readonly first: number;
  readonly last: number;
  /** Growth in 1,000 steps, by least squares over all. */
  readonly slope: number;
  readonly isFlat: boolean;
}

/** The first part of the samples is left out: caches fill. */
const WARM_UP = 0.15;

/** Whether a quantity stays where it is once caches are filled. Throws when there are too few samples to tell. */
export function judge(course: Course): Judged {
  const skip = Math.floor(course.values.length * WARM_UP);
  const steps = course.steps.slice(skip);
  const values = course.values.slice(skip);
  if (values.length < 3) throw new RangeError(`${course.name}: ${course.values.length} samples are too few to tell.`);
  const third = Math.max(1, Math.floor(values.length / 3));
  const first = median(values.slice(0, third));
  const last = median(values.slice(-third));
  return { ...course, first, last, slope: 1000 * slopeOf(steps, values), isFlat: last - first <= course.limit };
}

/** Of the straight line nearest to the points. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const meanX = mean(xs);
  const meanY = mean(ys);
  const covariance = xs.reduce((sum, x, i) => sum + (x - meanX) * ((ys[i] ?? 0) - meanY), 0);
  const variance = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  return variance === 0 ? 0 : covariance / variance;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** A table for people. */
export function tableOf(title: string, judged: readonly Judged[]): string {
  const lines = judged.map(({ name, unit, values, first, last, slope, limit, isFlat }) => {
    const figures = [first, last, last - first, slope, limit].map((value) => value.toFixed(unit === "MB" ? 1 : 2));
    return `| ${name}${unit ? ` (${unit})` : ""} | ${values.length} | ${figures.join(" | ")} | ${isFlat ? "flat" : "GROWS"} |`;
  });
  return [
    `**${title}**`,
    "",
    "| what | samples | first third | last third | growth | per 1,000 steps | limit | |",
    "|---|--:|--:|--:|--:|--:|--:|---|",
    ...lines,
    "",
  ].join("\n");
}
