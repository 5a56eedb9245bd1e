import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { drawDescriptors, learnCodebook, WORDS } from "../../../src/engine/comparators/codebook.ts";
import { countLabels, writeCounts } from "../../../src/engine/comparators/count-table.ts";
import { denseSift, SIFT_VALUES } from "../../../src/engine/comparators/dense-sift.ts";
import { greyImage } from "../../../src/engine/comparators/grey.ts";
import { kMeans, nearestCentres } from "../../../src/engine/comparators/k-means.ts";
import { countWords, MANUAL_VALUES, manualImage, manualRows } from "../../../src/engine/comparators/manual-features.ts";
import { cropImage } from "../../../src/engine/slide/pixels.ts";
import { picture } from "../tissue/picture-slide.ts";

function speckled(seed: number, side = 128) {
  const random = seededRandom(seed);
  return picture(side, side, (x) => {
    const grain = random();
    return x < side / 2 ? [90 + 60 * grain, 60, 140] : [220, 150 + 40 * grain, 190];
  });
}

const codebook = learnCodebook(
  [1, 2, 3].map((seed) => drawDescriptors(denseSift(greyImage(speckled(seed))).data, 200, seededRandom(seed))),
  seededRandom(1),
);

test("k-means finds groups that are there, the same for the same seed", () => {
  const random = seededRandom(5);
  const places = [
    [0, 0],
    [10, 0],
    [0, 10],
  ];
  const data = Float32Array.from({ length: 300 }, (_, i) => places[Math.floor(i / 2) % 3]![i % 2]! + random());
  const centresFor = (seed: number) =>
    kMeans({ data, cols: 2 }, { clusters: 3, maxPasses: 50, random: seededRandom(seed) });
  expect(centresFor(1)).toEqual(centresFor(1));
  const labels = nearestCentres({ data, cols: 2 }, centresFor(2));
  expect(new Set(labels).size).toBe(3);
  labels.forEach((label, i) => {
    expect(label).toBe(labels[i % 3]);
  });
});

test("k-means of fewer different points than clusters leaves no centre undefined", () => {
  const data = Float32Array.of(1, 1, 1, 2);
  const centres = kMeans({ data, cols: 1 }, { clusters: 4, maxPasses: 5, random: seededRandom(1) });
  expect([...centres].every((value) => value === 1 || value === 2)).toBe(true);
});

test("a codebook is learned from all over the images, not from where they begin", () => {
  const random = seededRandom(6);
  // Two kinds of descriptor, one in the first half of the block and one in the second.
  const count = 4000;
  const data = new Float32Array(count * SIFT_VALUES);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < 64; j++) data[i * SIFT_VALUES + (i < count / 2 ? j : 64 + j)] = random();
  const blocks = Array.from({ length: 8 }, () => drawDescriptors(data, 3000, random));
  const learned = learnCodebook(blocks, seededRandom(1));
  const ofFirstKind = Array.from({ length: WORDS }, (_, word) => learned[word * SIFT_VALUES]! > 0).filter(
    Boolean,
  ).length;
  expect(ofFirstKind).toBeGreaterThan(WORDS / 4);
  expect(ofFirstKind).toBeLessThan((3 * WORDS) / 4);
});

test("a table of counts gives the counts of any rectangle, in bins of their own for each channel", () => {
  const one = { width: 5, height: 4, data: Uint8Array.from({ length: 20 }, (_, i) => i % 3) };
  const other = { width: 5, height: 4, data: Uint8Array.from({ length: 20 }, (_, i) => i % 2) };
  const table = countLabels([one, other], 3, 2);
  expect([table.cols, table.rows, table.bins]).toEqual([3, 2, 6]);
  const counts = new Float32Array(6);
  writeCounts(table, { left: 1, top: 0, right: 3, bottom: 1 }, counts, 0, 1);
  // Columns 2 to 4 of rows 0 and 1: 2, 3, 4 and 7, 8, 9.
  expect([...counts]).toEqual([2, 2, 2, 3, 3, 0]);
  expect(() => writeCounts(table, { left: 0, top: 0, right: 4, bottom: 1 }, counts, 0, 1)).toThrow(RangeError);
});

test("a patch has 186 values: five histograms that each add up to 1", () => {
  const image = manualImage(speckled(7), 16);
  const [row] = [manualRows(image, countWords(image, codebook), [{ x: 16, y: 0, size: 112 }])];
  expect(MANUAL_VALUES).toBe(186);
  expect(row.length).toBe(186);
  const sum = (from: number, to: number) => row.subarray(from, to).reduce((a, b) => a + b, 0);
  const ends = [0, 128, 138, 154, 170, 186];
  for (let k = 0; k + 1 < ends.length; k++) expect(sum(ends[k]!, ends[k + 1]!)).toBeCloseTo(1, 5);
});

test("a patch of a whole image has the colours and words that it has when cut out, but for its border", () => {
  const whole = speckled(8);
  const patch = { x: 32, y: 16, size: 64 };
  const inside = manualImage(whole, 16);
  const cut = manualImage(cropImage(whole, { x: 32, y: 16, width: 64, height: 64 }), 16);
  const one = manualRows(inside, countWords(inside, codebook), [patch]);
  const other = manualRows(cut, countWords(cut, codebook), [{ x: 0, y: 0, size: 64 }]);
  for (let i = 138; i < 186; i++) expect(other[i]).toBeCloseTo(one[i]!, 6);
  let apart = 0;
  for (let i = 0; i < WORDS; i++) apart += Math.abs(one[i]! - other[i]!) / 2;
  expect(apart).toBeLessThan(0.35);
});

test("patches that do not fit the cells are refused", () => {
  const image = manualImage(speckled(9), 16);
  const words = countWords(image, codebook);
  expect(() => manualRows(image, words, [{ x: 8, y: 0, size: 64 }])).toThrow(RangeError);
  expect(() => manualRows(image, words, [{ x: 0, y: 0, size: 60 }])).toThrow(RangeError);
});
