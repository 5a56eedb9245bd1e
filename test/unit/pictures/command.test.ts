import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { figure } from "../../../src/cli/commands/figure.ts";
import { encodePng } from "../../../src/cli/write-output.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { selfTestDecisions } from "../../../src/engine/features/self-test.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { picture } from "../tissue/picture-slide.ts";
import { colouredSection, colourPack } from "./made-scenes.ts";

let folder = "";
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  folder = await mkdtemp(join(tmpdir(), "palisade-figure-"));
  for (const name of ["images", "masks", "left", "all", "pack"]) await mkdir(at(name));
  const square = (x: number, y: number) => x >= 64 && x < 112 && y >= 80 && y < 128;
  for (const [index, strength] of [95, 103, 112].entries()) {
    await writeFile(at(`images/s${index}.png`), encodePng(colouredSection(strength)));
    const mask = picture(320, 256, (x, y) => (square(x, y) ? [5, 5, 5] : [5, 208, 4]));
    await writeFile(at(`masks/s${index}.png`), encodePng(mask));
    const left = picture(320, 256, (x, y) => (square(x, y) && x < 88 ? [255, 255, 255] : [0, 0, 0]));
    await writeFile(at(`left/s${index}.png`), encodePng(left));
    await writeFile(at(`all/s${index}.png`), encodePng(picture(80, 64, () => [255, 255, 255])));
  }
  const loaded = colourPack();
  const question = { seed: 1, width: 64, height: 48 };
  const decisions = await selfTestDecisions(await nodeBackend({ threads: 1 }), loaded, question);
  const pack = { ...loaded.pack, selfTest: { cases: [{ ...question, decisions }], tolerance: 1e-3 } };
  for (const [name, bytes] of await writePack(pack, loaded.backboneBytes)) await writeFile(at(`pack/${name}`), bytes);
});

afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const images = () => [0, 1, 2].map((index) => at(`images/s${index}.png`));
const overlay = () => ["overlay", "--images", at("images"), "--masks", at("masks"), "--positive", "5,5,5"];

describe("palisade figure neurons", () => {
  it("draws the patches of all images as a PNG, the reddest first", async () => {
    const size = ["--rows", "2", "--columns", "3", "--per-image", "1", "--side", "16"];
    await figure.run(["neurons", ...images(), "--pack", at("pack"), "--out", at("n.png"), ...size]);
    const { width, height, data, channels } = decode(await readFile(at("n.png")));
    const reds: number[] = [];
    for (let i = 0; i < width * height; i++) {
      const [red = 0, green, blue] = data.subarray(i * channels, i * channels + 3);
      if (green === 60 && blue === 140 && red > 150 && !reds.includes(red)) reds.push(red);
    }
    expect(reds).toEqual([252, 243, 235]);
  });

  it("writes an SVG by the ending, with words and pictures", async () => {
    await figure.run([
      "neurons",
      ...images(),
      "--pack",
      at("pack"),
      "--out",
      at("n.svg"),
      "--rows",
      "1",
      "--columns",
      "2",
    ]);
    const svg = await readFile(at("n.svg"), "utf8");
    expect(svg.match(/<image /g)).toHaveLength(2);
    expect(svg).toContain("necrosis +2.0");
  });

  it("refuses what it cannot do in a sentence before it begins", async () => {
    const run = (...args: string[]) => figure.run(["neurons", ...args]);
    await expect(run("--pack", at("pack"), "--out", at("n.png"))).rejects.toThrow("at least one image, found none");
    await expect(run(at("x.png"), "--pack", at("pack"), "--out", at("n.pdf"))).rejects.toThrow("end in .png or .svg");
    await expect(figure.run(["pie"])).rejects.toThrow('Expected "figure neurons" or "figure overlay"');
  });
});

describe("palisade figure overlay", () => {
  it("draws truth and methods in the paper's colours, with their scores", async () => {
    const methods = ["--methods", `Left=${at("left")}`, `All=${at("all")}`];
    await figure.run([...overlay(), ...methods, "--out", at("o.svg"), "--names", "s2,s0", "--side", "64"]);
    const svg = await readFile(at("o.svg"), "utf8");
    expect(svg.match(/<image /g)).toHaveLength(8);
    for (const words of ["original", "truth", "Left", "All", "S 0.67", "S 0.05"])
      expect(svg).toContain(`>${words}</text>`);
    expect(svg.indexOf(">s2<")).toBeLessThan(svg.indexOf(">s0<"));
    await figure.run([...overlay(), ...methods, "--out", at("o.png")]);
    expect(decode(await readFile(at("o.png"))).width).toBeGreaterThan(4 * 240);
  });

  it("names what is missing", async () => {
    const run = (...args: string[]) => figure.run([...overlay(), "--out", at("o.png"), ...args]);
    await expect(run()).rejects.toThrow("--methods");
    await expect(run("--methods", "left")).rejects.toThrow('NAME=DIR, such as SVM-CNN=out/svm-cnn, found "left"');
    await expect(run("--methods", `A=${at("left")}`, "--names", "s9")).rejects.toThrow(/s0, s1, s2, found "s9"/);
    await expect(run("--methods", `A=${at("nowhere")}`)).rejects.toThrow("s0.png");
  });
});
