import type { OmeImage } from "./model.ts";
import { type OmePlane, placedPlanes } from "./planes.ts";

const ACCOMPANYING: readonly (readonly [RegExp, string])[] = [
  [/label/i, "label"],
  [/macro/i, "macro"],
  [/overview/i, "overview"],
  [/thumb/i, "thumbnail"],
];

/** An image with its planes of the first time point. */
export interface PlacedImage {
  readonly image: OmeImage;
  readonly planes: readonly OmePlane[];
}

/** The images of one file by their part. */
export interface SortedImages {
  readonly slide: PlacedImage;
  /** Coarser versions of it that the file lists as images of their own. */
  readonly levels: readonly PlacedImage[];
  readonly associated: readonly (PlacedImage & { readonly name: string })[];
  /** Positions of the pages that any of them names. */
  readonly mentioned: ReadonlySet<number>;
}

/** The slide is the largest image that is not called a label, macro, overview or thumbnail. Null without any image. */
export function sortImages(images: readonly OmeImage[]): SortedImages | null {
  const named = images.map((image) => ({ image, name: nameOf(image) }));
  const slide = largest(named.filter(({ name }) => name === null).map(({ image }) => image)) ?? largest(images);
  if (!slide) return null;
  const others = named.flatMap((other) =>
    other.image === slide ? [] : { ...other, planes: placedPlanes(other.image) },
  );
  const levels = others.filter(({ image, name }) => name === null && isLevelOf(slide, image));
  const associated = others
    .filter((other) => !levels.includes(other))
    .map(({ image, planes, name }) => ({
      image,
      planes,
      name: name ?? (image.name || `image ${images.indexOf(image) + 1}`),
    }));
  const planes = placedPlanes(slide);
  const all = [planes, ...others.map((other) => other.planes)].flat();
  return {
    slide: { image: slide, planes },
    levels,
    associated: uniqueNames(associated),
    mentioned: new Set(all.map(({ ifd }) => ifd)),
  };
}

function nameOf({ name }: OmeImage): string | null {
  return ACCOMPANYING.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

function largest(images: readonly OmeImage[]): OmeImage | undefined {
  return images.reduce<OmeImage | undefined>(
    (best, image) => (!best || areaOf(image) > areaOf(best) ? image : best),
    undefined,
  );
}

function areaOf({ sizeX, sizeY }: OmeImage): number {
  return sizeX * sizeY;
}

/** Smaller, with the same planes and the same shape but for half a percent and the rounding of its size. */
function isLevelOf(slide: OmeImage, image: OmeImage): boolean {
  if (image.sizeX >= slide.sizeX || image.sizeZ !== slide.sizeZ) return false;
  if (image.channels.length !== slide.channels.length || image.sizeT !== slide.sizeT) return false;
  const ratio = slide.sizeX / image.sizeX / (slide.sizeY / image.sizeY);
  return Math.abs(ratio - 1) <= 0.005 + 1 / image.sizeX + 1 / image.sizeY;
}

function uniqueNames<T extends { readonly name: string }>(images: readonly T[]): T[] {
  const used = new Map<string, number>();
  return images.map((image) => {
    const count = (used.get(image.name) ?? 0) + 1;
    used.set(image.name, count);
    return count === 1 ? image : { ...image, name: `${image.name} ${count}` };
  });
}
