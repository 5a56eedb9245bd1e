import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { encodeRestartJpeg } from "./restart-jpeg.ts";

/** What a scanner makes at 40x of a section of 25 x 16 mm; `mpp` in micrometres per pixel. */
export const LARGE_SLIDE = { width0: 98_304, height0: 65_536, mpp: 0.25, downsamples: [1, 4, 16, 64] } as const;

const TILE = 256;
/** Different tiles of each kind: enough that neighbours differ. */
const VARIANTS = 8;
/** Tiles of a level that is drawn as it is; the tiles of larger levels are of one kind each. */
const DRAWN_AT_MOST = 64;

type Kind = "glass" | "tissue" | "pale";
type Kinds = (x: number, y: number) => Kind;

export interface Level {
  readonly width: number;
  readonly height: number;
  /** In row order. */
  readonly tiles: readonly Uint8Array[];
}

/**
 * Writes a pyramid of a real slide's size as an SVS of JPEG tiles: pink, grainy tissue with a pale field in it, nothing that a
 * pathologist would know. `isWrittenOut`: each tile has bytes of its own, as in a real file, 2 GB of them; else like tiles share theirs.
 */
export async function writeLargeSlide(path: string, options: { readonly isWrittenOut: boolean }): Promise<void> {
  const levels = makeLevels();
  const { offsets, pieces } = place(levels, pyramidHeadBytes(levels), options.isWrittenOut);
  const file = createWriteStream(path);
  file.write(pyramidHead(levels, offsets));
  for (const piece of pieces) {
    if (!file.write(piece)) await once(file, "drain");
  }
  file.end();
  await finished(file);
}

function makeLevels(): Level[] {
  const variants = new Map<Kind, readonly Uint8Array[]>();
  for (const kind of ["glass", "tissue", "pale"] as const) {
    variants.set(
      kind,
      Array.from({ length: VARIANTS }, (_, i) => encodeTile(i + 1, () => kind)),
    );
  }
  return LARGE_SLIDE.downsamples.map((downsample) => {
    const width = LARGE_SLIDE.width0 / downsample;
    const height = LARGE_SLIDE.height0 / downsample;
    const cols = Math.ceil(width / TILE);
    const count = cols * Math.ceil(height / TILE);
    const random = seededRandom(downsample);
    const tiles = Array.from({ length: count }, (_, i) => {
      const left = (i % cols) * TILE;
      const top = Math.floor(i / cols) * TILE;
      const kindAt: Kinds = (x, y) => kindOf((left + x) / width, (top + y) / height);
      if (count <= DRAWN_AT_MOST) return encodeTile(i + 1, kindAt);
      const alike = variants.get(kindAt(TILE / 2, TILE / 2)) ?? [];
      return alike[Math.floor(random() * VARIANTS)] ?? new Uint8Array();
    });
    return { width, height, tiles };
  });
}

/** `u`, `v`: 0 to 1 over the slide. */
function kindOf(u: number, v: number): Kind {
  const ripple = 0.03 * Math.sin(23 * u) + 0.03 * Math.cos(19 * v);
  if (Math.hypot((u - 0.48) / 0.36, (v - 0.52) / 0.38) + ripple > 1) return "glass";
  return Math.hypot((u - 0.6) / 0.12, (v - 0.45) / 0.16) + ripple < 1 ? "pale" : "tissue";
}

function encodeTile(seed: number, kindAt: Kinds): Uint8Array {
  const random = seededRandom(seed);
  const data = new Uint8ClampedArray(TILE * TILE * 4).fill(255);
  for (let pixel = 0; pixel < TILE * TILE; pixel++) {
    const grain = Math.floor(random() * 24);
    const isNucleus = random() < 0.25;
    const kind = kindAt(pixel % TILE, Math.floor(pixel / TILE));
    if (kind === "glass") data.set([244, 243, 245], pixel * 4);
    else if (kind === "pale") data.set([226 - grain, 172 - grain, 198 - grain], pixel * 4);
    else if (isNucleus) data.set([96 + grain, 60 + grain, 130 + grain], pixel * 4);
    else data.set([214 - grain, 130 - grain, 176 - grain], pixel * 4);
  }
  return encodeRestartJpeg({ width: TILE, height: TILE, data }, { restartInterval: 0 }).bytes;
}

function place(levels: readonly Level[], start: number, isWrittenOut: boolean) {
  const known = new Map<Uint8Array, number>();
  const pieces: Uint8Array[] = [];
  let at = start;
  const offsets = levels.map(({ tiles }) =>
    tiles.map((tile) => {
      const before = isWrittenOut ? undefined : known.get(tile);
      if (before !== undefined) return before;
      const offset = at;
      known.set(tile, offset);
      pieces.push(tile);
      at += tile.length;
      return offset;
    }),
  );
  return { offsets, pieces };
}

/** TIFF field types. */
const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const LONG8 = 16;
const BYTES_OF: Readonly<Record<number, number>> = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [LONG8]: 8 };

type Field = readonly [tag: number, type: number, values: readonly number[]];

function fieldsOf({ width, height, tiles }: Level, offsets: readonly number[]): Field[] {
  const text = `Aperio Image Library v11.2.1\r\n${width}x${height} (${TILE}x${TILE}) JPEG Q=70|AppMag = 40|MPP = ${LARGE_SLIDE.mpp}\0`;
  return [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, [8, 8, 8]],
    [259, SHORT, [7]],
    [262, SHORT, [6]],
    [270, ASCII, [...Buffer.from(text, "latin1")]],
    [277, SHORT, [3]],
    [322, LONG, [TILE]],
    [323, LONG, [TILE]],
    [324, LONG8, offsets],
    [325, LONG, tiles.map(({ length }) => length)],
    [530, SHORT, [1, 1]],
  ];
}

function directoryBytes(level: Level): number {
  const fields = fieldsOf(
    level,
    level.tiles.map(() => 0),
  );
  return 16 + fields.length * 20 + fields.reduce((sum, field) => sum + outsideBytes(field), 0);
}

function outsideBytes([, type, values]: Field): number {
  const bytes = values.length * (BYTES_OF[type] ?? 0);
  return bytes <= 8 ? 0 : bytes + (bytes & 1);
}

function pyramidHeadBytes(levels: readonly Level[]): number {
  return 16 + levels.reduce((sum, level) => sum + directoryBytes(level), 0);
}

/** Header and directories of a little-endian BigTIFF, an Aperio one of `LARGE_SLIDE.mpp`; `offsets`: where the tiles lie. */
export function pyramidHead(
  levels: readonly Level[],
  offsets: readonly (readonly number[])[],
): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(pyramidHeadBytes(levels)));
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 43, true);
  view.setUint16(4, 8, true);
  view.setBigUint64(8, 16n, true);
  let start = 16;
  levels.forEach((level, i) => {
    const end = start + directoryBytes(level);
    writeDirectory(view, start, fieldsOf(level, offsets[i] ?? []), i === levels.length - 1 ? 0 : end);
    start = end;
  });
  return new Uint8Array(view.buffer);
}

function writeDirectory(view: DataView, start: number, fields: readonly Field[], next: number): void {
  view.setBigUint64(start, BigInt(fields.length), true);
  let at = start + 8;
  let outside = at + fields.length * 20 + 8;
  for (const field of fields) {
    const [tag, type, values] = field;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setBigUint64(at + 4, BigInt(values.length), true);
    if (outsideBytes(field) === 0) writeValues(view, at + 12, type, values);
    else {
      view.setBigUint64(at + 12, BigInt(outside), true);
      writeValues(view, outside, type, values);
      outside += outsideBytes(field);
    }
    at += 20;
  }
  view.setBigUint64(at, BigInt(next), true);
}

function writeValues(view: DataView, start: number, type: number, values: readonly number[]): void {
  values.forEach((value, i) => {
    const at = start + i * (BYTES_OF[type] ?? 0);
    if (type === ASCII) view.setUint8(at, value);
    else if (type === SHORT) view.setUint16(at, value, true);
    else if (type === LONG) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
  });
}
