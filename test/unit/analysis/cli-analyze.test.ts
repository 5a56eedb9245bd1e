import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { analyze } from "../../../src/cli/commands/analyze.ts";
import { parseGeoJson } from "../../../src/engine/annotations/parse-geojson.ts";
import { centroidOf } from "../../../src/engine/annotations/rings.ts";
import { RESEARCH_USE_NOTICE } from "../../../src/engine/base/research-use.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { selfTestDecisions } from "../../../src/engine/features/self-test.ts";
import { packToZip } from "../../../src/engine/modelpack/zip.ts";
import { classPack } from "./class-pack.ts";
import { darknessPack } from "./darkness-pack.ts";
import { type SquareSlide, squareSlideTiff } from "./square-slide.ts";

const SPEC: SquareSlide = {
  width0: 900,
  height0: 700,
  mppX: 1,
  mppY: 1,
  downsamples: [4],
  margin0: 40,
  square: { x0: 300, y0: 200, width0: 208, height0: 160 },
};

let folder: string;
let pack: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-analyze-"));
  pack = join(folder, "darkness.zip");
  await writeFile(pack, await packToZip(await testedPack()));
  await mkdir(join(folder, "first"));
  await mkdir(join(folder, "sécond x"));
  await writeFile(join(folder, "first", "case 1 é.tif"), squareSlideTiff(SPEC));
  const small = { ...SPEC, square: { x0: 600, y0: 400, width0: 96, height0: 96 } };
  await writeFile(join(folder, "sécond x", "case 1 é.tif"), squareSlideTiff(small));
  await writeFile(join(folder, "text.svs"), "this is no slide, only some text that goes on for a while");
});

afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** The darkness pack with a known answer, as a written pack must have. */
async function testedPack() {
  const loaded = darknessPack();
  const question = { seed: 4, width: 32, height: 24 };
  const decisions = await selfTestDecisions(await nodeBackend(), loaded, question);
  const selfTest = { cases: [{ ...question, decisions }], tolerance: 1e-3 };
  return { ...loaded, pack: { ...loaded.pack, selfTest } };
}

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | string | null | undefined;
}

async function run(args: readonly string[]): Promise<Printed> {
  let stdout = "";
  let stderr = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    stdout += chunk;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    stderr += chunk;
    return true;
  });
  vi.spyOn(console, "error").mockImplementation((line) => {
    stderr += `${line}\n`;
  });
  await analyze.run([...args]);
  return { stdout, stderr, exitCode: process.exitCode };
}

const first = () => join(folder, "first", "case 1 é.tif");
const second = () => join(folder, "sécond x", "case 1 é.tif");

describe("palisade analyze", () => {
  it("writes the five files of a slide whose name has spaces and accents", async () => {
    const out = join(folder, "out 1");
    await run([first(), "--pack", pack, "--out", out]);
    expect((await readdir(out)).toSorted()).toEqual([
      "case 1 é.confidence.tif",
      "case 1 é.geojson",
      "case 1 é.overlay.png",
      "case 1 é.palisade",
      "case 1 é.summary.json",
    ]);
    const summary = JSON.parse(await readFile(join(out, "case 1 é.summary.json"), "utf8"));
    expect(summary).toMatchObject({
      notice: RESEARCH_USE_NOTICE,
      slide: { name: "case 1 é.tif", width0: 900, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      assumed: false,
      pack: { id: "darkness" },
      backend: { name: "native" },
      threshold: 0.5,
      stride: 8,
      mode: "dense",
      colour: "stored",
      regionCount: 1,
    });
    // The square of 208 x 160 pixels of 1 µm, blurred by patches of 64 µm.
    expect(summary.necrosisMm2).toBeGreaterThan(0.025);
    expect(summary.necrosisMm2).toBeLessThan(0.045);
    expect(summary.measures).toMatchObject({ threshold: 0.5, focusCount: 1, necrosisMm2: summary.necrosisMm2 });
    expect(summary.measures.necrosisMm2Range).toHaveLength(2);
    expect(summary.necrosisPercent).toBeCloseTo((100 * summary.necrosisMm2) / summary.tissueMm2, 6);
  });

  it("writes outlines that lie where the square lies, and a map that says its scale", async () => {
    const out = join(folder, "out 2");
    await run([first(), "--pack", pack, "--out", out]);
    const shapes = parseGeoJson(await readFile(join(out, "case 1 é.geojson"), "utf8"));
    expect(shapes.map((shape) => shape.classification)).toEqual(["Necrosis"]);
    const [x0, y0] = centroidOf(shapes[0]!.polygons[0]!);
    const stride0 = 32;
    expect(Math.abs(x0 - 404)).toBeLessThan(stride0 / 2);
    expect(Math.abs(y0 - 280)).toBeLessThan(stride0 / 2);
    expect(await readFile(join(out, "case 1 é.confidence.tif"), "latin1")).toContain('"scale0X":32');
  });

  it("prints the summaries and nothing else with --json", async () => {
    const out = join(folder, "out 3");
    const { stdout } = await run([first(), second(), "--pack", pack, "--out", out, "--json"]);
    const summaries = JSON.parse(stdout);
    expect(summaries).toHaveLength(2);
    expect(summaries[0].necrosisMm2).toBeGreaterThan(summaries[1].necrosisMm2);
  });

  it("keeps the files of two slides of one name apart, in one run and over several", async () => {
    const out = join(folder, "out 4");
    await run([first(), second(), "--pack", pack, "--out", out]);
    const names = (await readdir(out)).filter((name) => name.endsWith(".summary.json"));
    expect(names.toSorted()).toEqual(["case 1 é-2.summary.json", "case 1 é.summary.json"]);
    await run([second(), "--pack", pack, "--out", out]);
    await run([first(), "--pack", pack, "--out", out]);
    expect(await readdir(out)).toHaveLength(10);
    const summary = JSON.parse(await readFile(join(out, "case 1 é-2.summary.json"), "utf8"));
    expect(summary.slide.path).toBe(second());
  });

  it("goes on after a slide that fails, says why in one line each and exits with 1", async () => {
    const out = join(folder, "out 5");
    const missing = join(folder, "missing.svs");
    const printed = await run([join(folder, "text.svs"), first(), missing, "--pack", pack, "--out", out, "--json"]);
    expect(JSON.parse(printed.stdout)).toHaveLength(1);
    expect(printed.exitCode).toBe(1);
    const lines = printed.stderr.split("\n").filter((line) => line.startsWith("palisade: "));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("text.svs: Expected");
    expect(lines[1]).toContain("missing.svs: Expected");
  });

  it("marks a pixel size that was given by hand, takes the threshold and the stride it is told", async () => {
    const out = join(folder, "out 6");
    const { stdout } = await run([
      first(),
      "--pack",
      pack,
      "--out",
      out,
      "--mpp",
      "2",
      "--threshold",
      "0.9",
      "--stride",
      "4",
      "--json",
    ]);
    const [summary] = JSON.parse(stdout);
    expect(summary).toMatchObject({ assumed: true, mppX: 2, threshold: 0.9, stride: 4 });
    expect(summary.notes.join(" ")).toContain("assumed");
  });

  it("refuses what it cannot do with a sentence", async () => {
    const out = join(folder, "out 7");
    await expect(run(["--pack", pack, "--out", out])).rejects.toMatchObject({ code: "cli/usage" });
    await expect(run([first(), "--pack", pack])).rejects.toMatchObject({ code: "cli/usage" });
    await expect(run([first(), "--pack", pack, "--out", out, "--mode", "fast"])).rejects.toMatchObject({
      code: "cli/usage",
    });
    await expect(run([first(), "--pack", pack, "--out", out, "--threshold", "2"])).rejects.toMatchObject({
      code: "cli/usage",
    });
    await expect(run([first(), "--pack", join(folder, "no-pack"), "--out", out])).rejects.toMatchObject({
      code: "cli/usage",
    });
    await expect(run([first(), "--pack", pack, "--out", join(first(), "below a file")])).rejects.toMatchObject({
      code: "cli/io",
    });
    const { stderr, exitCode } = await run([first(), "--pack", pack, "--out", out, "--mode", "patchwise"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("patch by patch");
  });
});

describe("palisade analyze with a pack of several classes", () => {
  async function classPackZip(): Promise<string> {
    const loaded = classPack();
    const question = { seed: 4, width: 32, height: 24 };
    const decisions = await selfTestDecisions(await nodeBackend(), loaded, question);
    const selfTest = { cases: [{ ...question, decisions }], tolerance: 1e-3 };
    const path = join(folder, "three.zip");
    await writeFile(path, await packToZip({ ...loaded, pack: { ...loaded.pack, selfTest } }));
    return path;
  }

  it("writes the area of each class, outlines in their colours and a picture", async () => {
    const out = join(folder, "out classes");
    const { stderr } = await run([first(), "--pack", await classPackZip(), "--out", out]);
    expect(stderr).toMatch(/Pale tissue [\d.]+ %, Glass [\d.]+ %, Dark [\d.]+ %/);
    const summary = JSON.parse(await readFile(join(out, "case 1 é.summary.json"), "utf8"));
    expect(summary).toMatchObject({ threshold: null, pack: { id: "three" } });
    expect(summary).not.toHaveProperty("necrosisMm2");
    expect(summary.classes.map(({ name }: { name: string }) => name)).toEqual(["Dark", "Pale tissue", "Glass"]);
    expect(summary.classes[0]).toMatchObject({ colour: "#000000", regionCount: 1 });
    // The square of 208 x 160 pixels of 1 µm, at its edges mixed with pale tissue by patches of 64 µm.
    expect(summary.classes[0].mm2).toBeGreaterThan(0.01);
    expect(summary.classes[0].mm2).toBeLessThan(0.034);
    expect(summary.classes.reduce((sum: number, { percent }: { percent: number }) => sum + percent, 0)).toBeCloseTo(
      100,
      6,
    );
    const text = await readFile(join(out, "case 1 é.geojson"), "utf8");
    expect(new Set(parseGeoJson(text).map(({ classification }) => classification))).toEqual(
      new Set(["Dark", "Pale tissue"]),
    );
    expect(text).toContain('"classification":{"name":"Pale tissue","color":[0,158,115]}');
    expect(await readFile(join(out, "case 1 é.confidence.tif"), "latin1")).toContain('"class":"Glass"');
  });

  it("writes the map of one class at its threshold when it is named", async () => {
    const out = join(folder, "out class");
    await run([first(), "--pack", await classPackZip(), "--out", out, "--class", "dark"]);
    const summary = JSON.parse(await readFile(join(out, "case 1 é.summary.json"), "utf8"));
    expect(summary).toMatchObject({ threshold: 0.5, class: "Dark", regionCount: 1 });
    expect(summary.classMm2).toBeGreaterThan(0.01);
    const shapes = parseGeoJson(await readFile(join(out, "case 1 é.geojson"), "utf8"));
    expect(shapes.map(({ classification }) => classification)).toEqual(["Dark"]);
  });

  it("names classes and options that do not go together", async () => {
    const three = await classPackZip();
    const out = ["--out", join(folder, "none")];
    await expect(run([first(), "--pack", three, ...out, "--class", "Red"])).rejects.toThrow(
      'Expected one of Dark, Pale tissue, Glass for --class, found "Red"',
    );
    await expect(run([first(), "--pack", pack, ...out, "--class", "Dark"])).rejects.toThrow(
      "a pack of several classes",
    );
    await expect(run([first(), "--pack", three, ...out, "--threshold", "0.4"])).rejects.toThrow(
      "Expected --class NAME",
    );
  });
});
