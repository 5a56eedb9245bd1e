import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import type { PrecacheFile } from "../../src/service-worker/protocol.ts";
import { cleanCommit, describeFile, listFiles, type Release, withGroup } from "./release-list.ts";

const SERVICE_WORKER = "sw.js";
const RELEASE = "release.json";

/**
 * Makes the page installable and able to work offline: the web manifest, `release.json` with the hash of every file, and the
 * service worker with the same list in it. The page registers the worker itself and asks before a new one takes over.
 */
export function offlineBuild(): Plugin[] {
  let files: readonly PrecacheFile[] = [];
  return VitePWA({
    registerType: "prompt",
    strategies: "injectManifest",
    srcDir: "src/service-worker",
    filename: "sw.ts",
    injectRegister: false,
    includeManifestIcons: false,
    // The list comes by `define`, with hashes that the worker can check.
    injectManifest: { injectionPoint: undefined as never, rollupFormat: "iife", sourcemap: false },
    integration: {
      async beforeBuildServiceWorker({ swDest }) {
        files = await describeBuild(dirname(swDest));
      },
      configureCustomSWViteBuild(config) {
        config.define = { ...config.define, __PALISADE_FILES__: JSON.stringify(files) };
        config.logLevel = "warn";
      },
    },
    manifest: {
      name: "Palisade",
      short_name: "Palisade",
      description:
        "Necrosis confidence maps of whole-slide images, computed inside the page. Research use only. Not a medical device.",
      start_url: "./",
      scope: "./",
      display: "standalone",
      background_color: "#18191b",
      theme_color: "#1d1e20",
      lang: "en",
      categories: ["medical", "science", "utilities"],
      icons: [
        { src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
        { src: "icons/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
        { src: "icons/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
        { src: "icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      ],
    },
  });
}

/** Writes release.json; returns all that the service worker keeps. */
async function describeBuild(folder: string): Promise<readonly PrecacheFile[]> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { readonly version: string };
  const files = await listFiles(folder, (path) => path === SERVICE_WORKER || path === RELEASE);
  const release: Release = { format: "palisade-release", version, commit: cleanCommit(root), files };
  const text = `${JSON.stringify(release, null, 1)}\n`;
  await writeFile(join(folder, RELEASE), text);
  return [...files, describeFile(RELEASE, Buffer.from(text))].map(withGroup);
}
