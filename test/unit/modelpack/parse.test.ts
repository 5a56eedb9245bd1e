import { beforeAll, describe, expect, it } from "vitest";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import type { ModelPack } from "../../../src/engine/modelpack/types.ts";
import { PATCHWISE_SAMPLING } from "../../support/small-packs.ts";
import { ANSWER, type FileMap, filesOf, NETWORK, packFiles, validPack, withJson } from "./pack-in-memory.ts";

let pack: ModelPack;
let files: FileMap;

beforeAll(async () => {
  pack = await validPack();
  files = await filesOf(pack);
});

const load = (changed: FileMap) => loadPack(packFiles(changed));

/** Sets a value deep in the JSON: `at("sampling.windows.1")`. */
function setting(path: string, value: unknown) {
  return (json: Record<string, unknown>) => {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    // The tests know the shape of their own JSON.
    const parent = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, json);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  };
}

describe("loading a pack", () => {
  it("gives back what was written, weights to the bit", async () => {
    const loaded = await load(files);
    expect(loaded.pack).toEqual({ ...pack, svms: [{ ...pack.svms[0], weights: pack.svms[0]?.weights }] });
    expect(loaded.backboneBytes).toEqual(NETWORK);
    expect(loaded.packSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("can be sent to a worker", async () => {
    const loaded = await load(files);
    expect(structuredClone(loaded)).toEqual(loaded);
  });

  it.each([
    ["id", "../evil", "an id of a-z"],
    ["name", "", "a name"],
    ["description", 5, "a text"],
    ["task", "detection", '"segmentation" or "classification"'],
    ["classes", ["necrosis"], "a list of 2 to 64 values"],
    ["classes", ["necrosis", "necrosis"], "different names"],
    ["backbone", null, "an object"],
    ["backbone.file", "/etc/passwd", "a file inside the pack"],
    ["backbone.file", "../../secret.onnx", "a file inside the pack"],
    ["backbone.file", "a/../../x.onnx", "a file inside the pack"],
    ["backbone.file", "..\\x.onnx", "a file inside the pack"],
    ["backbone.file", "https://example.org/x.onnx", "a file inside the pack"],
    ["backbone.sha256", "ABC", "a SHA-256"],
    ["backbone.channelOrder", "RGBA", '"RGB" or "BGR"'],
    ["backbone.mean", [1, 2], "a list of 3"],
    ["backbone.std", [1, 0, 1], "a number from 0.000001"],
    ["backbone.kind", "vector", '"map" for a dense pack'],
    ["backbone.cell", 8.5, "a whole number"],
    ["backbone.halo", -1, "a whole number from 0"],
    ["backbone.channels", "384", "a whole number"],
    ["backbone.licence", undefined, "found nothing"],
    ["sampling.mpp", 0, "a number from 0.01"],
    ["sampling.mppRange", [11, 14], "around 10"],
    ["sampling.colour", "adobe", '"stored" or "srgb"'],
    ["sampling.patch", 44, "a multiple of the stride 8"],
    ["sampling.stride", 3, "sampling.stride"],
    ["sampling.stride", 16, "a divisor of the cell of 8 source pixels"],
    ["sampling.resizeTo", 40, "at least the patch 48"],
    ["sampling.resizeTo", 100, "a whole number of source pixels"],
    ["sampling.windows", [], "a list of 1 to 8 values"],
    ["sampling.windows", [80], "starts with the patch 48"],
    ["sampling.windows", [48, 84], "sampling.windows[1]"],
    ["sampling.windows", [48, 56], "concentric"],
    ["sampling.mode", "fast", '"dense" or "patchwise"'],
    ["pooling", { kind: "p-norm", p: 3 }, '"mean" for a dense pack'],
    ["selected", [0, 384], "selected[1]"],
    ["selected", [7, 7], "different channels"],
    ["svms", [], "a list of 1"],
    ["svms.0.positive", "tumour", '"other" or "necrosis"'],
    ["svms.0.negative", "necrosis", 'another class than "necrosis"'],
    ["svms.0.bias", "0", "a number"],
    ["svms.0.calibration.a", null, "a number, found null"],
    ["weights.file", "../other/svm.bin", "a file inside the pack"],
    ["threshold", 1.5, "a number from 0 to 1"],
    ["postProcess.minRegionUm2", -1, "a number of at least 0"],
    ["training.seed", 0.5, "a whole number"],
    ["training.settings", [], "an object"],
    ["reference", { featureMean: [1], featureStd: [1], rgbMean: [0, 0, 0], rgbStd: [0, 0, 0] }, "a list of 768"],
    ["selfTest.cases", [], "at least 1 case"],
    ["selfTest.cases", [{ ...ANSWER, decisions: [1, 2] }], "a list of 88"],
    ["selfTest.tolerance", -1, "a number of at least 0"],
  ])("refuses %s = %j in a sentence that names the field", async (path, value, words) => {
    const changed = withJson(files, setting(path, value));
    const field = path.replace(/\.(\d+)/g, "[$1]");
    const message = await load(changed).then(
      () => "",
      (error) => `${error.code}: ${error.message}`,
    );
    expect(message).toMatch(/^modelpack\/bad-field: Expected .+ in pack\.json to be .+, found .+\.$/);
    expect(message).toContain(words);
    if (!words.includes("dense pack")) expect(message).toContain(field);
  });

  it("refuses a pack of a later version by its name", async () => {
    const later = withJson(files, setting("version", 3));
    await expect(load(later)).rejects.toMatchObject({
      code: "modelpack/newer-version",
      message: 'Expected a pack of version 1, found version 3 of "Small"; update Palisade to open it.',
    });
  });

  it.each([
    { what: "text", bytes: new TextEncoder().encode("<!doctype html>") },
    { what: "other JSON", bytes: new TextEncoder().encode('{"format":"geojson"}') },
    { what: "a list", bytes: new TextEncoder().encode("[1]") },
    { what: "null", bytes: new TextEncoder().encode("null") },
    { what: "bytes that are no UTF-8", bytes: Uint8Array.of(0xff, 0xfe, 0x00) },
    { what: "nothing", bytes: new Uint8Array(0) },
  ])("says that a pack.json of $what is no pack", async ({ bytes }) => {
    const changed = new Map([...files, ["pack.json", bytes] as const]);
    await expect(load(changed)).rejects.toMatchObject({ code: "modelpack/not-a-pack" });
  });

  it("refuses a network or weights that are not those of the pack", async () => {
    for (const file of ["backbone.onnx", "svm.bin"]) {
      const bytes = Uint8Array.from(files.get(file) ?? []);
      bytes[bytes.length - 1]! ^= 1;
      const changed = new Map([...files, [file, bytes] as const]);
      await expect(load(changed)).rejects.toMatchObject({
        code: "modelpack/hash-mismatch",
        message: expect.stringContaining(`Expected ${file} to have the SHA-256`),
      });
    }
  });

  it("takes patch-by-patch packs of maps and of vectors", async () => {
    const selfTest = { cases: [{ seed: 1, width: 64, height: 32, decisions: [1, 2] }], tolerance: 1 };
    const map = await validPack({ sampling: PATCHWISE_SAMPLING, selfTest });
    expect((await load(await filesOf(map))).pack.sampling.mode).toBe("patchwise");
    const vector = { ...map, backbone: { ...map.backbone, kind: "vector", cell: 64 } as const };
    expect((await load(await filesOf(vector))).pack.backbone.kind).toBe("vector");
    const small = { ...vector, backbone: { ...vector.backbone, cell: 227 } };
    await expect(load(await filesOf(small))).rejects.toMatchObject({ message: expect.stringContaining("227") });
  });

  it("takes a classification pack with an SVM per pair of classes", async () => {
    const svm = pack.svms[0]!;
    const classes = ["a", "b", "c"];
    const pair = (positive: string, negative: string) => ({ ...svm, positive, negative });
    const svms = [pair("a", "b"), pair("a", "c"), pair("b", "c")];
    const many = await validPack({ task: "classification", classes, svms });
    expect((await load(await filesOf(many))).pack.svms).toHaveLength(3);
    const few = await validPack({ task: "classification", classes, svms: svms.slice(1) });
    await expect(load(await filesOf(few))).rejects.toMatchObject({ message: expect.stringContaining("svms") });
  });
});

describe("a segmentation of several classes", () => {
  const classes = ["necrosis", "tumour", "glass"];
  const details = [
    { colour: "#000000", maskColour: [5, 5, 5], threshold: 0.3 },
    { colour: "#009e73", maskColour: [5, 208, 4], threshold: 0.4 },
    { colour: "#ffffff", maskColour: [255, 255, 255], threshold: 0.5 },
  ] as const;
  let several: FileMap;

  beforeAll(async () => {
    const [first] = pack.svms;
    const svms = [
      ["tumour", "necrosis"],
      ["glass", "necrosis"],
      ["glass", "tumour"],
    ].map(([positive = "", negative = ""]) => ({ ...first!, positive, negative }));
    const decisions = [...ANSWER.decisions, ...ANSWER.decisions, ...ANSWER.decisions];
    const selfTest = { cases: [{ ...ANSWER, decisions }], tolerance: 0.01 };
    several = await filesOf({ ...pack, classes, classDetails: [...details], svms, selfTest });
  });

  it("has an SVM for each pair, and for each class its colours and threshold", async () => {
    const loaded = await load(several);
    expect(loaded.pack.svms).toHaveLength(3);
    expect(loaded.pack.classDetails).toEqual(details);
  });

  it("two classes need no details, and are written as before", async () => {
    expect((await load(files)).pack).not.toHaveProperty("classDetails");
    expect(new TextDecoder().decode(files.get("pack.json"))).not.toContain("classDetails");
  });

  it.each([
    ["classDetails", undefined, "a list, found nothing"],
    ["classDetails.1.colour", "green", "a colour such as #0072b2"],
    ["classDetails.1.maskColour", [5, 5, 5], "each class has a mask colour of its own"],
    ["classDetails.2.threshold", 1.5, "from 0 to 1"],
    ["classes", ["necrosis", "tumour"], "classDetails in pack.json to be a list of 2"],
    ["svms.2.positive", "necrosis", "a pair of classes that has none yet"],
    ["selfTest.cases.0.decisions", ANSWER.decisions, "a list of 264, one per SVM"],
  ])("is refused when %s is %j", async (path, value, sentence) => {
    const error = load(withJson(several, setting(path, value)));
    await expect(error).rejects.toMatchObject({ code: "modelpack/bad-field" });
    await expect(error).rejects.toThrow(sentence);
  });
});
