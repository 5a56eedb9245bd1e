import { describe, expect, it } from "vitest";
import { extractorExecutor } from "../../../src/engine/analysis/extractor-executor.ts";
import { openPatchExecutor } from "../../../src/engine/classification/patch-executor.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { openChannelExtractor } from "../../../src/engine/features/channel-extractor.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { exciteBag } from "../../../src/engine/pictures/excite-bag.ts";
import { channelsOf, type ExciteOptions, exciteMap } from "../../../src/engine/pictures/excite-map.ts";
import { strongestNeurons } from "../../../src/engine/pictures/neurons.ts";
import { patchPicture } from "../../../src/engine/pictures/patch-picture.ts";
import { type Box0, TopPatches } from "../../../src/engine/pictures/top-patches.ts";
import { PictureSlide, picture } from "../tissue/picture-slide.ts";
import { BLUE, colourClassifier, colouredSlide, colourPack, PIXEL_SIZE, RED, SQUARE } from "./made-scenes.ts";

async function excite(loaded: LoadedPack, slide = colouredSlide(112), options: ExciteOptions = {}) {
  const backend = await nodeBackend({ threads: 1 });
  const neurons = strongestNeurons(loaded.pack, 4);
  const activations = await exciteMap({
    slide,
    loaded,
    neurons,
    options,
    openExecutor: async (lattice) =>
      extractorExecutor({
        slide,
        lattice,
        extractor: await openChannelExtractor({ backend, loaded, channels: channelsOf(neurons) }),
        backend: backend.info,
      }),
  });
  return { neurons, activations };
}

function centre({ x0, y0, width0, height0 }: Box0) {
  return { x: x0 + width0 / 2, y: y0 + height0 / 2 };
}

function isIn(place: { x: number; y: number }, square: { x: number; y: number }): boolean {
  return place.x >= square.x && place.x < square.x + SQUARE && place.y >= square.y && place.y < square.y + SQUARE;
}

describe("a segmentation pack's neurons", () => {
  it.each([
    { mode: "dense", loaded: colourPack() },
    { mode: "patchwise", loaded: patchwisePack() },
  ])("are excited by the patches of their colour, $mode", async ({ loaded }) => {
    const { neurons, activations } = await excite(loaded);
    const top = new TopPatches(neurons.length, { columns: 2, perImage: 2 });
    top.add(activations);
    neurons.forEach(({ channel, side }, row) => {
      if (channel === 1) return;
      const best = top.rows()[row]![0]!;
      expect(best.box).toMatchObject({ width0: side, height0: side });
      expect(isIn(centre(best.box), channel === 0 ? RED : BLUE)).toBe(true);
      const share = side > SQUARE ? SQUARE ** 2 / side ** 2 : 1;
      expect(best.activation).toBeCloseTo(((140 + 112 - 127.5) * share + (140 - 127.5) * (1 - share)) / 127.5, 2);
    });
  });

  it("are looked for on tissue, and within the slide where the window can lie there", async () => {
    const { neurons, activations } = await excite(colourPack());
    neurons.forEach((_, row) => {
      activations.values[row]!.forEach((value, patch) => {
        if (Number.isNaN(value)) return;
        const { x0, y0, width0, height0 } = activations.box(row, patch);
        expect(Math.min(x0, y0)).toBeGreaterThanOrEqual(0);
        expect(x0 + width0).toBeLessThanOrEqual(320);
        expect(y0 + height0).toBeLessThanOrEqual(256);
      });
    });
    const glass = new PictureSlide([picture(200, 200, () => [250, 250, 250])], PIXEL_SIZE);
    await expect(excite(colourPack(), glass)).rejects.toMatchObject({ code: "tissue/none-found" });
  });

  it("can be looked for in a part of the slide, and the search can be cancelled", async () => {
    const seen: [number, number][] = [];
    const options = { maxTasks: 1, onProgress: (done: number, total: number) => seen.push([done, total]) };
    const { activations } = await excite(patchwisePack(), colouredSlide(112), options);
    expect(activations.tasks).toBe(1);
    expect(activations.tasksInAll).toBeGreaterThan(1);
    expect(seen).toEqual([
      [0, 1],
      [1, 1],
    ]);
    const signal = AbortSignal.abort();
    await expect(excite(colourPack(), colouredSlide(112), { signal })).rejects.toMatchObject({ name: "AbortError" });
  });
});

/** The colours of `colourPack` patch by patch, pooled by a norm, so that the graph gives the whole map. */
function patchwisePack(): LoadedPack {
  const { pack, ...rest } = colourPack();
  const sampling = { ...pack.sampling, mode: "patchwise", windows: [16] } as const;
  const svms = pack.svms.map((svm) => ({ ...svm, weights: svm.weights.slice(0, 3) }));
  return { ...rest, pack: { ...pack, sampling, svms, pooling: { kind: "p-norm", p: 3 } } };
}

describe("a classification pack's neurons", () => {
  it("are excited by the patches that the classification looks at", async () => {
    const loaded = colourClassifier();
    const backend = await nodeBackend({ threads: 1 });
    const neurons = strongestNeurons(loaded.pack, 2);
    const slide = colouredSlide(112);
    const activations = await exciteBag({
      slide,
      loaded,
      neurons,
      openExecutor: (grid) => openPatchExecutor({ slide, grid, loaded, backend }),
    });
    const top = new TopPatches(2, { columns: 1, perImage: 1 });
    top.add(activations);
    const [red, blue] = top.rows().map(([best]) => centre(best!.box));
    expect(neurons.map(({ channel }) => channel)).toEqual([0, 2]);
    expect(isIn(red!, RED)).toBe(true);
    expect(isIn(blue!, BLUE)).toBe(true);
  });
});

describe("the picture of a patch", () => {
  it("shows the place at the asked size, white beyond the slide", async () => {
    const box = { x0: RED.x, y0: RED.y, width0: SQUARE, height0: SQUARE };
    const image = await patchPicture(colouredSlide(112), box, 24);
    expect(image).toMatchObject({ width: 24, height: 24 });
    expect([...image.data.subarray(0, 3)]).toEqual([252, 60, 140]);
    const corner = await patchPicture(colouredSlide(112), { x0: -48, y0: -48, width0: 48, height0: 48 }, 12);
    expect(corner.data.every((value) => value === 255)).toBe(true);
  });
});
