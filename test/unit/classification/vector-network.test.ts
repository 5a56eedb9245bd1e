import { expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { openPatchExecutor } from "../../../src/engine/classification/patch-executor.ts";
import { classifySlide } from "../../../src/engine/classification/run.ts";
import { parseClassificationConfig } from "../../../src/engine/classification-training/config.ts";
import { trainClassification } from "../../../src/engine/classification-training/train-classification.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { runSelfTest } from "../../../src/engine/features/self-test.ts";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { squeezeNet } from "../../support/made-networks.ts";
import { PictureSlide, picture } from "../tissue/picture-slide.ts";

/** 192 x 192 pixels of 10 µm, smooth or grainy. */
function made(kind: "smooth" | "grainy", seed: number): PictureSlide {
  const random = seededRandom(seed + 1);
  const image = picture(192, 192, () => {
    const grain = (kind === "grainy" ? 90 : 6) * (random() - 0.5);
    return [170 + grain, 90 + grain, 150 + grain];
  });
  return new PictureSlide([image], { mppX: 10, mppY: 10, origin: "file" });
}

test("a classification is trained and run on a float16 network that answers with vectors, one picture at a time", async () => {
  const backboneBytes = squeezeNet({ input: [1, 3, 64, 64] });
  const backend = await nodeBackend({ threads: 1 });
  const backbone = { input: "pixels", output: "scores", kind: "vector", cell: 64, halo: 0, channels: 10 };
  const config = parseClassificationConfig({
    task: "classification",
    id: "made",
    backbone,
    sampling: { mpp: 10, patch: 48, resizeTo: 64 },
    features: 4,
    views: [{}],
    svm: { c: [1e-2] },
    folds: { count: 3 },
  });
  const images = Array.from({ length: 12 }, (_, index) => {
    const label = index % 2 === 0 ? ("smooth" as const) : ("grainy" as const);
    const openSlide = async () => made(label, index);
    return { name: `made-${index}`, label, group: `patient ${Math.floor(index / 2)}`, pixelSize: null, openSlide };
  });
  const request = { images, config, backboneBytes, backend, command: "", appVersion: "0.0.0" };
  const { pack } = await trainClassification(request);
  const files = await writePack(pack, backboneBytes);
  const loaded = await loadPack(async (path) => files.get(path) ?? new Uint8Array());
  expect(loaded.pack.selected).toHaveLength(4);
  expect(await runSelfTest(backend, loaded)).toMatchObject({ passed: true });
  for (const kind of ["smooth", "grainy"] as const) {
    const slide = made(kind, 100);
    const openExecutor = (grid: Parameters<typeof openPatchExecutor>[0]["grid"]) =>
      openPatchExecutor({ slide, grid, loaded, backend });
    expect((await classifySlide({ slide, loaded, openExecutor })).predicted).toBe(kind);
  }
});
