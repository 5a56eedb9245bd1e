import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { extractorExecutor } from "../../engine/analysis/extractor-executor.ts";
import { isAppError } from "../../engine/base/errors.ts";
import { openPatchExecutor } from "../../engine/classification/patch-executor.ts";
import { openChannelExtractor } from "../../engine/features/channel-extractor.ts";
import type { Backend } from "../../engine/features/types.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { Drawing } from "../../engine/pictures/drawing.ts";
import { exciteBag } from "../../engine/pictures/excite-bag.ts";
import { channelsOf, type ExciteOptions, exciteMap } from "../../engine/pictures/excite-map.ts";
import { neuronFigure } from "../../engine/pictures/neuron-figure.ts";
import { type Neuron, strongestNeurons } from "../../engine/pictures/neurons.ts";
import { patchPicture } from "../../engine/pictures/patch-picture.ts";
import { type ExcitedPatch, type ImageActivations, TopPatches } from "../../engine/pictures/top-patches.ts";
import type { RgbaImage, Slide } from "../../engine/slide/types.ts";
import { numberOption, parseCommandArgs, requiredOption, usageError } from "../args.ts";
import { oneLine } from "../error-line.ts";
import { parseMpp } from "../image-pairs.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { openPack } from "../pack-files.ts";
import { checkFigurePath } from "./figure-path.ts";

export const NEURONS_USAGE = `palisade figure neurons IMAGE... --pack PACK --out FILE.png|FILE.svg [--rows 10] [--columns 10] [--per-image N] [--side 96] [--mpp N]
  The paper's Fig. 5: a row for each of the neurons with the largest SVM weights, with the patches of all images that excite it most.
  --per-image: patches of one image in a row at most (default: enough to fill the row twice). --side: pixels of a patch in the figure.`;

const OPTIONS = {
  pack: { type: "string" },
  out: { type: "string" },
  rows: { type: "string" },
  columns: { type: "string" },
  "per-image": { type: "string" },
  side: { type: "string" },
  mpp: { type: "string" },
} as const;

export async function neuronsDrawing(args: string[]): Promise<{ drawing: Drawing; out: string }> {
  const { values, positionals: images } = parseCommandArgs(args, OPTIONS, NEURONS_USAGE);
  if (images.length === 0) throw usageError("Expected at least one image, found none.", NEURONS_USAGE);
  const out = checkFigurePath(requiredOption(values.out, "out", NEURONS_USAGE));
  const whole = (name: "rows" | "columns" | "per-image" | "side", otherwise: number, max: number) =>
    numberOption(values[name], name, { min: 1, max, isWhole: true }) ?? otherwise;
  const columns = whole("columns", 10, 100);
  const perImage = whole("per-image", Math.ceil((2 * columns) / images.length), 100);
  const side = whole("side", 96, 1024);
  const loaded = await openPack(requiredOption(values.pack, "pack", NEURONS_USAGE));
  const neurons = strongestNeurons(loaded.pack, whole("rows", 10, 1000));
  const forced = values.mpp === undefined ? null : parseMpp(values.mpp);
  const top = new TopPatches(neurons.length, { columns, perImage });
  const seen = await exciteAll(images, { loaded, neurons, forced, top });
  const rows = await picturesOf(top.rows(), seen, side);
  const drawing = neuronFigure(
    rows.map((pictures, index) => ({ neuron: neurons[index]!, pictures })),
    {
      packName: loaded.pack.name,
      hasWindows: loaded.pack.sampling.windows.length > 1,
      side,
      remark: remarkOn(seen.length, perImage),
    },
  );
  return { drawing, out };
}

function remarkOn(images: number, perImage: number): string {
  if (images === 1) return "1 image.";
  return `${images} images, at most ${perImage === 1 ? "1 patch" : `${perImage} patches`} of each in a row.`;
}

interface Excitement {
  readonly loaded: LoadedPack;
  readonly neurons: readonly Neuron[];
  /** Micrometres per pixel of all images, or null for what they say themselves. */
  readonly forced: number | null;
  readonly top: TopPatches;
}

/** Adds image after image to `top`; returns the paths of those with tissue, in the order of their indices. */
async function exciteAll(paths: readonly string[], parts: Excitement): Promise<string[]> {
  const backend = await openProvenBackend(parts.loaded);
  const excite = await openExciter(backend, parts);
  const seen: string[] = [];
  try {
    for (const [index, path] of paths.entries()) {
      const slide = await openSlideFile(path, { view: analysedView(parts.loaded.pack) });
      try {
        const { mpp } = parts.loaded.pack.sampling;
        const assumed = parts.forced ?? (slide.info.pixelSize ? null : mpp);
        const pixelSize = assumed === null ? null : ({ mppX: assumed, mppY: assumed, origin: "assumed" } as const);
        parts.top.add(await excite.run(slide, pixelSize ? { pixelSize } : {}));
        seen.push(path);
        process.stderr.write(`${index + 1} of ${paths.length}: ${oneLine(path)}\n`);
      } catch (error) {
        if (!isAppError(error, "tissue/none-found")) throw error;
        process.stderr.write(`${index + 1} of ${paths.length}: ${oneLine(path)}: no tissue found, left out\n`);
      } finally {
        slide.close();
      }
    }
  } finally {
    await excite.close();
  }
  return seen;
}

/** One network for all images. */
async function openExciter(backend: Backend, { loaded, neurons }: Excitement) {
  if (loaded.pack.task === "classification") {
    return {
      run: (slide: Slide, options: ExciteOptions): Promise<ImageActivations> =>
        exciteBag({
          slide,
          loaded,
          neurons,
          options,
          openExecutor: (grid) => openPatchExecutor({ slide, grid, loaded, backend }),
        }),
      close: async () => {},
    };
  }
  const extractor = await openChannelExtractor({ backend, loaded, channels: channelsOf(neurons) });
  const kept = { ...extractor, close: async () => {} };
  return {
    run: (slide: Slide, options: ExciteOptions): Promise<ImageActivations> =>
      exciteMap({
        slide,
        loaded,
        neurons,
        options,
        openExecutor: async (lattice) => extractorExecutor({ slide, lattice, extractor: kept, backend: backend.info }),
      }),
    close: () => extractor.close(),
  };
}

/** Reads the patches image by image. */
async function picturesOf(
  rows: readonly (readonly ExcitedPatch[])[],
  paths: readonly string[],
  side: number,
): Promise<RgbaImage[][]> {
  const pictures = new Map<ExcitedPatch, RgbaImage>();
  for (const [index, path] of paths.entries()) {
    const patches = rows.flat().filter(({ image }) => image === index);
    if (patches.length === 0) continue;
    const slide = await openSlideFile(path);
    try {
      for (const patch of patches) pictures.set(patch, await patchPicture(slide, patch.box, side));
    } finally {
      slide.close();
    }
  }
  return rows.map((row) => row.map((patch) => pictures.get(patch)!));
}
