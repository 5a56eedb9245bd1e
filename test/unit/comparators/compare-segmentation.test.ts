import { expect, test } from "vitest";
import { isAppError } from "../../../src/engine/base/errors.ts";
import {
  compareSegmentation,
  SEGMENTATION_METHODS,
  type SegmentationMethod,
} from "../../../src/engine/comparators/compare-segmentation.ts";
import { learnCodebooks } from "../../../src/engine/comparators/manual-windows.ts";
import { type MethodOutcome, studyPack } from "../../../src/engine/comparators/study.ts";
import { meanScores } from "../../../src/engine/training/score.ts";
import { madeImage } from "../training/made-images.ts";
import { madeComparison, withMask } from "./study-images.ts";

const comparison = madeComparison();
const images = async () => (await comparison).images;

const outcomes = new Map<SegmentationMethod, Promise<MethodOutcome>>();

/** Of the made sections; computed once. */
async function outcome(method: SegmentationMethod): Promise<MethodOutcome> {
  const known = outcomes.get(method) ?? compareSegmentation(await comparison, method);
  outcomes.set(method, known);
  return known;
}

test("every method judges every image, by folds of whole groups that are the same for all", async () => {
  const groups = new Map((await images()).map(({ name, group }) => [name, group]));
  let folds: number[] | undefined;
  for (const method of SEGMENTATION_METHODS) {
    const { images: judged, choices } = await outcome(method);
    expect(judged.map(({ image }) => image.name)).toEqual([...groups.keys()].sort());
    const foldOf = new Map<string, number>();
    for (const { image, fold } of judged) {
      const group = groups.get(image.name)!;
      expect(foldOf.get(group) ?? fold).toBe(fold);
      foldOf.set(group, fold);
    }
    folds ??= judged.map(({ fold }) => fold);
    expect(judged.map(({ fold }) => fold)).toEqual(folds);
    expect(choices).toHaveLength(3);
    // The two SVMs learn so plain a texture; regions of some hundred pixels are too small for the graph.
    if (method === "graphrlm") continue;
    const { meanScore, meanFalsePositiveFraction } = meanScores(judged.map(({ score }) => score));
    expect(meanScore).toBeGreaterThan(0.75);
    expect(meanFalsePositiveFraction).toBeLessThan(0.1);
  }
}, 180_000);

test("neither the order of the images nor the truth of one has a say in the masks of its fold", async () => {
  const changed = (await images()).map((image, index) =>
    index === 0
      ? withMask(image, (mask) => ({ ...mask, data: mask.data.map((value) => (value === 255 ? 255 : 208)) }))
      : image,
  );
  const comparison = await madeComparison(changed.reverse());
  for (const method of ["graphrlm", "svm-mf"] satisfies SegmentationMethod[]) {
    const before = (await outcome(method)).images;
    const after = new Map(
      (await compareSegmentation(comparison, method)).images.map(({ image, mask }) => [image.name, mask.data]),
    );
    const own = before.find(({ image }) => image.name === "made-0")!.fold;
    for (const { image, fold, mask } of before) if (fold === own) expect(after.get(image.name)).toEqual(mask.data);
  }
}, 180_000);

test("a codebook changes with the images that it is learned from, and with no other", async () => {
  const { config, positive, mpp } = await comparison;
  const shown = (await images()).slice(0, 3);
  const foldOf = Int32Array.of(0, 1, 2);
  const sets = [[0], [1]];
  const codebooksOf = (scene: typeof shown) => {
    const pixelSize = { mppX: mpp, mppY: mpp, origin: "assumed" } as const;
    return learnCodebooks({ images: scene, config, positive, pixelSize, pack: studyPack(config, mpp) }, sets, foldOf);
  };
  const other = madeImage(40);
  const [before, after] = [
    await codebooksOf(shown),
    await codebooksOf(shown.map((image, index) => (index === 0 ? { ...image, openSlide: other.openSlide } : image))),
  ];
  expect(after[0]).toEqual(before[0]);
  expect(after[1]).not.toEqual(before[1]);
}, 180_000);

test("fewer than three groups are refused with a sentence", async () => {
  const few = await madeComparison([madeImage(0), madeImage(1), madeImage(2)]);
  const error = await compareSegmentation(few, "graphrlm").catch((cause: unknown) => cause);
  expect(isAppError(error, "training/bad-data")).toBe(true);
});
