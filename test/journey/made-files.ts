import { encode } from "fast-png";
import { seededRandom } from "../../src/engine/base/random.ts";
import { writeTiff } from "../../src/engine/slide/tiff/write-tiff.ts";

/** A file as Playwright's file inputs take it. */
export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A PNG with a pink, grainy field of tissue on white glass: enough for the tissue finder, nothing a pathologist would know. */
export function tissuePng(name: string, width: number, height: number): MadeFile {
  const bytes = encode({ width, height, data: tissuePixels(width, height, 7), channels: 3, depth: 8 });
  return { name, mimeType: "image/png", buffer: Buffer.from(bytes) };
}

/** The same as a slide that says its pixel size, um. Another seed is another slide. */
export function tissueTiff(name: string, width: number, height: number, mpp: number | null, seed = 7): MadeFile {
  const pixels = { kind: "rgb8", data: tissuePixels(width, height, seed) } as const;
  const bytes = writeTiff([{ width, height, pixels, ...(mpp === null ? {} : { mppX: mpp, mppY: mpp }) }]);
  return { name, mimeType: "image/tiff", buffer: Buffer.from(bytes) };
}

function tissuePixels(width: number, height: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const data = new Uint8Array(width * height * 3).fill(245);
  for (let y = Math.floor(height * 0.1); y < height * 0.9; y++) {
    for (let x = Math.floor(width * 0.1); x < width * 0.9; x++) {
      const isNucleus = random() < 0.25;
      const grain = Math.floor(random() * 24);
      const colour = isNucleus ? [96 + grain, 60 + grain, 130 + grain] : [214 - grain, 130 - grain, 176 - grain];
      data.set(colour, (y * width + x) * 3);
    }
  }
  return data;
}

export function textFile(name: string): MadeFile {
  return {
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from("This is a letter, not a slide.\n".repeat(40)),
  };
}

export function emptyFile(name: string): MadeFile {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.alloc(0) };
}

/** A grey TIFF of one strip; `isCyclic` lets its directory name itself as the next one. */
export function tinyTiff(name: string, width: number, height: number, isCyclic = false): MadeFile {
  const directory = 8;
  const entries: readonly (readonly [tag: number, value: number])[] = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, directory + 2 + 9 * 12 + 4],
    [277, 1],
    [278, height],
    [279, width * height],
  ];
  const buffer = Buffer.alloc(directory + 2 + entries.length * 12 + 4 + width * height, 128);
  buffer.write("II", 0, "latin1");
  buffer.writeUInt16LE(42, 2);
  buffer.writeUInt32LE(directory, 4);
  buffer.writeUInt16LE(entries.length, directory);
  entries.forEach(([tag, value], i) => {
    const at = directory + 2 + i * 12;
    buffer.writeUInt16LE(tag, at);
    buffer.writeUInt16LE(4, at + 2);
    buffer.writeUInt32LE(1, at + 4);
    buffer.writeUInt32LE(value, at + 8);
  });
  buffer.writeUInt32LE(isCyclic ? directory : 0, directory + 2 + entries.length * 12);
  return { name, mimeType: "image/tiff", buffer };
}
