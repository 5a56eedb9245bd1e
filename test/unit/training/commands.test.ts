import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode, encode } from "fast-png";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { evaluate } from "../../../src/cli/commands/evaluate.ts";
import { train } from "../../../src/cli/commands/train.ts";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { madeImage } from "./made-images.ts";

const CONFIG = {
  id: "made",
  sampling: { patch: 24, windows: [24, 40] },
  windows: { perImage: 60 },
  views: [{}],
  svm: { c: [1e-3] },
  folds: { count: 3 },
  threshold: { from: 0.1, to: 0.9, count: 9 },
  postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
  notes: ["Made for a test."],
};

let folder = "";
const at = (name: string) => join(folder, name);
const common = () => ["segmentation", "--images", at("images"), "--masks", at("masks"), "--positive", "5,5,5"];
const trainArgs = () => [
  ...common(),
  "--groups",
  "^(.*)-",
  "--mpp",
  "10",
  "--config",
  at("config.json"),
  "--out",
  at("pack"),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-train-"));
  await mkdir(at("images"));
  await mkdir(at("masks"));
  for (let index = 0; index < 6; index++) {
    const image = madeImage(index);
    const slide = await image.openSlide();
    const { width0: width, height0: height } = slide.info;
    const name = `${image.group}-${index}.png`.replace("block-", "block");
    await writeFile(at(`images/${name}`), png(await slide.readRegion({ x0: 0, y0: 0, width, height, level: 0 })));
    await writeFile(at(`masks/${name}`), png(await image.readMask()));
  }
  await writeFile(at("config.json"), JSON.stringify(CONFIG));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("train and evaluate segmentation", () => {
  test("a pack is trained from folders, then evaluated on them", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await train.run(trainArgs());
    expect((await readdir(at("pack"))).sort()).toEqual(["CARD.md", "backbone.onnx", "pack.json", "svm.bin"]);
    const card = await readFile(at("pack/CARD.md"), "utf8");
    expect(card).toContain("palisade train segmentation --images");
    expect(card).toContain("Made for a test.");
    expect(card).toContain("Research use only.");

    log.mockClear();
    await evaluate.run([...common(), "--pack", at("pack"), "--overlay", at("overlay"), "--json"]);
    const report: unknown = JSON.parse(String(log.mock.calls[0]?.[0]));
    expect(report).toMatchObject({
      threshold: expect.any(Number),
      meanFalsePositiveFraction: expect.any(Number),
      meanScore: expect.any(Number),
      pack: { id: "made" },
    });
    expect(report).toHaveProperty("images.length", 6);
    expect(report).toHaveProperty("meanScore", expect.closeTo(1, 0.5));
    expect(JSON.stringify(report)).toContain("taken at the pack's own of 10 µm");
    const overlay = decode(await readFile(at("overlay/block0-0.png")));
    expect([overlay.width, overlay.height]).toEqual([160, 160]);
    const purple = countPixels(overlay.data, (red, green, blue) => blue > green + 60 && red < 200 && blue < 200);
    expect(purple).toBeGreaterThan(1000);

    // Every image stands in the pack's record: without groups that is taken for what it is, and said.
    expect(report).toMatchObject({ isFitted: true, bootstrap: { by: "image", groups: 6 } });
    expect(JSON.stringify(report)).toContain("Fitted: the pack was trained on these images");
    expect(JSON.stringify(report)).toContain("Intervals are by image");
  });

  test("images of groups that the pack was trained on are refused, unless they are said to be the training images", async () => {
    const byGroup = [...common(), "--pack", at("pack"), "--groups", "^(.*)-"];
    await expect(evaluate.run(byGroup)).rejects.toThrow(
      "not trained on, found the groups block0, block1, block2 in its training record; take them out, or give --fitted",
    );
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await evaluate.run([...byGroup, "--fitted", "--report", at("report"), "--json"]);
    const printed = String(log.mock.calls[0]?.[0]);
    const report: unknown = JSON.parse(printed);
    const interval = { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number), leftOut: 0 };
    expect(report).toMatchObject({
      isFitted: true,
      bootstrap: { by: "group", groups: 3, resamples: 2000, seed: 1, level: 0.95 },
      figures: {
        score: interval,
        precision: interval,
        recall: interval,
        areaBias: {
          allImages: { percentOfTissue: { bias: interval, lowerLimit: interval, upperLimit: interval } },
        },
      },
      reliability: { calibrationRises: true, expectedCalibrationError: interval },
    });
    expect(report).toHaveProperty("reliability.bins.length", 10);
    expect(report).toHaveProperty("figures.byRegionSize.length", 4);
    expect(report).toHaveProperty("images[0].group", "block0");
    expect((await readdir(at("report"))).sort()).toEqual([
      "evaluation.json",
      "images.csv",
      "regions.csv",
      "reliability.svg",
    ]);
    expect(JSON.parse(await readFile(at("report/evaluation.json"), "utf8"))).toEqual(report);
    const rows = (await readFile(at("report/images.csv"), "utf8")).trim().split("\r\n");
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatch(/^image,group,has_class,score,precision,recall,found_percent_of_tissue/);

    log.mockClear();
    await evaluate.run([...byGroup, "--fitted"]);
    const lines = log.mock.calls.map(([line]) => String(line));
    expect(lines.join("\n")).toMatch(/mean S of \d images with the class: 0\.\d{3} \(0\.\d{3} to [01]\.\d{3}\)/);
    expect(lines).toContain("In brackets: 95 % intervals, 2000 resamples of 3 groups, seed 1.");
  });

  test("some images of the pack's own among others are refused, and those of other groups are evaluated", async () => {
    await mkdir(at("mixed/images"), { recursive: true });
    await mkdir(at("mixed/masks"), { recursive: true });
    for (const part of ["images", "masks"]) {
      await copyFile(at(`${part}/block0-0.png`), at(`mixed/${part}/block0-0.png`));
      await copyFile(at(`${part}/block1-2.png`), at(`mixed/${part}/elsewhere-1.png`));
    }
    const mixed = ["segmentation", "--images", at("mixed/images"), "--masks", at("mixed/masks")];
    const rest = ["--positive", "5,5,5", "--pack", at("pack"), "--json"];
    await expect(evaluate.run([...mixed, ...rest])).rejects.toThrow("found the images block0-0 in its training record");

    for (const part of ["images", "masks"]) await rm(at(`mixed/${part}/block0-0.png`));
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await evaluate.run([...mixed, ...rest, "--groups", "^(.*)-"]);
    const report: unknown = JSON.parse(String(log.mock.calls[0]?.[0]));
    // One group: figures without intervals.
    expect(report).toMatchObject({ isFitted: false, bootstrap: { groups: 1 }, figures: { score: { low: null } } });
  });

  test("several classes are trained from folders, then told apart, or scored one by one", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const classes = "Necrosis=5,5,5;Tumour=5,208,4;Background=255,255,255";
    const folders = ["segmentation", "--images", at("images"), "--masks", at("masks")];
    const settings = ["--groups", "^(.*)-", "--mpp", "10", "--config", at("config.json"), "--out", at("classes")];
    await train.run([...folders, "--classes", classes, ...settings]);
    expect(await readFile(at("classes/CARD.md"), "utf8")).toContain("### Confusion matrix");

    log.mockClear();
    await evaluate.run([...folders, "--pack", at("classes"), "--overlay", at("verdicts"), "--json"]);
    const report = JSON.parse(String(log.mock.calls[0]?.[0]));
    expect(report.accuracy).toBeGreaterThan(0.8);
    expect(report.confusion.classes).toEqual(["Necrosis", "Tumour", "Background"]);
    expect(report.confusion.areas0.flat().reduce((a: number, b: number) => a + b)).toBeCloseTo(6 * 160 * 160, 3);
    expect(report.classes[0]).toMatchObject({ name: "Necrosis", dice: expect.any(Number) });
    expect(report.intervals.byClass[0].dice).toMatchObject({ value: report.classes[0].dice, low: expect.any(Number) });
    expect((await readdir(at("verdicts"))).length).toBe(6);

    log.mockClear();
    await evaluate.run([...folders, "--pack", at("classes")]);
    expect(log.mock.calls.flat().join("\n")).toMatch(/Tumour: S 0\.\d+ \(0\.\d+ to 0\.\d+\), recall/);

    log.mockClear();
    await evaluate.run([...folders, "--pack", at("classes"), "--positive", "5,208,4", "--json"]);
    const tumour = JSON.parse(String(log.mock.calls[0]?.[0]));
    const packed = JSON.parse(await readFile(at("classes/pack.json"), "utf8"));
    expect(tumour.threshold).toBe(packed.classDetails[1].threshold);
    expect(tumour.meanScore).toBeGreaterThan(0.8);

    await expect(evaluate.run([...folders, "--pack", at("classes"), "--positive", "1,2,3"])).rejects.toThrow(
      "5,208,4 (Tumour)",
    );
    await expect(
      evaluate.run([...folders, "--pack", at("classes"), "--classes", "A=1,1,1;B=2,2,2;C=3,3,3"]),
    ).rejects.toThrow('none named "Necrosis"');
    await expect(train.run([...trainArgs(), "--classes", classes])).rejects.toThrow("found both");
  }, 120_000);

  test.each([
    [["detection"], 'Expected "train segmentation" or "train classification", found "train detection".'],
    [[], 'or "train classification", found "train".'],
    [["segmentation", "--images", "x"], "Expected --groups"],
  ])("train %j is refused with a sentence", async (args, sentence) => {
    await expect(train.run(args)).rejects.toThrow(sentence);
  });

  test("wrong values are named: colour, pixel size, expression, folders, unknown options", async () => {
    const changed = (name: string, value: string) => {
      const args = trainArgs();
      args[args.indexOf(name) + 1] = value;
      return train.run(args);
    };
    await expect(changed("--positive", "5,5")).rejects.toThrow('such as 5,5,5 (0 to 255 each), found "5,5"');
    await expect(train.run([...trainArgs(), "--haemorrhage", "red"])).rejects.toThrow(
      'Expected --haemorrhage to be a colour such as 5,5,5 (0 to 255 each), found "red"',
    );
    await expect(changed("--mpp", "0")).rejects.toThrow('micrometres per pixel such as 10, found "0"');
    await expect(changed("--groups", "(")).rejects.toThrow('regular expression, found "("');
    await expect(changed("--groups", "^none")).rejects.toThrow("to match every image, found none in block0-0");
    await expect(changed("--images", at("nowhere"))).rejects.toThrow("Expected a folder at");
    await expect(changed("--masks", at("pack-of-nothing"))).rejects.toThrow("Expected a folder at");
    await expect(train.run([...trainArgs(), "--speed", "9"])).rejects.toThrow("--speed");
    await expect(evaluate.run([...common(), "more", "--pack", "x"])).rejects.toThrow('found "more"');
  });
});

function png({ width, height, data }: RgbaImage): Uint8Array {
  return encode({ width, height, data, channels: 4, depth: 8 });
}

function countPixels(data: ArrayLike<number>, claim: (red: number, green: number, blue: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (claim(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0)) count++;
  }
  return count;
}
