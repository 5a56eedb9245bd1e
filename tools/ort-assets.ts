import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { defaultClientConditions, type Plugin } from "vite";

/** The two builds of onnxruntime-web in use: plain wasm, and the one with WebGPU. */
const BUILDS = ["ort-wasm-simd-threaded", "ort-wasm-simd-threaded.asyncify"];
const FILES = BUILDS.flatMap((build) => [`${build}.mjs`, `${build}.wasm`]);
const REQUEST = /\/ort\/([\w.-]+)$/;

/**
 * Puts onnxruntime's .wasm and .mjs files under `ort/` of the built page and of the development server, unchanged and once.
 * The library's own builds that carry the files inline, or refer to them by themselves, are switched off.
 */
export function ortAssets(): Plugin {
  const folder = dirname(createRequire(import.meta.url).resolve("onnxruntime-web/wasm"));
  return {
    name: "palisade:ort-assets",
    config: () => ({
      resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
      optimizeDeps: { exclude: ["onnxruntime-web"] },
    }),
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const name = REQUEST.exec((request.url ?? "").split("?")[0] ?? "")?.[1];
        if (name === undefined || !FILES.includes(name)) return next();
        const path = join(folder, name);
        response.setHeader("Content-Type", name.endsWith(".mjs") ? "text/javascript" : "application/wasm");
        response.setHeader("Content-Length", (await stat(path)).size);
        createReadStream(path).pipe(response);
      });
    },
    async generateBundle() {
      if (this.environment.name !== "client") return;
      for (const name of FILES) {
        this.emitFile({ type: "asset", fileName: `ort/${name}`, source: await readFile(join(folder, name)) });
      }
    },
  };
}
