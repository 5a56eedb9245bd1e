import { join } from "node:path";
import { AppError } from "../../engine/base/errors.ts";
import type { Drawing } from "../../engine/pictures/drawing.ts";
import { type OverlayRow, overlayFigure } from "../../engine/pictures/overlay-figure.ts";
import { slidePicture } from "../../engine/pictures/patch-picture.ts";
import { maskOfPicture } from "../../engine/training/method-mask.ts";
import { evaluationOverlay, truthOverlay } from "../../engine/training/overlay.ts";
import { cellTruth, type ImageScore, isPositiveImage, scoreMask } from "../../engine/training/score.ts";
import { type MaskColour, readTruth } from "../../engine/training/truth.ts";
import { numberOption, parseCommandArgs, requiredOption } from "../args.ts";
import { type MaskedImage, pairImages, parseColour, readMask } from "../image-pairs.ts";
import { openSlideFile } from "../open-slide.ts";
import { checkFigurePath } from "./figure-path.ts";

export const OVERLAY_USAGE = `palisade figure overlay --images DIR --masks DIR --positive R,G,B --methods NAME=DIR... --out FILE.png|FILE.svg
    [--names A,B,C] [--class NAME] [--side 240]
  The paper's Fig. 6: for each image the original, the truth in grey and each method's result in purple (found), pale red (missed)
  and orange (found falsely). DIR of a method holds black and white masks NAME.png of the images' names.`;

const OPTIONS = {
  images: { type: "string" },
  masks: { type: "string" },
  positive: { type: "string" },
  methods: { type: "string", multiple: true },
  out: { type: "string" },
  names: { type: "string" },
  class: { type: "string" },
  side: { type: "string" },
} as const;

interface Method {
  readonly name: string;
  readonly folder: string;
}

export async function overlayDrawing(args: string[]): Promise<{ drawing: Drawing; out: string }> {
  const { values, positionals } = parseCommandArgs(args, OPTIONS, OVERLAY_USAGE);
  const out = checkFigurePath(requiredOption(values.out, "out", OVERLAY_USAGE));
  const positive = parseColour(requiredOption(values.positive, "positive", OVERLAY_USAGE));
  const methods = [...requiredOption(values.methods, "methods", OVERLAY_USAGE), ...positionals].map(parseMethod);
  const side = numberOption(values.side, "side", { min: 32, max: 4096, isWhole: true }) ?? 240;
  const all = await pairImages(
    requiredOption(values.images, "images", OVERLAY_USAGE),
    requiredOption(values.masks, "masks", OVERLAY_USAGE),
  );
  const rows: OverlayRow[] = [];
  for (const pair of chooseImages(all, values.names)) rows.push(await rowOf(pair, methods, positive, side));
  const names = methods.map(({ name }) => name);
  return { drawing: overlayFigure(rows, names, values.class ?? "Necrosis"), out };
}

function parseMethod(text: string): Method {
  const [name = "", ...folder] = text.split("=");
  if (name !== "" && folder.join("=") !== "") return { name, folder: folder.join("=") };
  throw new AppError("cli/usage", `Expected --methods to be NAME=DIR, such as SVM-CNN=out/svm-cnn, found "${text}".`);
}

/** In the order in which they are named. */
function chooseImages(all: readonly MaskedImage[], names: string | undefined): readonly MaskedImage[] {
  if (names === undefined) return all;
  return names.split(",").map((name) => {
    const found = all.find((image) => image.name === name.trim());
    if (found) return found;
    const known = all.slice(0, 5).map((image) => image.name);
    throw new AppError(
      "cli/usage",
      `Expected --names to name images such as ${known.join(", ")}, found "${name.trim()}".`,
    );
  });
}

async function rowOf(
  { name, image, mask }: MaskedImage,
  methods: readonly Method[],
  positive: MaskColour,
  side: number,
): Promise<OverlayRow> {
  const slide = await openSlideFile(image);
  try {
    const { width0, height0 } = slide.info;
    const truth = readTruth(await readMask(mask), positive, width0, height0);
    const original = await slidePicture(slide, side);
    const found: { picture: typeof original; words: string }[] = [];
    for (const { folder } of methods) {
      const own = maskOfPicture(await readMask(join(folder, `${name}.png`)), width0, height0);
      found.push({
        picture: evaluationOverlay(original, own.grid, own.mask, truth),
        words: scoreWords(scoreMask(own.mask, cellTruth(truth, own.grid))),
      });
    }
    return { name, original, truth: truthOverlay(original, truth), methods: found };
  } finally {
    slide.close();
  }
}

/** Where the class is hardly there, S says nothing. */
function scoreWords(score: ImageScore): string {
  if (isPositiveImage(score)) return `S ${score.score.toFixed(2)}`;
  return `false ${(100 * score.predictedFraction).toFixed(1)} %`;
}
