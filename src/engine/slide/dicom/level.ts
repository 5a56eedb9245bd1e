import { AppError } from "../../base/errors.ts";
import { type FrameMap, fullMap, type PlacedFrame, sparseMap, type TileGrid } from "./frame-map.ts";
import { MAX_FRAMES } from "./frame-places.ts";
import type { DicomInstance } from "./instance.ts";
import { itemOf, numberOf } from "./item.ts";
import { TAG } from "./tags.ts";

/** One level, label or overview: a file, or the parts of a concatenation in their order. */
export interface DicomLevel {
  /** Shape, colours and metadata of the whole. */
  readonly first: DicomInstance;
  readonly parts: readonly DicomInstance[];
  readonly map: FrameMap;
}

/** Planes of focus of a slide; scanners take some ten. */
const MAX_PLANES = 256;
const MAX_TILES = 2 ** 31;

/** `parts` sorted by their first frame. Throws `slide/truncated` where parts are missing, `slide/malformed`. */
export function readLevel(parts: readonly DicomInstance[]): DicomLevel {
  const [first] = parts;
  if (!first) throw new TypeError("a level without a file");
  refuseMissingParts(first, parts);
  const grid = { cols: Math.ceil(first.width / first.tileWidth), rows: Math.ceil(first.height / first.tileHeight) };
  if (grid.cols * grid.rows > MAX_TILES) throw damaged(first, `${grid.cols * grid.rows} tiles`);
  const map = arePlaced(parts) ? placedMap(parts, grid) : fullMapOf(parts, grid);
  if (map.planes.length > MAX_PLANES) throw damaged(first, `${map.planes.length} planes of focus`);
  return { first, parts, map };
}

/** The part that holds a frame, and the frame's number within it. */
export function partOf({ parts }: DicomLevel, frame: number): { readonly part: number; readonly frame: number } {
  const part = parts.findLastIndex(({ firstFrame }) => firstFrame <= frame);
  return { part, frame: frame - (parts[part]?.firstFrame ?? 0) };
}

function framesOf(parts: readonly DicomInstance[]): number {
  return parts.reduce((sum, { frames }) => sum + frames, 0);
}

function refuseMissingParts(first: DicomInstance, parts: readonly DicomInstance[]): void {
  let next = 0;
  let isGap = parts.length < numberOf(first.head, TAG.partsOfConcatenation, 1);
  for (const { firstFrame, frames } of parts) {
    isGap ||= firstFrame !== next;
    next = firstFrame + frames;
  }
  if (next > MAX_FRAMES) throw damaged(first, `${next} frames`);
  if (!isGap) return;
  throw new AppError(
    "slide/truncated",
    `Expected all parts of the DICOM image of which ${first.source.name} is one, found ${parts.length} of ${numberOf(first.head, TAG.partsOfConcatenation, parts.length + 1)}. Drop all files of the slide together, or their folder.`,
  );
}

/** True when frames say where they lie; a single frame need not. */
function arePlaced(parts: readonly DicomInstance[]): boolean {
  return parts.every(({ places }) => places !== null && places.count > 0 && !Number.isNaN(places.x(0)));
}

function fullMapOf(parts: readonly DicomInstance[], grid: TileGrid): FrameMap {
  const first = parts[0]!;
  const paths = Math.max(1, numberOf(first.head, TAG.numberOfOpticalPaths, 1));
  refusePaths(first, paths);
  const frames = framesOf(parts);
  const tiles = grid.cols * grid.rows;
  const planes = Math.max(1, numberOf(first.head, TAG.focalPlanes, Math.floor(frames / (tiles * paths))));
  if (!Number.isInteger(planes) || frames < tiles * planes * paths) {
    throw damaged(first, `${frames} frames for ${tiles} tiles in ${planes} planes of focus and ${paths} optical paths`);
  }
  const measures = itemOf(itemOf(first.head, TAG.sharedGroups), TAG.pixelMeasures);
  const spacing = numberOf(measures, TAG.spacingBetweenSlices, 0) * 1000;
  if (planes > MAX_PLANES) throw damaged(first, `${planes} planes of focus`);
  return fullMap(grid, planes, spacing > 0 ? spacing : null);
}

function placedMap(parts: readonly DicomInstance[], grid: TileGrid): FrameMap {
  const first = parts[0]!;
  for (const { places, frames, source } of parts) {
    if (!places || places.count < frames) throw damaged(first, `frames without a place in ${source.name}`);
  }
  const names = new Set(parts.flatMap(({ places }) => places?.paths ?? []));
  refusePaths(first, names.size);
  const [shown] = names;
  let part = 0;
  return sparseMap(grid, framesOf(parts), (index): PlacedFrame | null => {
    while (index >= parts[part]!.firstFrame + parts[part]!.frames) part++;
    const { firstFrame, places } = parts[part]!;
    const local = index - firstFrame;
    if (!places || places.paths[places.path(local)] !== shown) return null;
    const col = places.x(local) / first.tileWidth;
    const row = places.y(local) / first.tileHeight;
    const isOnGrid = Number.isInteger(col) && Number.isInteger(row);
    if (!isOnGrid || col < 0 || row < 0 || col >= grid.cols || row >= grid.rows) {
      throw damaged(first, `a frame at ${places.x(local)}, ${places.y(local)}, which is no place of a tile`);
    }
    return { frame: index, col, row, z: Math.round(places.z(local) * 1000) / 1000 };
  });
}

/** Several optical paths of grey frames are channels of fluorescence. */
function refusePaths(first: DicomInstance, paths: number): void {
  if (paths <= 1 || first.samples > 1) return;
  throw new AppError(
    "slide/unsupported-format",
    `Expected a stained slide in colour, found ${paths} grey channels in ${first.source.name}: a fluorescence image, which cannot be opened yet as DICOM. Export it as OME-TIFF.`,
  );
}

function damaged({ source }: DicomInstance, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected the tiles of a DICOM slide, found ${found}; ${source.name} is damaged. Copy or export it again.`,
  );
}
