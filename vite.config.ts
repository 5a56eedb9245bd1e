import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { chromiumFlags, findChromium } from "./test/support/find-chromium.ts";
import { fuzzCommands } from "./test/support/fuzz-commands.ts";
import { makeLaunchesPatient } from "./test/support/patient-launch.ts";
import { PlainReporter } from "./test/support/plain-reporter.ts";
import { readSharedSlide } from "./test/support/shared-slide-command.ts";
import { offlineBuild } from "./tools/offline/plugin.ts";
import { ortAssets } from "./tools/ort-assets.ts";
import { ORIGINS_VARIABLE, pagePolicy, parseSlideOrigins } from "./tools/page-policy.ts";

export default defineConfig(
  async ({ mode }): Promise<ViteUserConfig> => ({
    base: "./",
    worker: { format: "es" },
    plugins: [ortAssets(), pagePolicy(parseSlideOrigins(process.env[ORIGINS_VARIABLE])), offlineBuild()],
    optimizeDeps: {
      // Known beforehand, so that the first cold test run in a browser does not reload half way.
      include: [
        "@cornerstonejs/codec-openjpeg/decodewasmjs",
        "@jsquash/avif/codec/dec/avif_dec.js",
        "@jsquash/jpeg/codec/dec/mozjpeg_dec.js",
        "@jsquash/jxl/codec/dec/jxl_dec.js",
        "@jsquash/webp/codec/dec/webp_dec.js",
        "comlink",
        "fast-png",
        "fflate",
        "geotiff",
        "idb",
        "lerc",
        "openseadragon",
        "preact",
        "@preact/signals",
        "@jsquash/jpeg/encode.js",
        "zstddec/stream",
      ],
    },
    build: { target: "es2023", chunkSizeWarningLimit: 1200 },
    preview: { port: 4173, strictPort: false },
    ...(mode === "test" ? { test: await testOptions() } : {}),
  }),
);

async function testOptions(): Promise<NonNullable<ViteUserConfig["test"]>> {
  const chromium = await findChromium();
  makeLaunchesPatient();
  return {
    reporters: ["default", new PlainReporter()],
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["test/unit/**/*.test.ts"], environment: "node", testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: chromium.executablePath,
                args: [...chromiumFlags({ webgpu: true }), ...chromium.args],
              },
            }),
            instances: [{ browser: "chromium" }],
            commands: { readSharedSlide, ...fuzzCommands },
          },
        },
      },
      {
        extends: true,
        test: {
          name: "journey",
          // After the others: a page that waits for its workers is no test of how busy the machine is.
          sequence: { groupOrder: 1 },
          include: ["test/journey/**/*.test.ts"],
          environment: "node",
          // A second is too short for what a busy machine draws; nothing is judged by it.
          expect: { poll: { timeout: 15_000 } },
          globalSetup: ["test/support/serve-built-page.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  };
}
