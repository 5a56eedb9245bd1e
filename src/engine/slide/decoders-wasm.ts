import { decode as decodePng } from "fast-png";
import { wasmCodecs } from "./codecs/wasm-codecs.ts";
import { type WasmFiles, wasmRunner } from "./codecs/wasm-module.ts";
import { type PictureModule, pictureOf } from "./codecs/webp.ts";
import { pixelChunks } from "./pictures/png-chunks.ts";
import { pngToRgba } from "./pictures/png-pixels.ts";
import { layOverWhite } from "./pixels.ts";
import type { ImageDecoders, RgbaImage } from "./types.ts";

interface JpegModule {
  decode(bytes: Uint8Array, preserveOrientation: boolean): ReturnType<PictureModule["decode"]>;
}

interface AvifModule {
  decode(bytes: Uint8Array, bits: 8): ReturnType<PictureModule["decode"]>;
}

/**
 * Decoders that give the same pixels on every machine: libjpeg (mozjpeg), libwebp and libavif as wasm, and fast-png. For
 * Node, and as the reference in tests. JPEG streams must come from `normalizeJpeg`, whose Adobe marker tells libjpeg the
 * colours.
 */
export function wasmDecoders(files: WasmFiles): ImageDecoders {
  const runJpeg = wasmRunner<JpegModule>(
    async () => (await import("@jsquash/jpeg/codec/dec/mozjpeg_dec.js")).default,
    () => files.read("jpeg"),
  );
  const runAvif = wasmRunner<AvifModule>(
    async () => (await import("@jsquash/avif/codec/dec/avif_dec.js")).default,
    () => files.read("avif"),
  );
  const codecs = wasmCodecs(files);

  async function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Promise<RgbaImage> {
    return await runJpeg((module) => pictureOf(module.decode(bytes, false)));
  }

  return {
    ...codecs,
    decodeJpeg,
    async decodeImageFile(bytes, type) {
      switch (type) {
        case "jpeg":
          return await decodeJpeg(bytes);
        case "png":
          return pngToRgba(decodePng(pixelChunks(bytes)));
        case "webp":
          return layOverWhite(await codecs.decodeWebp(bytes));
        case "avif":
          return layOverWhite(await runAvif((module) => pictureOf(module.decode(bytes, 8))));
      }
    },
  };
}
