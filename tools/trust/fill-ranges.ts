/**
 * Measures a pack's training images and writes how they vary into its pack.json (`reference.ranges`), without training anew: nothing else in
 * it changes.
 *
 *     node --import tsx tools/trust/fill-ranges.ts PACK_FOLDER IMAGE_FOLDER GROUP_REGEX
 *
 * The images are those that the pack names in its training record; the first group of GROUP_REGEX in an image's name is held out with it.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { openSlideFile } from "../../src/cli/open-slide.ts";
import { openPack } from "../../src/cli/pack-files.ts";
import { prettyJson } from "../../src/engine/modelpack/pretty-json.ts";
import type { ModelPack } from "../../src/engine/modelpack/types.ts";
import { type MeasuredImage, measureImage, openSessionOf } from "./measured-image.ts";
import { rangesOf } from "./ranges.ts";

const [packFolder, imageFolder, groups] = process.argv.slice(2);
if (!packFolder || !imageFolder || !groups) {
  throw new Error("Expected a pack's folder, its images' folder and a pattern for groups.");
}
const loaded = await openPack(packFolder);
const { pack } = loaded;
if (!pack.reference) throw new Error(`${pack.id} has no reference statistics; train it anew.`);
const session = await openSessionOf(loaded);
const mpp = imageMpp(pack);
const files = new Map((await readdir(imageFolder)).map((file) => [parse(file).name, join(imageFolder, file)]));
const images: MeasuredImage[] = [];
for (const name of imageNames(pack)) {
  const path = files.get(name);
  if (path === undefined) throw new Error(`${pack.id} was trained on ${name}, which ${imageFolder} lacks.`);
  const slide = await openSlideFile(path);
  const found = await measureImage(slide, { mppX: mpp, mppY: mpp, origin: "assumed" }, { pack, session });
  slide.close();
  images.push({ name, group: new RegExp(groups).exec(name)?.[1] ?? name, ...found });
  process.stderr.write(`\r${images.length} images `);
}
await session.close();
const path = join(packFolder, "pack.json");
const manifest = JSON.parse(await readFile(path, "utf8"));
manifest.reference.ranges = rangesOf(images, pack.reference);
await writeFile(path, `${prettyJson(manifest)}\n`);
process.stderr.write(`\n${prettyJson(manifest.reference.ranges)}\n`);

function imageNames({ training }: ModelPack): string[] {
  const names = training.settings["images"];
  if (!Array.isArray(names)) throw new Error("Expected the training record to name its images.");
  return names.map(String);
}

function imageMpp({ training }: ModelPack): number {
  return Number(training.settings["mpp"] ?? training.settings["imageMpp"]);
}
