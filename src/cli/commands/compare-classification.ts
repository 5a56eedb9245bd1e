import { join } from "node:path";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { parseClassificationConfig } from "../../engine/classification-training/config.ts";
import type { RecordedClassification } from "../../engine/classification-training/figures.ts";
import {
  CLASSIFICATION_METHODS,
  type ClassificationMethod,
  openClassificationStudy,
} from "../../engine/comparators/compare-classification.ts";
import { nodeBackend } from "../../engine/features/backend-node.ts";
import { rounded } from "../../engine/training/figures.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, requiredOption } from "../args.ts";
import { readClassificationTable } from "../classification-table.ts";
import { csvLine } from "../csv-line.ts";
import { parseMethods } from "../method-list.ts";
import { makeFolder } from "../output-folder.ts";
import { checkNoMore } from "../task.ts";
import { writeOutput } from "../write-output.ts";
import { labelledImage, readClassificationBackbone } from "./train-classification.ts";
import { readJson } from "./train-setup.ts";

export const COMPARE_CLASSIFICATION_USAGE = `palisade compare classification --table CSV [--methods ${CLASSIFICATION_METHODS.join(",")}] [--config FILE] --out DIR [--json]
  Cross-validates several methods on the same images, folds and scoring (see train): mcil (multiple clustered instances), image-level
  (the whole image as one patch), svm-mf (SVM on manual features), svm-cnn (the method itself). Writes decisions.csv and compare.json.`;

interface TimedFigures extends RecordedClassification {
  readonly method: ClassificationMethod;
  readonly seconds: number;
}

export async function compareClassificationMethods(args: string[]): Promise<void> {
  const text = { type: "string" } as const;
  const options = { table: text, methods: text, config: text, out: text, json: { type: "boolean" } } as const;
  const { values, positionals } = parseCommandArgs(args, options, COMPARE_CLASSIFICATION_USAGE);
  checkNoMore(positionals);
  const methods = parseMethods(values.methods, CLASSIFICATION_METHODS);
  const table = await readClassificationTable(requiredOption(values.table, "table", COMPARE_CLASSIFICATION_USAGE));
  const out = requiredOption(values.out, "out", COMPARE_CLASSIFICATION_USAGE);
  const config = parseClassificationConfig(values.config === undefined ? {} : await readJson(values.config));
  const backboneBytes = await readClassificationBackbone(config, values.config);
  await makeFolder(out);
  const onStep = (step: string) => process.stderr.write(`${step}\n`);
  const backend = await nodeBackend();
  const images = table.map(labelledImage);
  const study = await openClassificationStudy({ images, config, backboneBytes, backend, onStep });
  const found: TimedFigures[] = [];
  try {
    for (const method of methods) {
      const started = performance.now();
      const figures = await study.run(method);
      found.push({ method, seconds: rounded((performance.now() - started) / 1000, 1), ...figures });
      onStep(summary(found.at(-1)!));
    }
  } finally {
    await study.close();
  }
  const report = {
    classes: study.classes,
    methods: found,
    settings: { config },
    appVersion: await appVersion(),
    notes: [RESEARCH_USE_NOTICE],
  };
  const json = JSON.stringify(report, null, 2);
  await writeOutput(join(out, "compare.json"), `${json}\n`);
  await writeOutput(join(out, "decisions.csv"), decisionsCsv(found));
  if (values.json) console.log(json);
  else for (const figures of found) console.log(summary(figures));
}

/** A row per image: label, then what each method said. */
function decisionsCsv(found: readonly TimedFigures[]): string {
  const header = ["image", "group", "fold", "label"];
  for (const { method } of found) header.push(`${method}_predicted`, `${method}_decision`);
  const rows = (found[0]?.images ?? []).map(({ name, group, fold, label }, index) => [
    name,
    group,
    fold,
    label,
    ...found.flatMap(({ images }) => [images[index]!.predicted, images[index]!.decision]),
  ]);
  return `${[header, ...rows].map(csvLine).join("\n")}\n`;
}

function summary({ method, seconds, auc, accuracy, balancedAccuracy, intervals, images }: TimedFigures): string {
  const { low, high } = intervals.auc;
  const ends = low === null || high === null ? "" : ` (${low.toFixed(3)} to ${high.toFixed(3)})`;
  const area = auc === null ? "" : `AUC ${auc.toFixed(3)}${ends}, `;
  const shares = `accuracy ${(accuracy * 100).toFixed(1)} %, balanced ${(balancedAccuracy * 100).toFixed(1)} %`;
  return `${method}: ${Math.round(seconds)} s, ${area}${shares} of ${images.length} images`;
}
