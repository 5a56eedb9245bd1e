import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { numberOption } from "../../../src/cli/args.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { patternAt } from "./made-slides.ts";

const SLIDE = fileURLToPath(new URL("../../fixtures/slides/made/aperio-like.svs", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../../../src/cli/palisade.mjs", import.meta.url));

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function palisade(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-test-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("palisade info", () => {
  test("--json prints what is known of the slide and nothing else", async () => {
    const { status, stdout, stderr } = await palisade("info", SLIDE, "--json");
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "aperio-like.svs",
      format: "Aperio SVS",
      width0: 70,
      height0: 50,
      pixelSize: { mppX: 0.499, mppY: 0.499, origin: "file" },
      objectivePower: 20,
      compression: "deflate",
    });
  });

  test("--json says all that the details panel of the page says", async () => {
    const { stdout } = await palisade("info", SLIDE, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      byteSize: expect.any(Number),
      levels: [{ width: 70, height: 50, downsampleX: 1, downsampleY: 1, tileWidth: expect.any(Number) }, {}],
      associatedImages: expect.any(Array),
      focalPlanes: [],
      focalPlane: 0,
      channels: [],
      hasColourProfile: false,
      colour: "stored",
      properties: { "aperio.AppMag": "20" },
      privacyNotes: [],
    });
  });

  test("names fields that may tell who a patient is: in JSON, and for a person on standard error", async () => {
    const path = join(folder, "named.tif");
    const pixels = { kind: "grey8", data: new Uint8Array(64) } as const;
    await writeFile(path, writeTiff([{ width: 8, height: 8, pixels, description: "Patient: Jane Miller" }]));
    const json = JSON.parse((await palisade("info", path, "--json")).stdout);
    expect(json.privacyNotes).toEqual([
      { property: "tiff.ImageDescription", field: "tiff.ImageDescription, Patient", why: "a name" },
    ]);
    const { stderr } = await palisade("info", path);
    expect(stderr).toBe("palisade: tiff.ImageDescription, Patient may hold a name; take care where this goes.\n");
  });

  test("tells a person the size, the levels and the pixel size", async () => {
    const { stdout } = await palisade("info", SLIDE);
    expect(stdout).toContain("size: 70 x 50 pixels");
    expect(stdout).toContain("pixel size: 0.499 x 0.499 µm");
    expect(stdout).toContain("level 1: 35 x 25, downsample 2.0000 x 2.0000");
  });

  test.each([
    ["info without a slide", ["info"], "Expected one slide, found 0"],
    ["an unknown option", ["info", SLIDE, "--colour"], "Unknown option '--colour'"],
    ["a missing file", ["info", "no-such-file.svs"], "there is no such file"],
    ["a name of two lines", ["info", "no such\nfile.svs"], "Expected a slide at no such file.svs"],
    ["a file that is no slide", ["info", PROGRAM], "found a text file"],
    ["a missing option", ["region", SLIDE, "--x", "0"], "Expected --y, found none"],
    ["a word in place of a number", ["region", SLIDE, "--x", "east"], 'Expected a number after --x, found "east"'],
  ])("fails with one line for %s", async (_title, args, sentence) => {
    const { status, stdout, stderr } = await palisade(...args);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("palisade region", () => {
  test("writes the pixels of a level, white outside of the slide", async () => {
    const out = join(folder, "region.png");
    const at = ["--x", "60", "--y", "40", "--width", "8", "--height", "8", "--level", "1"];
    const { status, stderr } = await palisade("region", SLIDE, ...at, "--out", out);
    expect([status, stderr]).toEqual([0, ""]);
    const png = decode(await readFile(out));
    expect([png.width, png.height, png.channels]).toEqual([8, 8, 3]);
    expect([...png.data.slice(0, 3)]).toEqual(patternAt(60, 40));
    expect([...png.data.slice(-3)]).toEqual([255, 255, 255]);
  });

  test("takes a negative position", async () => {
    const out = join(folder, "outside.png");
    const at = ["--x", "-4", "--y", "-4", "--width", "4", "--height", "4"];
    expect(await palisade("region", SLIDE, ...at, "--out", out)).toMatchObject({ status: 0 });
    expect(decode(await readFile(out)).data.every((value) => value === 255)).toBe(true);
  });

  test("says when the picture cannot be written", async () => {
    const at = ["--x", "0", "--y", "0", "--width", "8", "--height", "8"];
    const { status, stderr } = await palisade("region", SLIDE, ...at, "--out", join(folder, "none", "a.png"));
    expect(status).toBe(1);
    expect(stderr).toContain("it cannot be written");
  });
});

describe("a number on the command line", () => {
  test("is checked against its limits", () => {
    expect(numberOption("0.25", "mpp", { min: 0.01 })).toBe(0.25);
    expect(numberOption(undefined, "mpp")).toBeUndefined();
    expect(() => numberOption("0", "mpp", { min: 0.01 })).toThrow(
      'Expected a number from 0.01 up after --mpp, found "0".',
    );
    expect(() => numberOption("1.5", "level", { isWhole: true })).toThrow("Expected a whole number");
    expect(() => numberOption("", "level")).toThrow("Expected a number");
  });
});

describe("palisade evaluate", () => {
  test("names the image that cannot be opened", async () => {
    await mkdir(join(folder, "images"));
    await writeFile(join(folder, "images", "broken.png"), "no picture");
    const folders = ["--images", join(folder, "images"), "--masks", join(folder, "images")];
    const rest = ["--pack", "necrosis-lowpower", "--positive", "5,5,5", "--json"];
    const { status, stdout, stderr } = await palisade("evaluate", "segmentation", ...folders, ...rest);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^palisade: .*broken\.png: Expected .*found a text file.*\n$/);
  });
});
