import { expect, test } from "vitest";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { parseTrainingConfig } from "../../../src/engine/training/config.ts";
import { trainSegmentation } from "../../../src/engine/training/train-segmentation.ts";
import { SQUEEZE_CHANNELS, squeezeNet } from "../../support/made-networks.ts";
import { madeImage } from "./made-images.ts";

/** Patches of 32 pixels seen as 64, by the small SqueezeNet in float16. */
function training(backbone: object, sampling: object = {}) {
  return parseTrainingConfig({
    id: "made",
    backbone: { input: "pixels", output: "fire", channels: SQUEEZE_CHANNELS, cell: 8, halo: 16, ...backbone },
    sampling: { patch: 32, stride: 16, resizeTo: 64, mode: "patchwise", windows: [32], ...sampling },
    windows: { perImage: 10 },
    views: [{}],
    svm: { c: [1e-3] },
    folds: { count: 3 },
  });
}

async function train(config: ReturnType<typeof training>, model: Uint8Array<ArrayBuffer>) {
  const steps: string[] = [];
  const request = {
    images: Array.from({ length: 6 }, (_, index) => madeImage(index)),
    positive: [5, 5, 5] as const,
    mpp: 10,
    config,
    backboneBytes: model,
    backend: await nodeBackend({ threads: 1 }),
    command: "",
    appVersion: "0.0.0",
  };
  const trained = await trainSegmentation(request, { onStep: (step) => steps.push(step) }).catch((error) => error);
  return { trained, steps };
}

test.each([
  {
    what: "channels",
    config: training({ channels: 25 }),
    code: "features/bad-model",
    says: "a map of 25 channels",
  },
  {
    what: "size",
    config: training({}, { resizeTo: 96 }),
    code: "features/bad-model",
    says: "patches of 96 x 96 pixels",
  },
  {
    what: "windows",
    config: training({}, { windows: [32, 64] }),
    code: "modelpack/bad-field",
    says: "sampling.windows",
  },
])("a network that does not fit ($what) is refused before any image is opened", async ({ config, code, says }) => {
  const { trained, steps } = await train(config, squeezeNet({ input: [1, 3, 64, 64] }));
  expect(trained).toMatchObject({ code, message: expect.stringContaining(says) });
  expect(steps).toEqual([]);
});

test("a float16 network of one picture at a time is trained with, dense as well as patch by patch", async () => {
  const patchwise = await train(training({}), squeezeNet({ input: [1, 3, 64, 64] }));
  expect(patchwise.trained).toMatchObject({ pack: { selfTest: { cases: [expect.anything()] } } });
  const dense = training({}, { stride: 4, mode: "dense" });
  expect((await train(dense, squeezeNet({ input: [1, 3, "h", "w"] }))).trained).toMatchObject({ pack: { id: "made" } });
});
