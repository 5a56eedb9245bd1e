import { readFile, stat } from "node:fs/promises";
import { analysedView } from "../../engine/analysis/analysed-view.ts";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import { MAX_FILE_BYTES } from "../../engine/resultfile/format.ts";
import { parseResultFile } from "../../engine/resultfile/parse.ts";
import { tooLarge } from "../../engine/resultfile/refusals.ts";
import type { ResultFile, ResultRecord } from "../../engine/resultfile/types.ts";
import { isSummarySound, short, type Verification, verifyRun } from "../../engine/resultfile/verify.ts";
import { isSameSlide } from "../../engine/slide/fingerprint.ts";
import { analyzeHere } from "../analysed-slide.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, usageError } from "../args.ts";
import { classifyHere } from "../classified-slide.ts";
import type { Command } from "../command.ts";
import { oneLine } from "../error-line.ts";
import { fingerprintOf } from "../fingerprint-of.ts";
import { openProvenBackend } from "../open-backend.ts";
import { openSlideFile } from "../open-slide.ts";
import { openPack } from "../pack-files.ts";
import { ProgressLine } from "../progress-line.ts";
import { contentLines, modelWords, verificationLines } from "../verify-words.ts";

const USAGE = `palisade verify FILE [SLIDE] [--pack DIR|ZIP|ID] [--json]
  Checks a result file (NAME.palisade) and says what it holds; with its slide, runs it again and compares the numbers.`;

/** Ends with status 0 only when the file is whole and, with a slide, when the second run by the same model agrees. */
export const verify: Command = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = parseCommandArgs(
      args,
      { pack: { type: "string" }, json: { type: "boolean" } },
      USAGE,
    );
    const [path, slidePath, ...more] = positionals;
    if (path === undefined || more.length > 0) {
      throw usageError(
        `Expected a result file and, to run it again, its slide, found ${positionals.length} paths.`,
        USAGE,
      );
    }
    const file = await readResultFile(path);
    const found = slidePath === undefined ? null : await runAgain(file.record, slidePath, values.pack);
    if (values.json) process.stdout.write(`${JSON.stringify(recordOf(path, file, found), null, 2)}\n`);
    else {
      for (const line of [...contentLines(path, file), ...(found ? verificationLines(found) : [])]) console.log(line);
      console.log(RESEARCH_USE_NOTICE);
    }
    const complaint = complaintOf(file, found);
    if (complaint === null) return;
    console.error(`palisade: ${complaint}`);
    process.exitCode = 1;
  },
};

async function readResultFile(path: string): Promise<ResultFile> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null)
    throw new AppError("cli/io", `Expected a result file at ${oneLine(path)}, found none. Check the path.`);
  if (size > MAX_FILE_BYTES) throw tooLarge(`this one has ${size} bytes, and ${MAX_FILE_BYTES} are the limit`);
  return await parseResultFile(new Uint8Array(await readFile(path)));
}

async function runAgain(record: ResultRecord, path: string, pack: string | undefined): Promise<Verification> {
  if (!isSameSlide(await fingerprintOf(path), record.slide.fingerprint)) {
    throw new AppError(
      "resultfile/other-slide",
      `Expected the slide of the result (fingerprint ${short(record.slide.fingerprint.sha256)}), found another one at ${oneLine(path)}.`,
    );
  }
  const loaded = await packOf(record, pack);
  const backend = await openProvenBackend(loaded);
  const { focalPlane } = record.slide;
  const view = analysedView(loaded.pack, focalPlane ? { focalPlane: focalPlane.index } : {});
  const slide = await openSlideFile(path, { view });
  const line = new ProgressLine(slide.info.name);
  const { pixelSize } = record.result;
  const options = {
    ...(pixelSize.origin === "assumed" ? { pixelSize } : {}),
    onProgress: (progress: Parameters<ProgressLine["show"]>[0]) => line.show(progress),
  };
  try {
    const result =
      record.kind === "map"
        ? await analyzeHere(backend, loaded, slide, { ...options, stride: record.result.stride })
        : await classifyHere(backend, loaded, slide, options);
    return verifyRun(record, { result, packSha256: loaded.packSha256, appVersion: await appVersion() });
  } finally {
    line.clear();
    slide.close();
  }
}

/** The one that was given, else the shipped one of the result's id. */
async function packOf(record: ResultRecord, given: string | undefined): Promise<LoadedPack> {
  if (given !== undefined) return await openPack(given);
  try {
    return await openPack(record.model.id);
  } catch (cause) {
    if (!isAppError(cause, "cli/usage")) throw cause;
    throw new AppError(
      "resultfile/no-pack",
      `Expected the model ${modelWords(record)} that made the result, found none of that id among the shipped ones; give it with --pack.`,
      {},
      { cause },
    );
  }
}

function complaintOf(file: ResultFile, found: Verification | null): string | null {
  if (!isSummarySound(file)) return "The numbers in the file do not follow from its own content.";
  if (!found || found.isConfirmed) return null;
  return found.verdict === "differs"
    ? "The second run does not agree with the file."
    : "The numbers agree, but they were computed by other bytes of the model.";
}

function recordOf(path: string, file: ResultFile, found: Verification | null) {
  const { record, summary, sha256, pictures } = file;
  const { kind, slide, model, appVersion: madeBy } = record;
  const { backend, pixelSize, startedAt, seconds, colour, notes } = record.result;
  return {
    file: path,
    isIntact: true,
    sha256,
    kind,
    slide,
    model,
    appVersion: madeBy,
    run: { startedAt, seconds, backend, pixelSize, colour, notes },
    hasOverview: pictures.overview !== null,
    summary,
    isSummarySound: isSummarySound(file),
    verification: found,
    notice: RESEARCH_USE_NOTICE,
  };
}
