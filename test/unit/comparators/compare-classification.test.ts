import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { parseClassificationConfig } from "../../../src/engine/classification-training/config.ts";
import type { LabelledImage } from "../../../src/engine/classification-training/labelled-image.ts";
import type { BagStudy } from "../../../src/engine/comparators/bag-study.ts";
import {
  CLASSIFICATION_METHODS,
  openClassificationStudy,
} from "../../../src/engine/comparators/compare-classification.ts";
import { wholeImage } from "../../../src/engine/comparators/image-level.ts";
import { manualJudges } from "../../../src/engine/comparators/manual-bags.ts";
import { mcilJudges } from "../../../src/engine/comparators/mcil-judges.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { PictureSlide, picture } from "../tissue/picture-slide.ts";
import { backboneBytes } from "./study-images.ts";

const pixelSize = { mppX: 1, mppY: 1, origin: "assumed" } as const;

/** Pink grain; of one class in two a dark, coarsely checked corner. Two images a group. */
function madeImage(index: number): LabelledImage {
  const label = Math.floor(index / 2) % 2 === 0 ? "even" : "checked";
  const random = seededRandom(index + 1);
  const shown = picture(112, 80, (x, y) => {
    const grain = 30 * random();
    const isCheck = label === "checked" && x < 56 && (Math.floor(x / 6) + Math.floor(y / 6)) % 2 === 0;
    return isCheck ? [80 + grain, 40 + grain, 110 + grain] : [190 + grain, 120 + grain, 170 + grain];
  });
  return {
    name: `made-${String(index).padStart(2, "0")}`,
    label,
    group: `patient-${Math.floor(index / 2)}`,
    pixelSize: null,
    openSlide: async () => new PictureSlide([shown], pixelSize),
  };
}

const config = parseClassificationConfig({
  task: "classification",
  classes: ["even", "checked"],
  backbone: { cell: 8, halo: 33, channels: 384 },
  sampling: { mpp: 1, patch: 48, stride: 32, resizeTo: 32 },
  features: 40,
  views: [{}],
  folds: { count: 3 },
  svm: { c: [1e-3, 1e-2] },
});

async function study(images: readonly LabelledImage[]) {
  return openClassificationStudy({ images, config, backboneBytes, backend: await nodeBackend({ threads: 1 }) });
}

const images = Array.from({ length: 16 }, (_, index) => madeImage(index));

test("every method tells two plain textures apart, on the same folds of whole groups", async () => {
  const opened = await study(images);
  let folds: number[] | undefined;
  for (const method of CLASSIFICATION_METHODS) {
    const figures = await opened.run(method);
    expect(figures.auc, method).toBeGreaterThan(0.95);
    expect(figures.accuracy, method).toBeGreaterThan(0.75);
    folds ??= figures.images.map(({ fold }) => fold);
    expect(figures.images.map(({ fold }) => fold)).toEqual(folds);
    expect(new Set(figures.images.map(({ group, fold }) => `${group} in ${fold}`)).size).toBe(8);
  }
  await opened.close();
}, 180_000);

test("neither the label nor the pixels of an image have a say in what is learned without its fold", async () => {
  const foldOf = Int32Array.from(images, (_, index) => Math.floor(index / 2) % 3);
  const labels = Uint8Array.from(images, ({ label }) => (label === "checked" ? 1 : 0));
  const { svm, seed, features } = config;
  const plain: BagStudy = { images, config, foldOf, fit: { classes: 2, labels, svm, seed, features } };
  // Image 0 (fold 0) shows and is called something else; image 7 (fold 0) is judged.
  const changed: BagStudy = {
    ...plain,
    images: images.map((image, index) => (index === 0 ? { ...image, openSlide: images[2]!.openSlide } : image)),
    fit: { ...plain.fit, labels: labels.map((label, index) => (index === 0 ? 1 : label)) },
  };
  const [before, after] = [await manualJudges(plain), await manualJudges(changed)];
  expect(after([0]).decide(7)).toEqual(before([0]).decide(7));
  expect(after([1]).decide(8)).not.toEqual(before([1]).decide(8));

  const { bags, set } = madeBags(images.length);
  const [mcil, other] = [mcilJudges(plain, set, bags), mcilJudges(changed, set, bags)];
  expect(other([0]).decide(7)).toEqual(mcil([0]).decide(7));
  expect(other([1]).decide(8)).not.toEqual(mcil([1]).decide(8));
}, 180_000);

/** Random bags of three patches with four features. */
function madeBags(count: number) {
  const random = seededRandom(9);
  const bags = Array.from({ length: count }, () => ({
    features: Float32Array.from({ length: 12 }, () => random()),
    rows: 3,
    cols: 4,
  }));
  const set = {
    features: new Float32Array(count * 4),
    cols: 4,
    images: Int32Array.from({ length: count }, (_, i) => i),
    isPlain: new Uint8Array(count).fill(1),
  };
  return { bags, set };
}

test("a whole image is brought to one square, whatever its shape", async () => {
  const wide = picture(64, 32, (x) => (x < 32 ? [0, 0, 0] : [200, 100, 50]));
  const shrunk = await wholeImage(new PictureSlide([wide], pixelSize), 16);
  expect([shrunk.width, shrunk.height]).toEqual([16, 16]);
  expect([...shrunk.data.subarray(7 * 4, 9 * 4)]).toEqual([0, 0, 0, 255, 200, 100, 50, 255]);
  const small = await wholeImage(new PictureSlide([picture(8, 40, () => [9, 8, 7])], pixelSize), 16);
  expect([small.width, small.height]).toEqual([16, 16]);
  expect([...small.data.subarray(0, 4)]).toEqual([9, 8, 7, 255]);
});
