import { analysedView } from "../../engine/analysis/analysed-view.ts";
import type { AnalysisOptions } from "../../engine/analysis/types.ts";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import type { Backend } from "../../engine/features/types.ts";
import { shownClasses } from "../../engine/heatmap/class-map.ts";
import type { LoadedPack, SamplingMode } from "../../engine/modelpack/types.ts";
import { analyzeHere } from "../analysed-slide.ts";
import { type AnalysisSummary, chosenClass, writeAnalysisFiles } from "../analysis-files.ts";
import { appVersion } from "../app-version.ts";
import { numberOption, parseCommandArgs, requiredOption, usageError } from "../args.ts";
import type { Command } from "../command.ts";
import { errorLine, oneLine } from "../error-line.ts";
import { hashFile } from "../file-hash.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { makeFolder } from "../output-folder.ts";
import { OutputNames } from "../output-names.ts";
import { openPack } from "../pack-files.ts";
import { ProgressLine } from "../progress-line.ts";
import { trustHere, trustWarnings } from "../trust-here.ts";

const USAGE =
  "palisade analyze SLIDE... [--pack DIR|ZIP|ID] --out DIR [--mpp N] [--mode dense|patchwise] [--stride N] [--class NAME] [--threshold T] [--with-name] [--with-overview] [--json]";

const DEFAULT_PACK = "necrosis-lowpower";

/** The settings of a batch, and what all its slides share. */
interface Batch {
  readonly loaded: LoadedPack;
  readonly backend: Backend;
  readonly folder: string;
  readonly names: OutputNames;
  readonly options: AnalysisOptions;
  readonly threshold: number | null;
  readonly className: string | null;
  readonly appVersion: string;
  readonly hasName: boolean;
  readonly hasOverview: boolean;
}

/** Writes NAME.confidence.tif, .geojson, .summary.json, .overlay.png and .palisade for each slide; goes on after one that fails. */
export const analyze: Command = {
  usage: USAGE,
  async run(args) {
    const text = { type: "string" } as const;
    const { values, positionals } = parseCommandArgs(
      args,
      {
        pack: text,
        out: text,
        mpp: text,
        mode: text,
        stride: text,
        class: text,
        threshold: text,
        "with-name": { type: "boolean" },
        "with-overview": { type: "boolean" },
        json: { type: "boolean" },
      },
      USAGE,
    );
    if (positionals.length === 0) throw usageError("Expected at least one slide, found none.", USAGE);
    const folder = requiredOption(values.out, "out", USAGE);
    const options = analysisOptions(values);
    const threshold = numberOption(values.threshold, "threshold", { min: 0, max: 1 }) ?? null;
    const loaded = await openPack(values.pack ?? DEFAULT_PACK);
    const className = values.class ?? null;
    if (className !== null) chosenClass(loaded.pack, className);
    else if (threshold !== null && shownClasses(loaded.pack)) {
      throw usageError("Expected --class NAME beside --threshold for a pack of several classes, found none.", USAGE);
    }
    const backend = await openProvenBackend(loaded);
    await makeFolder(folder);
    const batch: Batch = {
      loaded,
      backend,
      folder,
      names: new OutputNames(folder),
      options,
      threshold,
      className,
      appVersion: await appVersion(),
      hasName: values["with-name"] ?? false,
      hasOverview: values["with-overview"] ?? false,
    };
    const { summaries, failures } = await analyzeAll(batch, positionals);
    if (values.json) process.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
    for (const failure of failures) console.error(`palisade: ${failure}`);
    if (failures.length > 0) process.exitCode = 1;
  },
};

function analysisOptions(values: {
  readonly mpp?: string | undefined;
  readonly mode?: string | undefined;
  readonly stride?: string | undefined;
}): AnalysisOptions {
  const mpp = numberOption(values.mpp, "mpp", { min: 0.001, max: 10_000 });
  const stride = numberOption(values.stride, "stride", { min: 1 });
  const mode = modeOption(values.mode);
  return {
    ...(mpp === undefined ? {} : { pixelSize: { mppX: mpp, mppY: mpp, origin: "assumed" } }),
    ...(stride === undefined ? {} : { stride }),
    ...(mode === undefined ? {} : { mode }),
  };
}

function modeOption(value: string | undefined): SamplingMode | undefined {
  if (value === undefined || value === "dense" || value === "patchwise") return value;
  throw new AppError("cli/usage", `Expected dense or patchwise after --mode, found "${value}".`);
}

async function analyzeAll(batch: Batch, paths: readonly string[]) {
  const summaries: AnalysisSummary[] = [];
  const failures: string[] = [];
  for (const path of paths) {
    try {
      summaries.push(await analyzeSlide(batch, path));
    } catch (error) {
      const hint = isAppError(error, "slide/pixel-size-unknown") ? " (--mpp N)" : "";
      failures.push(`${oneLine(path)}: ${errorLine(error)}${hint}`);
      if (process.env["PALISADE_DEBUG"]) console.error(error);
    }
  }
  return { summaries, failures };
}

async function analyzeSlide(batch: Batch, path: string): Promise<AnalysisSummary> {
  const { loaded, backend, options } = batch;
  const slide = await openSlideFile(path, { view: analysedView(loaded.pack) });
  const line = new ProgressLine(slide.info.name);
  try {
    const trust = await trustHere(backend, loaded, slide, options.pixelSize ?? slide.info.pixelSize);
    for (const warning of trustWarnings(trust)) line.end(warning);
    const found = await analyzeHere(backend, loaded, slide, {
      ...options,
      onProgress: (progress) => line.show(progress),
    });
    const result = { ...found, trust };
    const sha256 = await hashFile(path);
    const name = await batch.names.nameFor(path, sha256);
    const finished = { ...batch, slide, path, sha256, result };
    const summary = await writeAnalysisFiles(finished, batch.folder, name);
    line.end(`${shareWords(summary)}, ${result.seconds.toFixed(1)} s (${backend.info.name}), ${name}.*`);
    for (const note of result.notes) line.end(note);
    return summary;
  } catch (error) {
    line.clear();
    throw error;
  } finally {
    slide.close();
  }
}

/** Such as "31.2 % of the tissue", or the classes that hold at least 0.1 % of it. */
function shareWords({ necrosisPercent, classPercent, classes }: AnalysisSummary): string {
  if (!Array.isArray(classes)) return `${Number(necrosisPercent ?? classPercent).toFixed(1)} % of the tissue`;
  const shares = classes
    .map(({ name, percent }) => ({ name: String(name), percent: Number(percent) }))
    .filter(({ percent }) => percent >= 0.1)
    .sort((a, b) => b.percent - a.percent);
  return shares.map(({ name, percent }) => `${name} ${percent.toFixed(1)} %`).join(", ");
}
