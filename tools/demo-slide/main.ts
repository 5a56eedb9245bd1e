import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { encode as encodePng } from "fast-png";
import { startJpegEncoder } from "./jpeg.ts";
import { buildScene } from "./scene.ts";
import { renderSection, writeDemoSlide } from "./slide-file.ts";
import { knownNecrosis, type Truth } from "./truth.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: fileURLToPath(new URL("../../public/demo", import.meta.url)) },
    seed: { type: "string", default: "7" },
    quality: { type: "string", default: "76" },
  },
});

const scene = buildScene(Number(values.seed));
const section = renderSection(scene, (rowsDone) => process.stderr.write(`\r${rowsDone} of ${scene.height0} rows`));
process.stderr.write("\n");
const file = await writeDemoSlide(scene, section, await startJpegEncoder(Number(values.quality)));
const truth = knownNecrosis(scene);
await mkdir(values.out, { recursive: true });
await writeFile(resolve(values.out, "synthetic-gbm.tif"), file);
await writeFile(resolve(values.out, "synthetic-gbm-truth.png"), truthPng(truth));
process.stdout.write(`${(file.length / 1e6).toFixed(2)} MB, ${summaryOf(truth)}\n`);

/** 255 necrosis, 0 anything else. */
function truthPng({ cols, rows, necrosis }: Truth): Uint8Array {
  return encodePng({ width: cols, height: rows, channels: 1, depth: 8, data: necrosis.map((value) => 255 * value) });
}

function summaryOf({ necrosis, tissue, downsample }: Truth): string {
  const dead = necrosis.reduce((sum, value) => sum + value, 0);
  const all = tissue.reduce((sum, value) => sum + value, 0);
  const cellMm2 = (downsample * scene.mpp * 1e-3) ** 2;
  return `necrosis ${(dead * cellMm2).toFixed(2)} mm2 of ${(all * cellMm2).toFixed(2)} mm2 tissue (${((100 * dead) / all).toFixed(1)} %)`;
}
