import { describe, expect, it } from "vitest";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import { readWeights, writeWeights } from "../../../src/engine/modelpack/weights-file.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { filesOf, NETWORK, packFiles, validPack } from "./pack-in-memory.ts";

describe("writing a pack", () => {
  it("gives the same bytes for the same pack, in whatever order its fields stand", async () => {
    const pack = await validPack();
    const reversed = Object.fromEntries(Object.entries(pack).reverse()) as unknown as typeof pack;
    expect(await filesOf(reversed)).toEqual(await filesOf(pack));
  });

  it("gives the same bytes after reading and writing again", async () => {
    const files = await filesOf(await validPack({ selected: [1, 5, 300] }));
    const { pack, backboneBytes } = await loadPack(packFiles(files));
    expect(await writePack(pack, backboneBytes)).toEqual(files);
  });

  it("keeps the colours that the pack was trained on", async () => {
    const pack = await validPack();
    const files = await writePack({ ...pack, sampling: { ...pack.sampling, colour: "srgb" } }, NETWORK);
    expect((await loadPack(packFiles(files))).pack.sampling.colour).toBe("srgb");
    expect((await loadPack(packFiles(await filesOf(pack)))).pack.sampling.colour).toBeUndefined();
  });

  it("leaves a network that belongs to a sibling where it is", async () => {
    const pack = await validPack();
    const shared = { ...pack, backbone: { ...pack.backbone, file: "../efficientnet-lite0/last.onnx" } };
    expect([...(await writePack(shared, NETWORK)).keys()]).toEqual(["pack.json", "svm.bin"]);
  });

  it("takes the network's hash from its bytes", async () => {
    const pack = await validPack();
    const stale = { ...pack, backbone: { ...pack.backbone, sha256: "0".repeat(64) } };
    expect((await loadPack(packFiles(await writePack(stale, NETWORK)))).pack.backbone.sha256).toBe(
      pack.backbone.sha256,
    );
  });

  it("does not write numbers that JSON would lose", async () => {
    const pack = await validPack();
    await expect(writePack({ ...pack, threshold: Number.NaN }, NETWORK)).rejects.toThrow(RangeError);
  });

  it("puts lists of numbers on one line", async () => {
    const json = new TextDecoder().decode((await filesOf(await validPack())).get("pack.json"));
    expect(json).toContain('\n    "windows": [48, 80]\n');
  });
});

describe("svm.bin", () => {
  const rows = [Float32Array.of(1, -2.5, 1e-30), Float32Array.of(0, 3, 4)];
  const expected = { svms: 2, features: 3 };

  it("starts with PLSV, version and counts, and holds little-endian floats", () => {
    const bytes = writeWeights(rows);
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe("PLSV");
    const view = new DataView(bytes.buffer);
    expect([4, 8, 12].map((at) => view.getUint32(at, true))).toEqual([1, 2, 3]);
    expect(view.getFloat32(20, true)).toBe(-2.5);
    expect(readWeights("svm.bin", bytes, expected)).toEqual(rows);
  });

  it.each([
    { what: "nothing", change: () => new Uint8Array(0), code: "modelpack/bad-field" },
    { what: "another mark", change: (bytes: Uint8Array) => bytes.fill(0, 0, 1), code: "modelpack/bad-field" },
    { what: "a later version", change: (bytes: Uint8Array) => bytes.fill(9, 4, 5), code: "modelpack/newer-version" },
    { what: "a missing end", change: (bytes: Uint8Array) => bytes.slice(0, -1), code: "modelpack/bad-field" },
    {
      what: "more SVMs than promised",
      change: (bytes: Uint8Array) => bytes.fill(3, 8, 9),
      code: "modelpack/bad-field",
    },
    {
      what: "weights that are no numbers",
      change: (bytes: Uint8Array) => bytes.fill(255, 16, 20),
      code: "modelpack/bad-field",
    },
  ])("is refused with $what", ({ change, code }) => {
    const read = () => readWeights("svm.bin", change(writeWeights(rows)), expected);
    expect(read).toThrow(expect.objectContaining({ code, message: expect.stringContaining("svm.bin") }));
  });
});
