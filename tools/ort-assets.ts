import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "fflate";
import { defaultClientConditions, type Plugin } from "vite";

/** What lies under `ort/`, as `src/engine/features/runtime-files.ts` asks for it: plain wasm, and two builds with WebGPU. */
const PLAIN = [
  "ort-wasm-simd-threaded.mjs",
  "ort-wasm-simd-threaded.wasm",
  "ort-wasm-simd-threaded.jspi.mjs",
  "ort-wasm-simd-threaded.jspi.wasm",
  "ort-wasm-simd-threaded.asyncify.mjs",
];
/** 26.8 MB as it is, over what some hosts take for one file; 7.0 MB packed. The ending is one that every server knows. */
const PACKED = "ort-wasm-simd-threaded.asyncify.wasm.bin";
const REQUEST = /\/ort\/([\w.-]+)$/;

/**
 * Puts onnxruntime's files under `ort/` of the built page and of the development server, once each. The library's own builds
 * that carry the files inline, or refer to them by themselves, are switched off.
 */
export function ortAssets(): Plugin {
  const folder = dirname(createRequire(import.meta.url).resolve("onnxruntime-web/wasm"));
  const read = (name: string) => (name === PACKED ? packed(folder) : readFile(join(folder, name)));
  const names = [...PLAIN, PACKED];
  return {
    name: "palisade:ort-assets",
    config: () => ({
      resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
      optimizeDeps: { exclude: ["onnxruntime-web"] },
    }),
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const name = REQUEST.exec((request.url ?? "").split("?")[0] ?? "")?.[1];
        if (name === undefined || !names.includes(name)) return next();
        response.setHeader("Content-Type", contentType(name));
        response.end(await read(name));
      });
    },
    async generateBundle() {
      if (this.environment.name !== "client") return;
      for (const name of names) this.emitFile({ type: "asset", fileName: `ort/${name}`, source: await read(name) });
    },
  };
}

let kept: Uint8Array | null = null;

/** By fflate and not by Node's zlib, whose bytes differ between versions: the same input shall give the same release. */
async function packed(folder: string): Promise<Uint8Array> {
  kept ??= gzipSync(await readFile(join(folder, PACKED.replace(/\.bin$/, ""))), { level: 6, mtime: 0 });
  return kept;
}

function contentType(name: string): string {
  if (name.endsWith(".mjs")) return "text/javascript";
  return name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
}
