import { join } from "node:path";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { checkClassificationPack } from "../../engine/classification/predict.ts";
import { classificationRecord } from "../../engine/classification/record.ts";
import type { Backend } from "../../engine/features/types.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import { RESULT_EXTENSION } from "../../engine/resultfile/format.ts";
import { appVersion } from "../app-version.ts";
import { numberOption, parseCommandArgs, requiredOption, usageError } from "../args.ts";
import { assumedPixelSize, classifyHere } from "../classified-slide.ts";
import type { Command } from "../command.ts";
import { errorLine, oneLine } from "../error-line.ts";
import { hashFile } from "../file-hash.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { makeFolder } from "../output-folder.ts";
import { OutputNames } from "../output-names.ts";
import { openPack } from "../pack-files.ts";
import { ProgressLine } from "../progress-line.ts";
import { type ResultFileOptions, resultFileOf } from "../result-output.ts";
import { trustHere, trustWarnings } from "../trust-here.ts";
import { writeOutput } from "../write-output.ts";

const USAGE = `palisade classify SLIDE... --pack PACK [--mpp N] [--out DIR [--with-name] [--with-overview]] [--json]
  The class of each slide, its decision and confidence, and the patches that spoke most for it and against it.
  With --out, each slide's result file (NAME.palisade), too.`;

/** Where result files go, and what of the slide goes into them. */
interface Output extends ResultFileOptions {
  readonly folder: string;
  readonly names: OutputNames;
}

/** Goes on after a slide that fails. */
export const classify: Command = {
  usage: USAGE,
  async run(args) {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    const options = { pack: text, mpp: text, out: text, "with-name": flag, "with-overview": flag, json: flag };
    const { values, positionals } = parseCommandArgs(args, options, USAGE);
    if (positionals.length === 0) throw usageError("Expected at least one slide, found none.", USAGE);
    const mpp = numberOption(values.mpp, "mpp", { min: 0.001, max: 10_000 }) ?? null;
    const loaded = await openPack(requiredOption(values.pack, "pack", USAGE));
    checkClassificationPack(loaded.pack);
    const backend = await openProvenBackend(loaded);
    const version = await appVersion();
    const output = await outputOf(values);
    const records: unknown[] = [];
    const failures: string[] = [];
    for (const path of positionals) {
      try {
        const record = await classifyPath(path, mpp, { loaded, backend, output, version });
        records.push({ ...record, appVersion: version, notice: RESEARCH_USE_NOTICE });
        if (!values.json) console.log(describe(record));
      } catch (error) {
        failures.push(`${oneLine(path)}: ${errorLine(error)}`);
        if (process.env["PALISADE_DEBUG"]) console.error(error);
      }
    }
    if (values.json) process.stdout.write(`${JSON.stringify(records, null, 2)}\n`);
    else console.log(RESEARCH_USE_NOTICE);
    for (const failure of failures) console.error(`palisade: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  },
};

async function outputOf(values: {
  readonly out?: string | undefined;
  readonly "with-name"?: boolean | undefined;
  readonly "with-overview"?: boolean | undefined;
}): Promise<Output | null> {
  const { out: folder, "with-name": hasName = false, "with-overview": hasOverview = false } = values;
  if (folder === undefined) return null;
  await makeFolder(folder);
  return { folder, names: new OutputNames(folder), hasName, hasOverview };
}

interface Batch {
  readonly loaded: LoadedPack;
  readonly backend: Backend;
  readonly output: Output | null;
  readonly version: string;
}

async function classifyPath(path: string, mpp: number | null, { loaded, backend, output, version }: Batch) {
  const slide = await openSlideFile(path, { view: analysedView(loaded.pack) });
  const line = new ProgressLine(slide.info.name);
  try {
    const { pixelSize, note } = assumedPixelSize(slide, mpp, loaded.pack);
    const trust = await trustHere(backend, loaded, slide, pixelSize ?? slide.info.pixelSize);
    for (const warning of trustWarnings(trust)) line.end(warning);
    const found = await classifyHere(backend, loaded, slide, {
      ...(pixelSize ? { pixelSize } : {}),
      onProgress: (progress) => line.show(progress),
    });
    const result = { ...found, trust };
    line.clear();
    const { width0, height0 } = slide.info;
    const sha256 = await hashFile(path);
    const notes = note === null ? result.notes : [...result.notes, note];
    if (output) {
      const run = { kind: "class", result: { ...result, notes } } as const;
      const bytes = await resultFileOf(run, { ...output, slide, path, loaded, appVersion: version });
      const name = await output.names.nameFor(path, sha256);
      await writeOutput(join(output.folder, `${name}${RESULT_EXTENSION}`), bytes);
    }
    return { slide: { path, sha256, width0, height0 }, ...classificationRecord(result), notes };
  } catch (error) {
    line.clear();
    throw error;
  } finally {
    slide.close();
  }
}

function describe(record: Awaited<ReturnType<typeof classifyPath>>): string {
  const { slide, predicted, decision, confidence, patches, supporting, opposing, notes } = record;
  const list = (title: string, boxes: typeof supporting) =>
    boxes.map(
      ({ x0, y0, width0, height0, evidence }) =>
        `  ${title} ${signed(evidence)}: ${Math.round(width0)} x ${Math.round(height0)} at ${Math.round(x0)}, ${Math.round(y0)}`,
    );
  return [
    `${oneLine(slide.path)}: ${predicted}, confidence ${(100 * confidence).toFixed(0)} %, decision ${signed(decision)}, ${patches.used} of ${patches.laid} patches`,
    ...list("for", supporting.slice(0, 3)),
    ...list("against", opposing.slice(0, 3)),
    ...notes.map((note) => `  ${note}`),
  ].join("\n");
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(3)}`;
}
