import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { analyze } from "../../../src/cli/commands/analyze.ts";
import { classify } from "../../../src/cli/commands/classify.ts";
import { verify } from "../../../src/cli/commands/verify.ts";
import { RESEARCH_USE_NOTICE } from "../../../src/engine/base/research-use.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { selfTestDecisions } from "../../../src/engine/features/self-test.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { packToZip } from "../../../src/engine/modelpack/zip.ts";
import { parseResultFile } from "../../../src/engine/resultfile/parse.ts";
import { writeResultFile } from "../../../src/engine/resultfile/write.ts";
import { darknessPack } from "../analysis/darkness-pack.ts";
import { squareSlideTiff } from "../analysis/square-slide.ts";
import { darkClassifier } from "../classification/dark-classifier.ts";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-verify-"));
  const spec = { width0: 900, height0: 700, mppX: 1, mppY: 1, downsamples: [4], margin0: 40 };
  const square = { x0: 300, y0: 200, width0: 208, height0: 160 };
  await writeFile(at("case 1.tif"), squareSlideTiff({ ...spec, square }));
  await writeFile(at("case 2.tif"), squareSlideTiff({ ...spec, square: { ...square, x0: 500 } }));
  await writeFile(at("pack.zip"), await packToZip(await tested(darknessPack())));
  const loaded = darknessPack();
  const renamed = { ...loaded, pack: { ...loaded.pack, description: "The same model, written again." } };
  await writeFile(at("other.zip"), await packToZip(await tested(renamed)));
  await run(analyze, [at("case 1.tif"), "--pack", at("pack.zip"), "--out", folder]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function tested(loaded: LoadedPack): Promise<LoadedPack> {
  const question = { seed: 4, width: 32, height: 24 };
  const decisions = await selfTestDecisions(await nodeBackend(), loaded, question);
  return { ...loaded, pack: { ...loaded.pack, selfTest: { cases: [{ ...question, decisions }], tolerance: 1e-3 } } };
}

async function run(command: { run(args: string[]): Promise<void> }, args: string[]) {
  let stdout = "";
  let stderr = "";
  const keep = (chunk: unknown) => {
    stdout += `${chunk}`;
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(console, "log").mockImplementation((line) => void keep(`${line}\n`));
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  vi.spyOn(console, "error").mockImplementation((line) => {
    stderr += `${line}\n`;
  });
  await command.run(args);
  const { exitCode } = process;
  process.exitCode = undefined;
  return { stdout, stderr, exitCode };
}

describe("palisade verify", () => {
  it("says what a file holds, and that it is whole", async () => {
    const { stdout, exitCode } = await run(verify, [at("case 1.palisade")]);
    expect(exitCode).toBeUndefined();
    expect(stdout).toContain(": intact, content SHA-256");
    expect(stdout).toContain("name of the slide: not in the file");
    expect(stdout).toContain("numbers: follow from the file's own content");
    expect(stdout).toMatch(/Necrosis: [\d.]+ % of the tissue/);
    expect(stdout).toContain(RESEARCH_USE_NOTICE);
    expect(stdout).not.toMatch(/confirmed/);
  });

  it("runs it again with its slide, under whatever name, and confirms the same numbers", async () => {
    await writeFile(at("copy.tif"), await readFile(at("case 1.tif")));
    const { stdout, exitCode } = await run(verify, [at("case 1.palisade"), at("copy.tif"), "--pack", at("pack.zip")]);
    expect(exitCode).toBeUndefined();
    expect(stdout).toMatch(/confirmed: Identical: all [\d,]+ confidences/);
  });

  it("prints the same as JSON, and nothing else", async () => {
    const { stdout } = await run(verify, [at("case 1.palisade"), at("case 1.tif"), "--pack", at("pack.zip"), "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      isIntact: true,
      isSummarySound: true,
      kind: "map",
      slide: { name: null, width0: 900 },
      model: { id: "darkness" },
      verification: { verdict: "identical", isConfirmed: true, largest: 0, differences: [], circumstances: [] },
      notice: RESEARCH_USE_NOTICE,
    });
  });

  it("refuses another slide", async () => {
    await expect(
      run(verify, [at("case 1.palisade"), at("case 2.tif"), "--pack", at("pack.zip")]),
    ).rejects.toMatchObject({
      code: "resultfile/other-slide",
      message: expect.stringContaining("case 2.tif"),
    });
  });

  it("names the model that it lacks, and does not confirm by one of other bytes", async () => {
    await expect(run(verify, [at("case 1.palisade"), at("case 1.tif")])).rejects.toMatchObject({
      code: "resultfile/no-pack",
      message: expect.stringContaining("(darkness, SHA-256"),
    });
    const { stdout, stderr, exitCode } = await run(verify, [
      at("case 1.palisade"),
      at("case 1.tif"),
      "--pack",
      at("other.zip"),
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/not confirmed: Identical/);
    expect(stdout).toContain("has other bytes here");
    expect(stderr).toContain("other bytes of the model");
  });

  it("does not confirm numbers that somebody made up, though every hash fits", async () => {
    const { record, pictures } = await parseResultFile(new Uint8Array(await readFile(at("case 1.palisade"))));
    if (record.kind !== "map") throw new Error("a map expected");
    const values = record.result.grid.values.map((value) => (value > 0.5 ? 0.02 : value));
    const made = { ...record, result: { ...record.result, grid: { ...record.result.grid, values } } };
    await writeFile(at("made-up.palisade"), await writeResultFile(made, pictures, "0.1.0"));
    const found = await run(verify, [at("made-up.palisade"), at("case 1.tif"), "--pack", at("pack.zip")]);
    expect(found.exitCode).toBe(1);
    expect(found.stdout).toMatch(/not confirmed: Differs: largest difference of a confidence 0\.8/);
    expect(found.stdout).toMatch(/differs: Shares of the tissue/);
  });

  it("refuses a file that was changed, and one that is not there, with a sentence", async () => {
    const bytes = await readFile(at("case 1.palisade"));
    bytes[bytes.indexOf("thumbnail.jpg") + 40]! ^= 1;
    await writeFile(at("changed.palisade"), bytes);
    await expect(run(verify, [at("changed.palisade")])).rejects.toMatchObject({ code: "resultfile/tampered" });
    await expect(run(verify, [at("nowhere.palisade")])).rejects.toMatchObject({ code: "cli/io" });
    await expect(run(verify, [])).rejects.toMatchObject({ code: "cli/usage" });
  });
});

describe("palisade analyze", () => {
  it("puts the name and a larger picture into the file only when asked", async () => {
    const out = at("named");
    const flags = ["--with-name", "--with-overview"];
    await run(analyze, [at("case 1.tif"), "--pack", at("pack.zip"), "--out", out, ...flags]);
    const named = await parseResultFile(new Uint8Array(await readFile(join(out, "case 1.palisade"))));
    expect(named.record.slide.name).toBe("case 1.tif");
    expect(named.pictures.overview).not.toBeNull();
    const plain = await readFile(at("case 1.palisade"));
    const { record, pictures } = await parseResultFile(new Uint8Array(plain));
    expect(record.slide.name).toBeNull();
    expect(pictures.overview).toBeNull();
    expect(record.slide.fingerprint).toEqual(named.record.slide.fingerprint);
  });
});

describe("palisade classify", () => {
  it("writes a result file that verify confirms", async () => {
    await writeFile(at("classifier.zip"), await packToZip(await tested(darkClassifier())));
    const where = ["--pack", at("classifier.zip")];
    await run(classify, [at("case 1.tif"), ...where, "--out", at("classes")]);
    const { stdout, exitCode } = await run(verify, [
      join(at("classes"), "case 1.palisade"),
      at("case 1.tif"),
      ...where,
    ]);
    expect(stdout).toMatch(/class: \w+, confidence/);
    expect(stdout).toMatch(/confirmed: Identical/);
    expect(exitCode).toBeUndefined();
  });
});
