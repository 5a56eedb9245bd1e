import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { drawView, turned } from "../../../src/engine/classification-training/bag-view.ts";
import { classFolds } from "../../../src/engine/classification-training/class-folds.ts";
import { parseClassificationConfig } from "../../../src/engine/classification-training/config.ts";
import { selectFeatures } from "../../../src/engine/classification-training/select-features.ts";
import { picture } from "../tissue/picture-slide.ts";

describe("the selection of features", () => {
  const features = Float32Array.from(
    [
      [0, 5, 1, 9],
      [0, 5, 3, 9],
      [4, 5, 2, 0],
      [4, 5, 2, 0],
      [2, 8, 2, 5],
    ].flat(),
  );
  const labels = Uint8Array.of(0, 0, 1, 1, 2);

  it("takes the columns whose class means differ most, ascending", () => {
    const two = Int32Array.of(0, 1, 2, 3);
    expect(selectFeatures(features, 4, two, labels.subarray(0, 4), 2, 2)).toEqual([0, 3]);
    expect(selectFeatures(features, 4, two, labels.subarray(0, 4), 2, 0)).toEqual([0, 1, 2, 3]);
    expect(selectFeatures(features, 4, two, labels.subarray(0, 4), 2, 9)).toEqual([0, 1, 2, 3]);
  });

  it("counts the largest difference over all pairs of several classes", () => {
    const all = Int32Array.of(0, 1, 2, 3, 4);
    expect(selectFeatures(features, 4, all, labels, 3, 3)).toEqual([0, 1, 3]);
  });

  it("takes the lower column of equals", () => {
    const same = Float32Array.of(0, 0, 1, 1);
    expect(selectFeatures(same, 2, Int32Array.of(0, 1), Uint8Array.of(0, 1), 2, 1)).toEqual([0]);
  });
});

describe("folds with about a share of every class", () => {
  const groups = Array.from({ length: 60 }, (_, image) => `patient ${image % 30}`);
  const labels = Uint8Array.from(groups, (_, image) => (image % 30 < 6 ? 1 : 0));

  it("keep groups whole, every class in every fold, and do not depend on the order of the images", () => {
    const folds = classFolds(groups, labels, ["a", "b"], 5);
    const foldsOfGroup = new Map<string, Set<number>>();
    groups.forEach((group, image) => {
      foldsOfGroup.set(group, (foldsOfGroup.get(group) ?? new Set()).add(folds[image]!));
    });
    expect([...foldsOfGroup.values()].every((found) => found.size === 1)).toBe(true);
    for (const label of [0, 1]) {
      const counts = [0, 1, 2, 3, 4].map((fold) => folds.filter((f, i) => f === fold && labels[i] === label).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
      expect(Math.min(...counts)).toBeGreaterThan(0);
    }
    const turnedAround = classFolds(groups.toReversed(), labels.toReversed(), ["a", "b"], 5);
    expect(turnedAround.toReversed()).toEqual(folds);
  });

  it("are refused where a class is in fewer than three groups", () => {
    expect(() => classFolds(["1", "2", "3", "4"], Uint8Array.of(0, 0, 0, 1), ["a", "b"], 5)).toThrow(
      'the class "b" in at least three groups for nested cross-validation, found 1',
    );
  });
});

describe("a view", () => {
  const patch = picture(3, 3, (x, y) => [10 * x, 10 * y, 0]);
  const corner = (turn: number) => [...turned(patch, turn).data.subarray(0, 2)];

  it("turns a patch into its eight positions", () => {
    // The upper left pixel of each: clockwise quarters bring the lower left corner there first.
    expect([0, 1, 2, 3].map(corner)).toEqual([
      [0, 0],
      [0, 20],
      [20, 20],
      [20, 0],
    ]);
    expect([4, 5, 6, 7].map(corner)).toEqual([
      [20, 0],
      [20, 20],
      [0, 20],
      [0, 0],
    ]);
    const all = [0, 1, 2, 3, 4, 5, 6, 7].map((turn) => turned(patch, turn).data.join());
    expect(new Set(all).size).toBe(8);
    expect(turned(turned(patch, 1), 3).data).toEqual(patch.data);
    expect(turned(turned(patch, 4), 4).data).toEqual(patch.data);
  });

  it("is the same for one seed, and the image as it is without wishes", () => {
    const view = { stain: { gain: [0.8, 1.25], offset: 0.03 }, scale: [0.8, 1.25], turn: true } as const;
    const [one, two] = [drawView(view, seededRandom(4)), drawView(view, seededRandom(4))];
    expect(one.scale).toBe(two.scale);
    expect(one.change(patch).data).toEqual(two.change(patch).data);
    expect(drawView({ stain: null, scale: null, turn: false }, seededRandom(4)).change(patch)).toBe(patch);
  });
});

describe("a training file for classification", () => {
  it("has the paper's values where it says nothing", () => {
    expect(parseClassificationConfig({})).toMatchObject({
      p: 3,
      features: 100,
      sampling: { patch: 336, stride: 252, resizeTo: 224 },
      classes: [],
    });
  });

  it.each([
    [{ p: 0.5 }, "p to be a number from 1 to 64, found 0.5"],
    [{ task: "segmentation" }, "task to be one of classification"],
    [{ threshold: {} }, "unknown field threshold"],
    [{ views: [{ mirror: true }] }, "unknown field views[0].mirror"],
  ])("%j is refused with a sentence", (config, sentence) => {
    expect(() => parseClassificationConfig(config)).toThrow(sentence);
  });
});
