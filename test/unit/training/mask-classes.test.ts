import { describe, expect, test } from "vitest";
import { readMaskClasses } from "../../../src/cli/mask-classes.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { NO_CLASS } from "../../../src/engine/heatmap/class-labels.ts";
import { planLattice } from "../../../src/engine/patches/lattice.ts";
import { cellClassAreas, patchClasses, readClassTruth } from "../../../src/engine/training/class-truth.ts";
import { parseMaskClasses } from "../../../src/engine/training/mask-classes.ts";
import { sampleClasses } from "../../../src/engine/training/sample-classes.ts";
import { DENSE_SAMPLING, LOW_POWER_BACKBONE } from "../../support/small-packs.ts";
import { picture } from "../tissue/picture-slide.ts";

const FILE = {
  format: "palisade-classes",
  version: 1,
  classes: [
    { name: "Necrosis", mask: [5, 5, 5], colour: "#0072b2" },
    { name: "Tumour", mask: [5, 208, 4] },
    { name: "Background", mask: [255, 255, 255] },
  ],
};

describe("the classes of a training", () => {
  test("come from a file; colours that it leaves out are given, and none twice", () => {
    const [necrosis, tumour, background] = parseMaskClasses(FILE);
    expect(necrosis).toEqual({ name: "Necrosis", maskColour: [5, 5, 5], colour: "#0072b2" });
    expect(tumour?.colour).toBe("#000000");
    expect(background?.colour).toBe("#ffffff");
  });

  test("come as words, too", async () => {
    const classes = await readMaskClasses("Necrosis=5,5,5; Tumour=5,208,4;Background=255,255,255");
    expect(classes.map(({ name, maskColour }) => [name, maskColour.join()])).toEqual([
      ["Necrosis", "5,5,5"],
      ["Tumour", "5,208,4"],
      ["Background", "255,255,255"],
    ]);
  });

  test.each([
    [{ ...FILE, classes: FILE.classes.slice(0, 2) }, "3 to 9 classes"],
    [{ ...FILE, classes: [...FILE.classes, { name: "Tumour", mask: [1, 2, 3] }] }, "found Tumour twice"],
    [{ ...FILE, classes: [...FILE.classes, { name: "More", mask: [5, 5, 5] }] }, "found 5,5,5 twice"],
    [{ ...FILE, classes: [...FILE.classes, { name: "", mask: [1, 2, 3] }] }, "a name for each class"],
    [{ ...FILE, classes: [...FILE.classes, { name: "More", mask: [1, 2] }] }, "a list of 3 numbers"],
    [{ ...FILE, classes: [...FILE.classes, { name: "More", mask: [1, 2, 3], colour: "red" }] }, "such as #0072b2"],
    [{ ...FILE, colours: 1 }, "unknown field classes.colours"],
  ])("%# are refused with a sentence", (file, sentence) => {
    expect(() => parseMaskClasses(file)).toThrow(sentence);
  });

  test("that cannot be read are named", async () => {
    await expect(readMaskClasses("nowhere.json")).rejects.toThrow("Expected a file of classes at nowhere.json");
    await expect(readMaskClasses("A=1,2;B=3,4,5")).rejects.toThrow(
      '--classes to be a colour such as 5,5,5 (0 to 255 each), found "1,2"',
    );
  });
});

describe("a mask of several colours", () => {
  const classes = parseMaskClasses(FILE);
  // Left 100 columns tumour, then 50 necrosis, 30 of a colour that is no class, the rest white.
  const mask = picture(240, 160, (x) =>
    x < 100 ? [5, 208, 4] : x < 150 ? [5, 5, 5] : x < 180 ? [1, 1, 1] : [255, 255, 255],
  );
  const truth = readClassTruth(mask, classes, 240, 160);
  const lattice = planLattice({
    width0: 240,
    height0: 160,
    pixelSize: { mppX: 10, mppY: 10 },
    pack: { backbone: LOW_POWER_BACKBONE, sampling: DENSE_SAMPLING },
  });

  test("gives the area of each class anywhere", () => {
    expect([...truth.areas0]).toEqual([50 * 160, 100 * 160, 60 * 160]);
    const areas = new Float64Array(3);
    truth.areasWithin(90, 10, 110.5, 20, areas);
    expect([...areas]).toEqual([105, 100, 0]);
    expect(truth.classAt(160, 0)).toBe(NO_CLASS);
    const cells = cellClassAreas(truth, lattice);
    expect(cells.reduce((sum, area) => sum + area, 0)).toBe(210 * 160);
  });

  test("makes a patch the class that holds more than half of it, and none between classes", () => {
    const labels = patchClasses(truth, lattice, 0.5);
    // Patches of 48 pixels every 8: the one at 72 is 28 to 20 tumour, the one at 80 20 to 28 necrosis, the one at 152 has none.
    expect([labels[9], labels[10], labels[19]]).toEqual([1, 0, NO_CLASS]);
    // At exactly half there is no majority: 76 is between positions, so ask for more instead.
    expect(patchClasses(truth, lattice, 0.6)[9]).toBe(NO_CLASS);
  });

  test("of which nothing is a class is refused", () => {
    const other = picture(8, 8, () => [1, 2, 3]);
    expect(() => readClassTruth(other, classes, 8, 8)).toThrow("found none of them");
  });
});

describe("drawing windows of classes", () => {
  const labels = Uint8Array.from({ length: 200 }, (_, at) => (at < 150 ? 0 : at < 160 ? 1 : NO_CLASS));

  test("takes as many of each class as there are, up to the limit, and says what each stands for", () => {
    const draw = sampleClasses(labels, 3, 30, seededRandom(1));
    expect(draw.positions).toHaveLength(40);
    expect([...draw.positions]).toEqual([...draw.positions].sort((a, b) => a - b));
    draw.positions.forEach((at, k) => {
      expect(draw.labels[k]).toBe(labels[at]);
      expect(draw.stands[k]).toBe(draw.labels[k] === 0 ? 5 : 1);
    });
    expect(new Set(draw.positions).size).toBe(40);
  });

  test("depends on the seed alone", () => {
    expect(sampleClasses(labels, 3, 30, seededRandom(1))).toEqual(sampleClasses(labels, 3, 30, seededRandom(1)));
    expect(sampleClasses(labels, 3, 30, seededRandom(2))).not.toEqual(sampleClasses(labels, 3, 30, seededRandom(1)));
  });
});
