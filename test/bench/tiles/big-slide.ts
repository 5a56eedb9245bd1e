import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { type TiffImage, writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { type RgbaTile, startJpegEncoder, type TileEncoder } from "../../../tools/demo-slide/jpeg.ts";

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

/** Pink ground with fibres and purple nuclei, and the grain of a camera. */
export function tissueTile(seed: number): RgbaTile {
  const random = seededRandom(seed);
  const nuclei = Array.from({ length: 40 }, () => ({
    x: random() * TILE,
    y: random() * TILE,
    radius: 4 + random() * 7,
  }));
  const [slant, phase] = [random() * 3, random() * 6];
  const data = new Uint8ClampedArray(TILE * TILE * 4);
  for (let y = 0, at = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++, at += 4) {
      const fibre = Math.sin((x + slant * y) / 9 + phase) * 10 + Math.sin((x - y) / 23 + phase) * 8;
      const isNucleus = nuclei.some((one) => (one.x - x) ** 2 + (one.y - y) ** 2 < one.radius ** 2);
      const grain = (random() - 0.5) * 14;
      const [red, green, blue] = isNucleus ? [110, 70, 140] : [222, 160, 195];
      data[at] = red + fibre + grain;
      data[at + 1] = green + fibre + grain;
      data[at + 2] = blue + fibre / 2 + grain;
      data[at + 3] = 255;
    }
  }
  return { width: TILE, height: TILE, data };
}
