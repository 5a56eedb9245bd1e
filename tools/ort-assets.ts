import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "fflate";
import { defaultClientConditions, type Plugin } from "vite";

/** What lies under `ort/`, as `src/engine/features/runtime-files.ts` asks for it: plain wasm, and two builds with WebGPU. */
const PLAIN = [
  "ort-wasm-simd-threaded.js",
  "ort-wasm-simd-threaded.wasm",
  "ort-wasm-simd-threaded.jspi.js",
  "ort-wasm-simd-threaded.jspi.wasm",
  "ort-wasm-simd-threaded.asyncify.js",
];
/** 26.8 MB as it is, over what some hosts take for one file; 7.0 MB packed. The ending is one that every server knows. */
const PACKED = "ort-wasm-simd-threaded.asyncify.wasm.bin";
const CACHE = fileURLToPath(new URL("../node_modules/.cache/palisade/", import.meta.url));
const REQUEST = /\/ort\/([\w.-]+)$/;

/**
 * Puts onnxruntime's files under `ort/` of the built page and of the development server, once each: the scripts as
 * .js, since not every server knows .mjs. The library's own builds that carry the files inline, or refer to them by themselves, are switched off.
 */
export function ortAssets(): Plugin {
  const folder = dirname(createRequire(import.meta.url).resolve("onnxruntime-web/wasm"));
  const read = (name: string) =>
    name === PACKED ? packed(folder) : readFile(join(folder, name.replace(/\.js$/, ".mjs")));
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

/**
 * By fflate and not by Node's zlib, whose bytes differ between versions: the same input shall give the same release. Takes
 * seconds, so the result stays under node_modules for the next build.
 */
async function packed(folder: string): Promise<Uint8Array> {
  const wasm = await readFile(join(folder, PACKED.replace(/\.bin$/, "")));
  const cached = join(CACHE, `${createHash("sha256").update(wasm).digest("hex")}.gz`);
  const kept = await readFile(cached).catch(() => null);
  if (kept) return kept;
  const bytes = gzipSync(wasm, { level: 6, mtime: 0 });
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${cached}.${process.pid}`, bytes);
  await rename(`${cached}.${process.pid}`, cached);
  return bytes;
}

function contentType(name: string): string {
  if (name.endsWith(".js")) return "text/javascript";
  return name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
}
