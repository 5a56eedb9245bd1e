import createJpegModule from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import { decode as decodePng } from "fast-png";
import { pixelChunks } from "./pictures/png-chunks.ts";
import { pngToRgba } from "./pictures/png-pixels.ts";
import type { ImageDecoders, RgbaImage } from "./types.ts";

export interface WasmDecoderOptions {
  /** Bytes of `@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm`; the engine cannot read files itself. Asked for once. */
  readonly loadJpegWasm: () => Promise<BufferSource>;
}

/** What mozjpeg's module offers; its own types lean on a global that no module imports. */
interface JpegModule {
  decode(
    bytes: Uint8Array,
    preserveOrientation: boolean,
  ): { data: Uint8ClampedArray; width: number; height: number } | null;
}

/**
 * Decoders that give the same pixels on every machine: libjpeg (mozjpeg as wasm) and fast-png. For Node, and as the
 * reference in tests. Streams must come from `normalizeJpeg`, whose Adobe marker tells libjpeg the colours.
 */
export function wasmDecoders(options: WasmDecoderOptions): ImageDecoders {
  let compiled: Promise<WebAssembly.Module> | null = null;
  let running: Promise<JpegModule> | null = null;

  async function start(): Promise<JpegModule> {
    compiled ??= options.loadJpegWasm().then((bytes) => WebAssembly.compile(bytes));
    const wasm = await compiled;
    const settings = {
      noInitialRun: true,
      // libjpeg's warnings about damaged data would go to the console.
      print: () => {},
      printErr: () => {},
      instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
        const instance = new WebAssembly.Instance(wasm, imports);
        done(instance);
        return instance.exports;
      },
    };
    // The declared type of the factory names a global namespace that is not there under isolated modules.
    return (await (createJpegModule as (settings: unknown) => Promise<unknown>)(settings)) as JpegModule;
  }

  async function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Promise<RgbaImage> {
    running ??= start();
    const module = await running;
    try {
      const decoded = module.decode(bytes, false);
      if (!decoded) throw new RangeError("libjpeg gave no picture");
      return { width: decoded.width, height: decoded.height, data: new Uint8ClampedArray(decoded.data) };
    } catch (error) {
      // libjpeg leaves by exit() when data is beyond repair; the instance must not be used again.
      running = null;
      throw error;
    }
  }

  return {
    decodeJpeg,
    async decodeImageFile(bytes, type) {
      return type === "jpeg" ? await decodeJpeg(bytes) : pngToRgba(decodePng(pixelChunks(bytes)));
    },
  };
}
