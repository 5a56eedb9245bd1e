import { MAX_DIRECTORIES } from "../tiff/directory.ts";
import type { OmeImage, OmeTiffData } from "./model.ts";

/** Where a plane lies. */
export interface PlanePlace {
  /** Null: the file that holds the XML. */
  readonly fileName: string | null;
  readonly uuid: string | null;
  /** Position of its page in the list of main images. */
  readonly ifd: number;
}

/** One plane of an image at its first time point. */
export interface OmePlane extends PlanePlace {
  readonly z: number;
  /** Index into `OmeImage.channels`. */
  readonly c: number;
}

/** Planes looked at in one image, at most: what a file says beyond is no picture. */
const MAX_PLANES = 100_000;

/** The planes of the first time point, as far as the XML places them; the first that is said of a plane holds. */
export function placedPlanes(image: OmeImage): OmePlane[] {
  const counts = planeCounts(image);
  const total = counts.Z * counts.C * counts.T;
  const found = new Map<number, OmePlane>();
  let left = MAX_PLANES;
  for (const data of image.tiffData.length > 0 ? image.tiffData : [EVERYTHING]) {
    const c = Math.floor(data.firstC / (image.channels[0]?.samples ?? 1));
    const first = planeIndex(image, { Z: data.firstZ, C: c, T: data.firstT });
    if (first === null) continue;
    const count = Math.min(data.planeCount ?? total, total - first, MAX_DIRECTORIES, left);
    left -= count;
    for (let i = 0; i < count; i++) {
      const at = planeAt(image, first + i);
      if (at.T !== 0 || found.has(first + i)) continue;
      found.set(first + i, { z: at.Z, c: at.C, fileName: data.fileName, uuid: data.uuid, ifd: data.ifd + i });
    }
  }
  return [...found.values()];
}

/** Place of a plane among all of an image, all times included. */
export function planeOrder(image: OmeImage, z: number, c: number): number {
  return planeIndex(image, { Z: z, C: c, T: 0 }) ?? 0;
}

/** Planes of an image, all times included. */
export function planeTotal(image: OmeImage): number {
  const { Z, C, T } = planeCounts(image);
  return Z * C * T;
}

/** Without any TiffData the planes lie one after another (OME-TIFF specification). */
const EVERYTHING: OmeTiffData = {
  firstZ: 0,
  firstC: 0,
  firstT: 0,
  ifd: 0,
  planeCount: null,
  fileName: null,
  uuid: null,
};

type Axis = "Z" | "C" | "T";
type Position = Readonly<Record<Axis, number>>;

/** A channel of several samples is one plane. */
function planeCounts({ sizeZ, sizeT, channels }: OmeImage): Position {
  return { Z: sizeZ, C: channels.length, T: sizeT };
}

/** Fastest first: the last three letters of "XYCZT"; the schema's default for what is no such order. */
function axesOf({ dimensionOrder }: OmeImage): readonly Axis[] {
  const axes = [...dimensionOrder.slice(2)].filter(
    (axis): axis is Axis => axis === "Z" || axis === "C" || axis === "T",
  );
  return new Set(axes).size === 3 && axes.length === 3 ? axes : ["Z", "C", "T"];
}

function planeIndex(image: OmeImage, position: Position): number | null {
  const counts = planeCounts(image);
  let index = 0;
  let step = 1;
  for (const axis of axesOf(image)) {
    if (position[axis] >= counts[axis]) return null;
    index += position[axis] * step;
    step *= counts[axis];
  }
  return index;
}

function planeAt(image: OmeImage, index: number): Position {
  const counts = planeCounts(image);
  const position = { Z: 0, C: 0, T: 0 };
  let rest = index;
  for (const axis of axesOf(image)) {
    position[axis] = rest % counts[axis];
    rest = Math.floor(rest / counts[axis]);
  }
  return position;
}
