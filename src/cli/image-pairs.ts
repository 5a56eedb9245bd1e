import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { AppError } from "../engine/base/errors.ts";
import type { RgbaImage } from "../engine/slide/types.ts";
import type { MaskColour } from "../engine/training/truth.ts";
import { openSlideFile } from "./open-slide.ts";

/** An image file and its painted mask. */
export interface MaskedImage {
  /** File name without its ending. */
  readonly name: string;
  readonly image: string;
  readonly mask: string;
}

const IMAGE_ENDINGS = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".svs"];
const MASK_ENDINGS = [".png", ".tif", ".tiff"];

/**
 * Pairs the images of one folder with the masks of the same name in another, by name. Throws `cli/io` when a folder cannot be read,
 * `training/bad-data` when it holds no image or an image has no mask.
 */
export async function pairImages(imageFolder: string, maskFolder: string): Promise<MaskedImage[]> {
  const images = await filesByName(imageFolder, IMAGE_ENDINGS);
  const masks = await filesByName(maskFolder, MASK_ENDINGS);
  if (images.size === 0) {
    throw new AppError(
      "training/bad-data",
      `Expected images (${IMAGE_ENDINGS.join(", ")}) in ${imageFolder}, found none.`,
    );
  }
  return [...images].map(([name, image]) => {
    const mask = masks.get(name);
    if (mask) return { name, image, mask };
    throw new AppError(
      "training/bad-data",
      `Expected a mask ${name}.png in ${maskFolder} for the image ${image}, found none; add it or take the image out.`,
    );
  });
}

/** All pixels of a mask. Throws as `openSlideFile`. */
export async function readMask(path: string): Promise<RgbaImage> {
  const slide = await openSlideFile(path);
  try {
    const { width0, height0 } = slide.info;
    return await slide.readRegion({ x0: 0, y0: 0, width: width0, height: height0, level: 0 });
  } finally {
    slide.close();
  }
}

/** The `R,G,B` of the named option to a colour. Throws `cli/usage`. */
export function parseColour(text: string, option = "positive"): MaskColour {
  const [red, green, blue, ...rest] = text
    .split(",")
    .map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : NaN));
  const isByte = (value: number | undefined): value is number => value !== undefined && value >= 0 && value <= 255;
  if (isByte(red) && isByte(green) && isByte(blue) && rest.length === 0) return [red, green, blue];
  throw new AppError(
    "cli/usage",
    `Expected --${option} to be a colour such as 5,5,5 (0 to 255 each), found "${text}".`,
  );
}

/** A pixel size in micrometres. Throws `cli/usage`. */
export function parseMpp(text: string): number {
  const mpp = Number(text);
  if (mpp > 0 && mpp < 1000) return mpp;
  throw new AppError("cli/usage", `Expected --mpp to be micrometres per pixel such as 10, found "${text}".`);
}

async function filesByName(folder: string, endings: readonly string[]): Promise<Map<string, string>> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new AppError("cli/io", `Expected a folder at ${folder}, found none that can be read.`, {}, { cause });
  });
  const found = new Map<string, string>();
  for (const file of files.sort()) {
    const { name, ext } = parse(file);
    if (endings.includes(ext.toLowerCase())) found.set(name, join(folder, file));
  }
  return found;
}
