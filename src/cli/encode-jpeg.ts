import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import encode, { init } from "@jsquash/jpeg/encode.js";
import type { RgbaImage } from "../engine/slide/types.ts";

const QUALITY = 85;

let started: Promise<void> | null = null;

/** A baseline JPEG by mozjpeg's wasm. The same pixels give the same bytes. */
export async function encodeJpeg({ width, height, data }: RgbaImage): Promise<Uint8Array<ArrayBuffer>> {
  started ??= start();
  await started;
  const picture = { width, height, data, colorSpace: "srgb" } as const;
  return new Uint8Array(await encode(picture, { quality: QUALITY, baseline: true, progressive: false }));
}

async function start(): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm");
  // The package types `init` for emscripten's options alone; at run time it takes a compiled module first.
  const startModule = init as unknown as (module: WebAssembly.Module) => Promise<void>;
  await startModule(await WebAssembly.compile(await readFile(wasm)));
}
