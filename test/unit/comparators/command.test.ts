import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { compare } from "../../../src/cli/commands/compare.ts";
import { encodePng } from "../../../src/cli/write-output.ts";
import { madeImage } from "../training/made-images.ts";

let folder = "";
const at = (name: string) => join(folder, name);

/** Six sections in three groups, also listed as a table with a class for each. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-compare-"));
  await mkdir(at("images"));
  await mkdir(at("masks"));
  const lines = ["image,label,group,mpp"];
  for (let index = 0; index < 6; index++) {
    const image = madeImage(index);
    const slide = await image.openSlide();
    const { width0: width, height0: height } = slide.info;
    const shown = await slide.readRegion({ x0: 0, y0: 0, width, height, level: 0 });
    await writeFile(at(`images/${image.name}.png`), encodePng(shown));
    await writeFile(at(`masks/${image.name}.png`), encodePng(await image.readMask()));
    lines.push(`images/${image.name}.png,${index % 2 === 0 ? "a" : "b"},${image.group},10`);
  }
  await writeFile(at("table.csv"), lines.join("\n"));
  const segmentation = {
    sampling: { patch: 32, windows: [32] },
    folds: { count: 3 },
    postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
  };
  await writeFile(at("segmentation.json"), JSON.stringify(segmentation));
  const classification = {
    task: "classification",
    sampling: { mpp: 10, patch: 64, resizeTo: 32 },
    features: 20,
    folds: { count: 3 },
    svm: { c: [1e-3] },
  };
  await writeFile(at("classification.json"), JSON.stringify(classification));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function printed(args: string[]): Promise<unknown> {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await compare.run([...args, "--json"]);
  return JSON.parse(String(log.mock.calls[0]?.[0]));
}

const segmentationArgs = () => [
  ...["segmentation", "--images", at("images"), "--masks", at("masks"), "--positive", "5,5,5"],
  ...["--groups", "(?:0|1|2|3|4|5)$", "--mpp", "10", "--config", at("segmentation.json"), "--out", at("out")],
];

test("compare segmentation writes a mask of each image and method, a table and a report", async () => {
  const report = await printed([...segmentationArgs(), "--methods", "graphrlm"]);
  expect(report).toMatchObject({
    methods: [{ method: "graphrlm", chosen: [{}, {}, {}], intervals: { groups: 6 } }],
    appVersion: expect.any(String),
  });
  expect(JSON.parse(await readFile(at("out/compare.json"), "utf8"))).toEqual(report);
  const names = Array.from({ length: 6 }, (_, index) => `made-${index}`);
  expect((await readdir(at("out/graphrlm"))).sort()).toEqual(names.map((name) => `${name}.png`));
  const mask = decode(await readFile(at("out/graphrlm/made-1.png")));
  expect([mask.width, mask.height]).toEqual([160, 160]);
  expect([...new Set(mask.data)].every((value) => value === 0 || value === 255)).toBe(true);
  const [head, ...rows] = (await readFile(at("out/scores.csv"), "utf8")).trim().split("\n");
  expect(head).toBe("image,group,fold,truth_fraction,graphrlm_score,graphrlm_fraction");
  expect(rows.map((row) => row.split(",")[0])).toEqual(names);
});

test("compare classification writes what each method says of each image", async () => {
  const args = ["classification", "--table", at("table.csv"), "--config", at("classification.json")];
  const report = await printed([...args, "--methods", "image-level", "--out", at("classes")]);
  expect(report).toMatchObject({ classes: ["a", "b"], methods: [{ method: "image-level", folds: 3 }] });
  const [head, ...rows] = (await readFile(at("classes/decisions.csv"), "utf8")).trim().split("\n");
  expect(head).toBe("image,group,fold,label,image-level_predicted,image-level_decision");
  expect(rows).toHaveLength(6);
});

test("another task and an unknown method are refused with a sentence", async () => {
  await expect(compare.run(["detection"])).rejects.toThrow('found "compare detection"');
  await expect(compare.run([...segmentationArgs(), "--methods", "unet"])).rejects.toThrow('found "unet"');
});
