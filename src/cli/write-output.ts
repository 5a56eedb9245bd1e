import { writeFile } from "node:fs/promises";
import { encode } from "fast-png";
import { AppError } from "../engine/base/errors.ts";
import type { RgbaImage } from "../engine/slide/types.ts";

/** Writes a file. Throws `cli/io`. */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("cli/io", `Expected to write ${path}, but it cannot be written (${why}).`, {}, { cause });
  }
}

/** Red, green and blue of an image as a PNG; alpha is left out. */
export function encodePng({ width, height, data }: RgbaImage): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let to = 0, from = 0; to < rgb.length; from += 4) {
    rgb[to++] = data[from]!;
    rgb[to++] = data[from + 1]!;
    rgb[to++] = data[from + 2]!;
  }
  return encode({ width, height, data: rgb, channels: 3, depth: 8 });
}
