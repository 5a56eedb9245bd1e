import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { classificationCard } from "../../engine/classification-training/card.ts";
import { type ClassificationConfig, parseClassificationConfig } from "../../engine/classification-training/config.ts";
import type { RecordedClassification } from "../../engine/classification-training/figures.ts";
import type { LabelledImage } from "../../engine/classification-training/labelled-image.ts";
import { trainClassification } from "../../engine/classification-training/train-classification.ts";
import { nodeBackend } from "../../engine/features/backend-node.ts";
import { writePack } from "../../engine/modelpack/write.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, requiredOption } from "../args.ts";
import { readClassificationTable, type TableImage } from "../classification-table.ts";
import { openStainedFile } from "../open-slide.ts";
import { makeFolder } from "../output-folder.ts";
import { checkSharedBackbone, quoted, withoutCache, writePackFiles } from "../pack-output.ts";
import { imageBagStores } from "../row-store.ts";
import { checkNoMore } from "../task.ts";
import { readBytes, readJson } from "./train-setup.ts";

export const CLASSIFICATION_USAGE = `palisade train classification --table CSV [--config FILE] [--cache DIR] --out DIR
  Trains a pack that tells whole images or slides apart. The table has the columns image (path, relative to the table), label,
  group (patient or slide; never in two folds) and, for images without a pixel size of their own, mpp (micrometres per pixel).
  --cache: a folder where the patches' features are kept, so that an interrupted or repeated training goes on from there.`;

const SHIPPED_BACKBONE = fileURLToPath(new URL("../../../public/models/efficientnet-lite0/last.onnx", import.meta.url));

/** Throws `cli/usage`, `cli/io`, `training/bad-data`, `training/bad-config`, and as `trainClassification`. */
export async function trainClassificationPack(args: string[]): Promise<void> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseCommandArgs(
    args,
    { table: text, config: text, cache: text, out: text },
    CLASSIFICATION_USAGE,
  );
  checkNoMore(positionals);
  const table = await readClassificationTable(requiredOption(values.table, "table", CLASSIFICATION_USAGE));
  const out = requiredOption(values.out, "out", CLASSIFICATION_USAGE);
  const config = parseClassificationConfig(values.config === undefined ? {} : await readJson(values.config));
  const backboneBytes = await readClassificationBackbone(config, values.config);
  await checkSharedBackbone(config.backbone.file, backboneBytes, out);
  await makeFolder(out);
  const { cache } = values;
  if (cache !== undefined) await makeFolder(cache);
  const images = table.map(async (line) => {
    if (cache === undefined) return labelledImage(line);
    const storeFor = await imageBagStores(cache, config.backbone, backboneBytes, line.path);
    return { ...labelledImage(line), storeFor };
  });
  const trained = await trainClassification(
    {
      images: await Promise.all(images),
      config,
      backboneBytes,
      backend: await nodeBackend(),
      command: ["palisade train classification", ...withoutCache(args).map(quoted)].join(" "),
      appVersion: await appVersion(),
    },
    { onStep: (step) => process.stderr.write(`${step}\n`) },
  );
  const files = await writePack(trained.pack, backboneBytes);
  files.set("CARD.md", new TextEncoder().encode(classificationCard(trained, config)));
  await writePackFiles(out, files);
  console.log(`${trained.pack.name}: ${describe(trained.figures)}; written to ${out}`);
}

export function labelledImage({ shortName: name, path, label, group, mpp }: TableImage): LabelledImage {
  const pixelSize = mpp === null ? null : ({ mppX: mpp, mppY: mpp, origin: "assumed" } as const);
  return { name, label, group, pixelSize, openSlide: () => openStainedFile(path) };
}

/** The network that a training file names; without one, the shipped last layer. Throws `cli/io`. */
export function readClassificationBackbone({ backbone }: ClassificationConfig, configPath: string | undefined) {
  const path = backbone.path === "" ? SHIPPED_BACKBONE : resolve(dirname(configPath ?? "."), backbone.path);
  return readBytes(path, "the network");
}

function describe({ auc, balancedAccuracy, images }: RecordedClassification): string {
  const area = auc === null ? "" : `AUC ${auc.toFixed(3)}, `;
  return `cross-validated ${area}balanced accuracy ${balancedAccuracy.toFixed(3)} (${images.length} images)`;
}
