import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { bootstrapNotes, groupBootstrap, type Statistic } from "../../../src/engine/evaluation/bootstrap.ts";
import { accuracy, confusionMatrix } from "../../../src/engine/evaluation/confusion.ts";
import { rocAuc } from "../../../src/engine/evaluation/roc.ts";
import { golden } from "./golden.ts";

interface Scored {
  readonly score: number;
  readonly label: number;
  readonly group: string;
}

const groupOf = ({ group }: { group: string }) => group;
const auc: Statistic<Scored> = (items) =>
  rocAuc(
    items.map(({ score }) => score),
    items.map(({ label }) => label),
  );
const mean: Statistic<Scored> = (items) => items.reduce((sum, { score }) => sum + score, 0) / items.length;

describe("against NumPy with the same draws (test/fixtures/evaluation/make_golden.py)", () => {
  test.each(golden.aucs)("$name: the same interval of the AUC, the same resamples left out", (one) => {
    const items = one.scores.map((score, i) => ({ score, label: one.labels[i] ?? 0, group: one.groups[i] ?? "" }));
    const { seed, level } = one.interval;
    const { found } = groupBootstrap(items, groupOf, { found: auc }, { resamples: golden.resamples, seed, level });
    // The same resamples, so only the rounding of sums differs.
    expect(found.low).toBeCloseTo(one.interval.low, 12);
    expect(found.high).toBeCloseTo(one.interval.high, 12);
    expect(found.leftOut).toBe(one.interval.leftOut);
  });

  test.each(golden.confusions)("the same interval of the accuracy ($classes classes)", (one) => {
    const classes = Array.from({ length: one.classes }, (_, index) => `${index}`);
    const items = one.truth.map((truth, i) => ({ truth, found: one.found[i] ?? 0, group: one.groups[i] ?? "" }));
    const share: Statistic<(typeof items)[number]> = (drawn) =>
      accuracy(
        confusionMatrix(
          classes,
          drawn.map(({ truth }) => truth),
          drawn.map(({ found }) => found),
        ),
      );
    const { seed, level } = one.interval;
    const { found } = groupBootstrap(items, groupOf, { found: share }, { resamples: golden.resamples, seed, level });
    expect(found.low).toBeCloseTo(one.interval.low, 12);
    expect(found.high).toBeCloseTo(one.interval.high, 12);
  });
});

test("the same seed gives the same ends whatever the order of the groups; another seed gives others", () => {
  const items = scored(60, 10);
  const [a, b, c] = [
    groupBootstrap(items, groupOf, { mean }),
    groupBootstrap(
      items.toSorted((x, y) => (x.group < y.group ? 1 : x.group > y.group ? -1 : 0)),
      groupOf,
      { mean },
    ),
    groupBootstrap(items, groupOf, { mean }, { seed: 2 }),
  ];
  expect(b.mean.low).toBeCloseTo(a.mean.low ?? Number.NaN, 12);
  expect(groupBootstrap(items, groupOf, { mean })).toEqual(a);
  expect(c.mean.low).not.toBe(a.mean.low);
});

test("near-duplicates in a group do not narrow the interval as independent items would", () => {
  const few = scored(8, 8);
  const copied = few.flatMap((item) => Array.from({ length: 20 }, () => item));
  const byGroup = groupBootstrap(copied, groupOf, { mean }).mean;
  const oneByOne = groupBootstrap(
    copied.map((item, i) => ({ ...item, group: `${i}` })),
    groupOf,
    { mean },
  ).mean;
  const alone = groupBootstrap(few, groupOf, { mean }).mean;
  expect(byGroup.low).toBeCloseTo(alone.low ?? Number.NaN, 10);
  expect((byGroup.high ?? 0) - (byGroup.low ?? 0)).toBeGreaterThan(3 * ((oneByOne.high ?? 0) - (oneByOne.low ?? 0)));
});

test("ninety-five of a hundred intervals hold the true mean when there are many groups", () => {
  let held = 0;
  for (let trial = 0; trial < 120; trial++) {
    const random = seededRandom(1000 + trial);
    const items = Array.from({ length: 60 }, (_, i) => ({ score: random(), label: 0, group: `${i}` }));
    const { low, high } = groupBootstrap(items, groupOf, { mean }, { resamples: 200 }).mean;
    if ((low ?? 1) <= 0.5 && (high ?? 0) >= 0.5) held++;
  }
  expect(held / 120).toBeGreaterThan(0.9);
  expect(held / 120).toBeLessThan(0.99);
});

test("a single group has a value and no interval", () => {
  const items = scored(5, 1);
  expect(groupBootstrap(items, groupOf, { mean }).mean).toMatchObject({ low: null, high: null, leftOut: 0 });
});

test("resamples that lack a class are left out and said so; where most lack it there is no interval", () => {
  const items = Array.from({ length: 6 }, (_, i) => ({ score: i, label: i === 5 ? 1 : 0, group: `${i}` }));
  const { found } = groupBootstrap(items, groupOf, { found: auc });
  expect(found.value).toBe(1);
  expect(found.leftOut).toBeGreaterThan(600);
  expect(bootstrapNotes({ AUC: found })[0]).toMatch(/^AUC: \d+ resamples of the groups do not define it/);
  expect(groupBootstrap(items.slice(0, 5), groupOf, { never: auc }).never).toEqual({
    value: null,
    low: null,
    high: null,
    leftOut: 2000,
  });
  const onlyTogether: Statistic<Scored> = (drawn) => (new Set(drawn.map(groupOf)).size === 6 ? 1 : Number.NaN);
  const { rarely } = groupBootstrap(items, groupOf, { rarely: onlyTogether });
  expect(rarely).toMatchObject({ value: 1, low: null, high: null });
  expect(bootstrapNotes({ rarely })).toEqual([
    "rarely: no interval, since most resamples of the groups do not define it.",
  ]);
});

function scored(count: number, groups: number): Scored[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, (_, i) => ({ score: random(), label: i % 2, group: `g${i % groups}` }));
}
