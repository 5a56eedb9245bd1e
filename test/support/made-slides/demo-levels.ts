import { readFile } from "node:fs/promises";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";

const DEMO = new URL("../../../public/demo/synthetic-gbm.tif", import.meta.url);
export const DEMO_MPP = 2;
export const DEMO_TILE = 256;

export interface DemoLevel {
  readonly width: number;
  readonly height: number;
  /** JPEG streams in row order, and where they lie in the file. */
  readonly tiles: readonly { readonly at: number; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export function readDemo(): Promise<Buffer<ArrayBuffer>> {
  return readFile(DEMO);
}

/** The levels of the demo slide, a little-endian TIFF with 32-bit offsets, from `DEMO_MPP` on, each half the one before. */
export function demoLevels(demo: Buffer<ArrayBuffer>): DemoLevel[] {
  const levels: DemoLevel[] = [];
  for (let at = demo.readUInt32LE(4); at !== 0; ) {
    const count = demo.readUInt16LE(at);
    const tags = new Map(Array.from({ length: count }, (_, i) => readLongs(demo, at + 2 + 12 * i)));
    const lengths = tags.get(325) ?? [];
    levels.push({
      width: tags.get(256)?.[0] ?? 0,
      height: tags.get(257)?.[0] ?? 0,
      tiles: (tags.get(324) ?? []).map((start, i) => ({
        at: start,
        bytes: demo.subarray(start, start + (lengths[i] ?? 0)),
      })),
    });
    at = demo.readUInt32LE(at + 2 + 12 * count);
  }
  return levels;
}

/** Some tiles of the demo slide's second level as a slide of its own. `col`, `row`: of its first tile. */
export function demoPiece(
  demo: Buffer<ArrayBuffer>,
  {
    col,
    row,
    cols,
    rows,
  }: { readonly col: number; readonly row: number; readonly cols: number; readonly rows: number },
): Buffer {
  const level = demoLevels(demo)[1];
  const across = Math.ceil((level?.width ?? 0) / DEMO_TILE);
  const tiles = Array.from({ length: cols * rows }, (_, i) => {
    const tile = level?.tiles[(row + Math.floor(i / cols)) * across + col + (i % cols)];
    return tile?.bytes ?? new Uint8Array();
  });
  const mpp = 2 * DEMO_MPP;
  const bytes = writeTiff([
    {
      width: cols * DEMO_TILE,
      height: rows * DEMO_TILE,
      tileWidth: DEMO_TILE,
      tileHeight: DEMO_TILE,
      pixels: { kind: "jpeg", tiles, colour: "ycbcr" },
      mppX: mpp,
      mppY: mpp,
    },
  ]);
  return Buffer.from(bytes);
}

/** Tag and values of an entry; of other types than 32-bit numbers whatever stands there. */
function readLongs(demo: Buffer, entry: number): readonly [tag: number, values: readonly number[]] {
  const isLong = demo.readUInt16LE(entry + 2) === 4;
  const length = isLong ? demo.readUInt32LE(entry + 4) : 0;
  const start = length === 1 ? entry + 8 : demo.readUInt32LE(entry + 8);
  return [demo.readUInt16LE(entry), Array.from({ length }, (_, i) => demo.readUInt32LE(start + 4 * i))];
}
