import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { classify } from "../../../src/cli/commands/classify.ts";
import { evaluate } from "../../../src/cli/commands/evaluate.ts";
import { train } from "../../../src/cli/commands/train.ts";
import { openPack } from "../../../src/cli/pack-files.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";

const CONFIG = {
  task: "classification",
  id: "made",
  backbone: {
    path: fileURLToPath(new URL("../../../public/models/necrosis-lowpower/backbone.onnx", import.meta.url)),
    file: "backbone.onnx",
    cell: 8,
    halo: 33,
    channels: 384,
  },
  sampling: { mpp: 10, patch: 64, resizeTo: 64 },
  features: 20,
  views: [{}, { stain: { gain: [0.9, 1.1], offset: 0.02 }, turn: true }],
  svm: { c: [1e-3, 1e-2] },
  folds: { count: 3 },
  notes: ["Made for a test."],
};

const KINDS = ["smooth", "grainy", "striped"] as const;
type Kind = (typeof KINDS)[number];

let folder = "";
const at = (name: string) => join(folder, name);
const log = () => vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-classification-"));
  const lines: Record<"two" | "three" | "apart", string[]> = { two: [], three: [], apart: [] };
  for (let index = 0; index < 24; index++) {
    const kind = KINDS[index % 3]!;
    const name = `${kind}-${index}.png`;
    await writeFile(at(name), madePicture(kind, index));
    const line = `${name},${kind},patient ${Math.floor(index / 3)},10`;
    if (kind !== "striped") lines.two.push(line);
    lines.three.push(line);
    if (index < 18 || kind === "striped") continue;
    await writeFile(at(`other-${name}`), madePicture(kind, index + 24));
    lines.apart.push(`other-${name},${kind.toUpperCase()},other ${index},10`);
  }
  for (const [name, rows] of Object.entries(lines)) await writeTable(name, rows);
  await writeTable("two-turned", [...lines.two].reverse());
  await writeFile(at("config.json"), JSON.stringify(CONFIG));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

function writeTable(name: string, rows: readonly string[]): Promise<void> {
  return writeFile(at(`${name}.csv`), ["image,label,group,mpp", ...rows].join("\r\n"));
}

function trainArgs(table: string, out: string): string[] {
  return ["classification", "--table", at(`${table}.csv`), "--config", at("config.json"), "--out", at(out)];
}

describe("train, classify and evaluate classification", () => {
  test("a pack is trained from a table, then classifies and is evaluated on others", async () => {
    const printed = log();
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await train.run(trainArgs("two", "pack"));
    expect((await readdir(at("pack"))).sort()).toEqual(["CARD.md", "backbone.onnx", "pack.json", "svm.bin"]);
    const card = await readFile(at("pack/CARD.md"), "utf8");
    expect(card).toContain("palisade train classification --table");
    expect(card).toContain("Made for a test.");
    expect(card).toContain("Research use only.");
    const { pack } = await openPack(at("pack"));
    expect(pack).toMatchObject({
      task: "classification",
      classes: ["grainy", "smooth"],
      pooling: { kind: "p-norm", p: 3 },
      sampling: { mode: "patchwise", stride: 48 },
      training: { settings: { imageMpp: 10, patches: { laid: 144, kept: 144 } } },
    });
    expect(pack.selected).toHaveLength(20);
    const whole = { value: 1, low: 1, high: 1, leftOut: expect.any(Number) };
    expect(pack.training.figures).toMatchObject({ byFold: { auc: 1, intervals: { groups: 8, auc: whole } } });

    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await classify.run([at("smooth-0.png"), at("grainy-1.png"), "--pack", at("pack"), "--json"]);
    const results: unknown = JSON.parse(String(out.mock.calls[0]?.[0]));
    expect(results).toMatchObject([
      { predicted: "smooth", patches: { laid: 9, used: 9 }, notes: [expect.any(String), expect.any(String)] },
      { predicted: "grainy" },
    ]);
    const [first] = results as [
      { decision: number; supporting: { evidence: number }[]; opposing: { evidence: number }[] },
    ];
    const evidence = [...first.supporting, ...first.opposing].reduce((sum, patch) => sum + patch.evidence, 0);
    expect(evidence).toBeCloseTo(first.decision, 6);
    expect(JSON.stringify(results)).toContain("taken at 10 µm, that of the pack's training images");

    printed.mockClear();
    await evaluate.run(["classification", "--pack", at("pack"), "--table", at("apart.csv"), "--json"]);
    const report: unknown = JSON.parse(String(printed.mock.calls[0]?.[0]));
    expect(report).toMatchObject({
      accuracy: 1,
      balancedAccuracy: 1,
      auc: 1,
      confusion: { grainy: { grainy: 2, smooth: 0 }, smooth: { grainy: 0, smooth: 2 } },
      isFitted: false,
      bootstrap: { by: "group", groups: 4, resamples: 2000, seed: 1, level: 0.95 },
      figures: { accuracy: { value: 1, low: 1, high: 1, leftOut: 0 }, auc: { value: 1, low: 1, high: 1 } },
      reliability: { expectedCalibrationError: { value: expect.any(Number) } },
    });
    // One class alone in a resample of four has no AUC: 2 / 2^4 of them.
    expect(JSON.stringify(report)).toMatch(/auc: 2\d\d resamples of the groups do not define it/);
    expect(report).toHaveProperty("images.0", {
      name: "other-smooth-18.png",
      group: "other 18",
      label: "smooth",
      predicted: "smooth",
      decision: expect.any(Number),
      confidence: expect.any(Number),
    });
    await expect(
      evaluate.run(["classification", "--pack", at("pack"), "--table", at("two.csv"), "--json"]),
    ).rejects.toThrow(
      "found the groups patient 0, patient 1, patient 2, patient 3, patient 4 and 3 more in its training record",
    );
    await expect(evaluate.run(["classification", "--pack", at("pack"), "--table", at("three.csv")])).rejects.toThrow(
      'found "striped" for striped-2.png',
    );
  });

  test("the same table in another order gives the same bytes", async () => {
    log();
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await train.run(trainArgs("two-turned", "turned"));
    const ofTurned = await readFile(at("turned/svm.bin"));
    expect(Buffer.compare(ofTurned, await readFile(at("pack/svm.bin")))).toBe(0);
  });

  test("three classes are told apart, one against one", async () => {
    log();
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await train.run(trainArgs("three", "pack3"));
    const { pack } = await openPack(at("pack3"));
    expect(pack.svms.map(({ positive, negative }) => [positive, negative])).toEqual([
      ["smooth", "grainy"],
      ["striped", "grainy"],
      ["striped", "smooth"],
    ]);
    expect(pack.training.figures).toMatchObject({ byFold: { auc: null, accuracy: 1 } });
    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await classify.run([at("striped-5.png"), "--pack", at("pack3"), "--mpp", "10", "--json"]);
    expect(JSON.parse(String(out.mock.calls[0]?.[0]))).toMatchObject([{ predicted: "striped" }]);
  });

  test("what cannot be trained or classified is refused with a sentence", async () => {
    log();
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await writeTable("one-class", ["smooth-0.png,smooth,1,10", "smooth-3.png,smooth,2,10"]);
    await expect(train.run(trainArgs("one-class", "x"))).rejects.toThrow('two classes, found only "smooth"');
    await writeTable("few", ["smooth-0.png,smooth,1,10", "grainy-1.png,grainy,1,10", "smooth-3.png,smooth,2,10"]);
    await expect(train.run(trainArgs("few", "x"))).rejects.toThrow("in at least three groups");
    await expect(train.run(["classification", "--out", at("x")])).rejects.toThrow("Expected --table");
    await expect(classify.run(["--pack", "necrosis-lowpower"])).rejects.toThrow("at least one slide");
    await expect(classify.run([at("smooth-0.png"), "--pack", "necrosis-lowpower"])).rejects.toThrow(
      "Expected a pack that classifies slides",
    );
    await writeFile(
      at("white.png"),
      encode({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(230), channels: 3, depth: 8 }),
    );
    const errors = vi.spyOn(console, "error").mockImplementation(() => {});
    await classify.run([at("white.png"), "--pack", at("pack"), "--mpp", "10"]);
    expect(process.exitCode).toBe(1);
    expect(String(errors.mock.calls[0]?.[0])).toContain("found only almost white patches (every channel above 200)");
  });
});

/** 160 x 160 pixels of one texture in a colour that says nothing. */
function madePicture(kind: Kind, seed: number): Uint8Array {
  const side = 160;
  const random = seededRandom(seed + 1);
  const tint = 20 * random();
  const data = new Uint8Array(side * side * 3);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const x = pixel % side;
    const noise = random() - 0.5;
    const value = kind === "smooth" ? 6 * noise : kind === "grainy" ? 120 * noise : x % 16 < 8 ? 40 : -40;
    data.set([170 + value + tint, 110 + value, 160 + value], pixel * 3);
  }
  return encode({ width: side, height: side, data, channels: 3, depth: 8 });
}
