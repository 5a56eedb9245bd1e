import { quantileOfSorted } from "../base/quantile.ts";
import { seededRandom } from "../base/random.ts";

export interface BootstrapOptions {
  /** How many times the groups are drawn anew; default 2000. */
  readonly resamples?: number;
  /** Of the draws; default 1. */
  readonly seed?: number;
  /** Share of the resamples between the ends of the interval; default 0.95. */
  readonly level?: number;
}

export const DEFAULT_BOOTSTRAP_OPTIONS: Required<BootstrapOptions> = { resamples: 2000, seed: 1, level: 0.95 };

/** A figure with its interval, as it is printed and stored. */
export interface Estimate {
  /** Over all items; null where the items do not define it. */
  readonly value: number | null;
  /** Ends of the interval; null with fewer than two groups, without a value, or where most resamples do not define it. */
  readonly low: number | null;
  readonly high: number | null;
  /** Resamples that do not define the figure (an AUC with one class only); they are left out of the interval. */
  readonly leftOut: number;
}

/** A figure of some items; null (or NaN) where they do not define it, such as an AUC of one class. */
export type Statistic<T> = (items: readonly T[]) => number | null;

/**
 * Each statistic over all items, with its percentile interval by group bootstrap: as many groups as there are, drawn with replacement, each
 * bringing all of its items (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13; groups as in Field and Welsh,
 * JRSS B 69, 2007). Items of one group are near-duplicates; drawn one by one they would promise too narrow an interval.
 *
 * Groups are numbered in the order of their names and items keep their order within a group, so that neither the order of the groups
 * nor the machine matters. All statistics see the same resamples; the same seed gives the same ends.
 */
export function groupBootstrap<T, K extends string>(
  items: readonly T[],
  groupOf: (item: T) => string,
  statistics: Readonly<Record<K, Statistic<T>>>,
  options: BootstrapOptions = {},
): Record<K, Estimate> {
  const { resamples, seed, level } = { ...DEFAULT_BOOTSTRAP_OPTIONS, ...options };
  const groups = itemsByGroup(items, groupOf);
  const names = Object.keys(statistics) as K[];
  const values = new Map(names.map((name) => [name, [] as number[]]));
  const draws = groups.length < 2 ? [] : groupDraws(groups.length, resamples, seed);
  for (const draw of draws) {
    const drawn = Array.from(draw, (group) => groups[group]!).flat();
    for (const name of names) {
      const value = defined(statistics[name](drawn));
      if (value !== null) values.get(name)!.push(value);
    }
  }
  const estimate = (name: K): [K, Estimate] => {
    const value = defined(statistics[name](items));
    const found = Float64Array.from(values.get(name)!).sort();
    const leftOut = draws.length - found.length;
    if (value === null || found.length === 0 || leftOut > draws.length / 2) {
      return [name, { value, low: null, high: null, leftOut }];
    }
    const tail = (1 - level) / 2;
    return [name, { value, low: quantileOfSorted(found, tail), high: quantileOfSorted(found, 1 - tail), leftOut }];
  };
  return Object.fromEntries(names.map(estimate)) as Record<K, Estimate>;
}

/** The groups of each resample, `groups` indices from 0 each: floor(random x groups), one draw after another. */
export function groupDraws(groups: number, resamples: number, seed: number): Int32Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: resamples }, () =>
    Int32Array.from({ length: groups }, () => Math.floor(random() * groups)),
  );
}

/** What a reader must know of intervals that are missing or rest on fewer resamples; one sentence each. */
export function bootstrapNotes(estimates: Readonly<Record<string, Estimate>>): string[] {
  return Object.entries(estimates).flatMap(([name, { value, low, leftOut }]) => {
    if (value === null || leftOut === 0) return [];
    if (low === null) return [`${name}: no interval, since most resamples of the groups do not define it.`];
    return [`${name}: ${leftOut} resamples of the groups do not define it and are left out of its interval.`];
  });
}

function itemsByGroup<T>(items: readonly T[], groupOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = groupOf(item);
    const members = groups.get(name);
    if (members) members.push(item);
    else groups.set(name, [item]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => members);
}

function defined(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : value;
}
