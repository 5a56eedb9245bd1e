import { encode } from "fast-png";
import { seededRandom } from "../../src/engine/base/random.ts";

/** A file as Playwright's file inputs take it. */
export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A PNG with a pink, grainy field of tissue on white glass: enough for the tissue finder, nothing a pathologist would know. */
export function tissuePng(name: string, width: number, height: number): MadeFile {
  const random = seededRandom(7);
  const data = new Uint8Array(width * height * 3).fill(245);
  for (let y = Math.floor(height * 0.1); y < height * 0.9; y++) {
    for (let x = Math.floor(width * 0.1); x < width * 0.9; x++) {
      const isNucleus = random() < 0.25;
      const grain = Math.floor(random() * 24);
      const colour = isNucleus ? [96 + grain, 60 + grain, 130 + grain] : [214 - grain, 130 - grain, 176 - grain];
      data.set(colour, (y * width + x) * 3);
    }
  }
  const bytes = encode({ width, height, data, channels: 3, depth: 8 });
  return { name, mimeType: "image/png", buffer: Buffer.from(bytes) };
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
