import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import encode, { init } from "@jsquash/jpeg/encode.js";
import type { RgbPixels } from "./stain.ts";

/** Encodes one tile as a baseline JPEG with its own tables. */
export type TileEncoder = (tile: RgbaTile) => Promise<Uint8Array<ArrayBuffer>>;

/** Row-major red, green, blue, alpha bytes. */
export interface RgbaTile {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Starts mozjpeg's wasm in Node from the package's own file; `quality` 1 to 100, YCbCr with chroma halved both ways. */
export async function startJpegEncoder(quality: number): Promise<TileEncoder> {
  const wasm = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm");
  // The package types `init` for emscripten's options alone; at run time it takes a compiled module first.
  const start = init as unknown as (module: WebAssembly.Module) => Promise<void>;
  await start(await WebAssembly.compile(await readFile(wasm)));
  return async ({ width, height, data }) => {
    const picture = { width, height, data, colorSpace: "srgb" } as const;
    return new Uint8Array(
      await encode(picture, { quality, baseline: true, progressive: false, auto_subsample: false }),
    );
  };
}

/** The tile at a place, full size; beyond the picture's edge its last pixels repeat. */
export function cutTile(picture: RgbPixels, col: number, row: number, tileSize: number): RgbaTile {
  const data = new Uint8ClampedArray(tileSize * tileSize * 4);
  for (let y = 0, to = 0; y < tileSize; y++) {
    const fromRow = Math.min(picture.height - 1, row * tileSize + y) * picture.width;
    for (let x = 0; x < tileSize; x++, to += 4) {
      const from = (fromRow + Math.min(picture.width - 1, col * tileSize + x)) * 3;
      data[to] = picture.data[from]!;
      data[to + 1] = picture.data[from + 1]!;
      data[to + 2] = picture.data[from + 2]!;
      data[to + 3] = 255;
    }
  }
  return { width: tileSize, height: tileSize, data };
}
