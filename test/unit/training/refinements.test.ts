import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { packCard } from "../../../src/engine/training/card.ts";
import { parseTrainingConfig, type TrainingConfig } from "../../../src/engine/training/config.ts";
import { withHaemorrhageColour } from "../../../src/engine/training/refinements.ts";
import { type TrainedPack, trainSegmentation } from "../../../src/engine/training/train-segmentation.ts";
import type { TrainingImage } from "../../../src/engine/training/training-image.ts";
import { picture } from "../tissue/picture-slide.ts";
import { madeImage } from "./made-images.ts";

const backboneBytes = new Uint8Array(
  readFileSync(new URL("../../../public/models/necrosis-lowpower/backbone.onnx", import.meta.url)),
);

const configOf = (refinements: unknown): TrainingConfig =>
  parseTrainingConfig({
    id: "made",
    sampling: { patch: 24, windows: [24] },
    windows: { perImage: 40 },
    views: [{}],
    svm: { c: [1e-4] },
    folds: { count: 5 },
    threshold: { from: 0.1, to: 0.9, count: 9 },
    postProcess: { minRegionUm2: 0, maxHoleUm2: 100_000 },
    refinements,
  });

const HARD = { rounds: 1, perImage: 15, pool: 250, minRegionUm2: 6400 };
const images = Array.from({ length: 10 }, (_, index) => madeImage(index, { bloodRadius: 12 }));

async function trained(refinements: unknown, others = images): Promise<TrainedPack> {
  return trainSegmentation({
    images: others,
    positive: [5, 5, 5],
    mpp: 10,
    config: configOf(refinements),
    backboneBytes,
    backend: await nodeBackend({ threads: 1 }),
    command: "palisade train segmentation --images made",
    appVersion: "0.0.0",
  });
}

describe("both refinements, with their worth", () => {
  const refinements = { haemorrhage: { share: 0.5 }, hardRegions: HARD, ablation: true };
  let both: TrainedPack;
  let plain: TrainedPack;

  beforeAll(async () => {
    both = await trained(refinements);
    plain = await trained({});
  }, 60_000);

  test("the figures of neither, each alone and both stand in the record, the pack's own last", () => {
    const steps = both.refinements.map(({ haemorrhage, round }) => [haemorrhage, round]);
    expect(steps).toEqual([
      [false, 0],
      [false, 1],
      [true, 0],
      [true, 1],
    ]);
    expect(both.refinements.at(-1)?.figures).toEqual(both.figures);
    expect(both.pack.training.figures).toMatchObject({ refinements: both.refinements });
    expect(both.pack.training.settings).toMatchObject({ refinements: { hardRegions: HARD } });
  });

  test("without either the figures are those of a training that knows of none, whose record does not name them", () => {
    expect(both.refinements[0]?.figures).toEqual(plain.figures);
    expect(plain.refinements).toEqual([]);
    expect(plain.pack.training.figures).not.toHaveProperty("refinements");
    expect(plain.pack.training.settings).not.toHaveProperty("refinements");
    expect(packCard(plain, configOf({}))).not.toContain("refinements");
  });

  test("patches of blood within necrosis change their label, and rounds add windows of hard regions", () => {
    const [, hard, relabelled, last] = both.refinements;
    expect(relabelled?.relabelled).toBeGreaterThan(0);
    expect(hard?.relabelled).toBe(0);
    expect(last?.added).toBeGreaterThan(0);
    expect(last?.added).toBeLessThanOrEqual(images.length * HARD.perImage);
    const { settings } = both.pack.training;
    const before = Number(plain.pack.training.settings["drawnWindows"]);
    expect(settings["drawnWindows"]).toBe(before + (last?.added ?? 0));
  });

  test("the card shows the table", () => {
    const card = packCard(both, configOf(refinements));
    expect(card).toContain("### What the refinements are worth");
    expect(card).toMatch(/\| as painted \| none \|/);
    expect(card).toMatch(/\| \d+ windows \| 1 \(\d+ windows\) \|/);
  });

  test("training again gives the same bytes", async () => {
    const files = await writePack(both.pack, backboneBytes);
    const again = await writePack((await trained(refinements)).pack, backboneBytes);
    for (const [path, bytes] of files) expect(Buffer.compare(bytes, again.get(path) ?? new Uint8Array())).toBe(0);
  });
});

describe("rounds stay nested", () => {
  test.each([1, 2])(
    "after %d, what a fold chose and found elsewhere does not depend on its own truth",
    async (rounds) => {
      const refinements = { hardRegions: { ...HARD, rounds } };
      const painted = await trained(refinements);
      const repainted = await trained(refinements, [withOtherTruth(images[0]!), ...images.slice(1)]);
      const judged = painted.figures.images.find(({ name }) => name === "made-1");
      const fold = (judged?.fold ?? 1) - 1;
      expect(painted.refinements.at(-1)?.added).toBeGreaterThan(0);
      expect(painted.figures.images.find(({ name }) => name === "made-0")?.fold).toBe(judged?.fold);
      expect(repainted.figures.images.find(({ name }) => name === "made-1")).toEqual(judged);
      expect(repainted.figures.chosen[fold]).toEqual(painted.figures.chosen[fold]);
      expect(repainted.pack.svms[0]?.weights).not.toEqual(painted.pack.svms[0]?.weights);
    },
  );

  test("sets of folds whose rest holds one class alone add nothing, and the training goes on", async () => {
    const bare = [3, 7, 11, 15].map((index, at) => ({ ...madeImage(index), group: `bare-${at < 2 ? 0 : 1}` }));
    const { refinements } = await trained({ hardRegions: HARD }, [
      ...[0, 1, 4, 5, 8, 9].map((i) => madeImage(i)),
      ...bare,
    ]);
    expect(refinements.map(({ round }) => round)).toEqual([0, 1]);
  });

  test("more rounds than the folds can hold out are refused with a sentence", async () => {
    await expect(trained({ hardRegions: { rounds: 3 } })).rejects.toThrow("at most 2 with 5 folds");
  });
});

describe("haemorrhage as a colour of the masks", () => {
  test("patches of that colour within necrosis are trained as negative, and count as necrosis in the truth", async () => {
    const bloody = images.map(withBloodInMask);
    const masked = await trained({ haemorrhage: { maskColour: [200, 0, 0], share: 0.5 } }, bloody);
    const byRule = await trained({ haemorrhage: { share: 0.5 } });
    expect(masked.refinements.at(-1)?.relabelled).toBeGreaterThan(0);
    const truthOf = ({ figures }: TrainedPack) => figures.images.map(({ truthFraction }) => truthFraction);
    expect(truthOf(masked)).toEqual(truthOf(byRule));
  });

  test("a colour that is given beside the file keeps the rest of it", () => {
    const { refinements } = configOf({ haemorrhage: { share: 0.7 } });
    expect(withHaemorrhageColour(refinements, [1, 2, 3]).haemorrhage).toMatchObject({
      share: 0.7,
      maskColour: [1, 2, 3],
    });
    expect(withHaemorrhageColour(configOf({}).refinements, [1, 2, 3]).haemorrhage?.share).toBe(0.3);
  });
});

/** Necrosis where there was none, in the upper half. */
function withOtherTruth(image: TrainingImage): TrainingImage {
  return {
    ...image,
    readMask: async () => {
      const { width, height, data } = await image.readMask();
      const half = new Uint8ClampedArray(data);
      for (let at = 0; at < half.length / 2; at += 4) if (half[at] !== 255) half.set([5, 5, 5], at);
      return { width, height, data: half };
    },
  };
}

/** The red disc of the picture painted in a colour of its own. */
function withBloodInMask(image: TrainingImage): TrainingImage {
  return {
    ...image,
    readMask: async () => {
      const { width, height, data } = await image.readMask();
      const slide = await image.openSlide();
      const seen = (await slide.readRegion({ x0: 0, y0: 0, width, height, level: 0 })).data;
      return picture(width, height, (x, y) => {
        const at = (y * width + x) * 4;
        if (seen[at + 1] === 40) return [200, 0, 0];
        return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      });
    },
  };
}
