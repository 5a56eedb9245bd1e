import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseTrainingConfig } from "../../../src/engine/training/config.ts";

const packs = new URL("../../../tools/packs/", import.meta.url);

/** Files of `tools/packs` that train a segmentation. */
const segmentations = readdirSync(packs)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, file: JSON.parse(readFileSync(new URL(name, packs), "utf8")) }))
  .filter(({ file }) => file.format === "palisade-training" && file.task !== "classification");

describe("training files", () => {
  test.each(segmentations)("$name of tools/packs is read", ({ name, file }) => {
    const config = parseTrainingConfig(file);
    expect(`${config.id}.json`).toBe(name);
    expect(config.sampling.windows[0]).toBe(config.sampling.patch);
  });

  test("an empty file means the defaults", () => {
    const config = parseTrainingConfig({});
    expect(config.sampling).toMatchObject({ patch: 56, stride: 8, windows: [56, 152], mode: "dense" });
    expect(config.views[0]).toEqual({ stain: null, scale: null, sharpness: 0 });
    expect(config.svm).toMatchObject({ loss: "l2", classWeight: "balanced" });
  });

  test("refinements are off unless named, and an empty object turns one on with its defaults", () => {
    expect(parseTrainingConfig({}).refinements).toEqual({ haemorrhage: null, hardRegions: null, ablation: false });
    const { refinements } = parseTrainingConfig({ refinements: { haemorrhage: {}, hardRegions: {} } });
    expect(refinements.haemorrhage).toMatchObject({ share: 0.3, maskColour: null, rule: { greenDensity: 0.8 } });
    expect(refinements.hardRegions).toEqual({ rounds: 1, perImage: 100, pool: 800, minRegionUm2: 300_000 });
    expect(parseTrainingConfig({ refinements: { hardRegions: null } }).refinements.hardRegions).toBeNull();
  });

  test.each([
    [{ svm: { c: "1" } }, 'Expected svm.c to be a list of numbers, found "1".'],
    [{ svm: { c: [0.1, -1] } }, "Expected svm.c[1] to be a number of at least 1e-12, found -1."],
    [{ windows: { perImage: 2.5 } }, "Expected windows.perImage to be a whole number of at least 1, found 2.5."],
    [{ sampling: { mode: "sliding" } }, 'Expected sampling.mode to be one of dense, patchwise, found "sliding".'],
    [{ folds: { leaveOneGroupOut: 1 } }, "Expected folds.leaveOneGroupOut to be true or false, found 1."],
    [{ views: [{}, { stain: { gains: [1, 2] } }] }, "unknown field views[1].stain.gains"],
    [
      { refinements: { haemorrhage: { maskColour: [1, 2] } } },
      "refinements.haemorrhage.maskColour to be a list of 3 numbers",
    ],
    [
      { refinements: { hardRegions: { rounds: 0 } } },
      "refinements.hardRegions.rounds to be a whole number of at least 1",
    ],
    [{ refinements: { ablations: true } }, "unknown field refinements.ablations"],
    [{ colour: 1 }, "unknown field colour"],
    [{ format: "other" }, 'Expected format to be one of palisade-training, found "other".'],
    [{ version: 2 }, "Expected version to be a number from 1 to 1, found 2."],
    [[], "Expected the training file to be an object, found []."],
  ])("%j is refused by name", (value, sentence) => {
    expect(() => parseTrainingConfig(value)).toThrow(sentence);
  });
});
