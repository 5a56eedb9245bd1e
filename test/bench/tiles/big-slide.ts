import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { type TiffImage, writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { startJpegEncoder, type TileEncoder } from "../../../tools/demo-slide/jpeg.ts";
import { tissueTile } from "../../support/made-slides/tissue-tile.ts";

const EDGE = 20_000;
const TILE = 256;
const QUALITY = 80;
/** Different tiles of one level; each stands many times in the file, at places of its own. */
const PICTURES = 48;

/**
 * A BigTIFF of 20,000 x 20,000 pixels with levels of 1/2 to 1/64, JPEG tiles of 256 x 256 (baseline, chroma halved both ways) that
 * look and weigh like stained tissue. The same bytes on every machine. Written once into the folder for temporary files.
 */
export async function bigSlidePath(): Promise<string> {
  const path = join(tmpdir(), `palisade-bench-${EDGE}.tif`);
  if (existsSync(path)) return path;
  const encode = await startJpegEncoder(QUALITY);
  const levels: TiffImage[] = [];
  for (let edge = EDGE; edge >= 300; edge = Math.ceil(edge / 2)) {
    levels.push(await makeLevel(edge, levels.length, encode));
  }
  const part = `${path}.part`;
  await writeFile(part, writeTiff(levels, { isBig: true }));
  await rename(part, path);
  return path;
}

async function makeLevel(edge: number, level: number, encode: TileEncoder): Promise<TiffImage> {
  const pictures: Uint8Array<ArrayBuffer>[] = [];
  for (let i = 0; i < PICTURES; i++) pictures.push(await encode(tissueTile(level * PICTURES + i + 1)));
  const count = Math.ceil(edge / TILE) ** 2;
  const random = seededRandom(level + 1);
  const tiles = Array.from({ length: count }, () => pictures[Math.floor(random() * PICTURES)]!);
  return { width: edge, height: edge, pixels: { kind: "jpeg", tiles, colour: "ycbcr" } };
}
