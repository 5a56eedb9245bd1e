import type { AnalysisResult } from "../analysis/types.ts";
import type { ClassificationResult } from "../classification/types.ts";
import { type Agreement, compareClasses, compareMaps, TOLERANCE } from "./compare.ts";
import { mapFindings } from "./map-findings.ts";
import { classSummary } from "./record-json.ts";
import type { ResultFile, ResultModel, ResultRecord } from "./types.ts";

/** What ran the second time. */
export interface SecondRun {
  readonly result: AnalysisResult | ClassificationResult;
  readonly packSha256: string;
  readonly appVersion: string;
}

/** What a second run says of a result, with what else was not the same. */
export interface Verification extends Agreement {
  /** Other bytes of the model, another program, another backend: sentences, none of which is a disagreement of numbers. */
  readonly circumstances: readonly string[];
  /** The numbers agree, and the model was the same to the byte. */
  readonly isConfirmed: boolean;
}

/** Throws TypeError for a class beside a map: whoever asks has run the record's own task. */
export function verifyRun(record: ResultRecord, { result, packSha256, appVersion }: SecondRun): Verification {
  const agreement = compareRun(record, result);
  const circumstances: string[] = [];
  const isSamePack = packSha256 === record.model.sha256;
  if (!isSamePack) circumstances.push(otherPackWords(record.model, packSha256));
  if (appVersion !== record.appVersion) {
    circumstances.push(`It was computed by Palisade ${record.appVersion} and checked by ${appVersion}.`);
  }
  const [before, now] = [record.result.backend, result.backend];
  if (before.name !== now.name || before.runtime !== now.runtime) {
    circumstances.push(
      `It was computed on ${before.name} (${before.runtime}) and checked on ${now.name} (${now.runtime}).`,
    );
  }
  return { ...agreement, circumstances, isConfirmed: isSamePack && agreement.verdict !== "differs" };
}

export function otherPackWords({ name, sha256 }: ResultModel, found: string): string {
  return `The model "${name}" has other bytes here: SHA-256 ${short(found)} in place of ${short(sha256)}.`;
}

/** The verdict as a sentence for a person, with the tolerance that it stands on. */
export function verdictWords({ verdict, compared, largest, mean, fractions }: Agreement): string {
  const area = fractions
    ? `; the share of the tissue ${(100 * fractions[1]).toFixed(2)} % against ${(100 * fractions[0]).toFixed(2)} %`
    : "";
  const numbers = `largest difference of a confidence ${formatDifference(largest)}, mean ${formatDifference(mean)}${area}`;
  if (verdict === "identical")
    return `Identical: all ${compared.toLocaleString("en")} confidences are the same to the last bit.`;
  if (verdict === "within") return `Agrees within the tolerance of ${TOLERANCE.confidence}: ${numbers}.`;
  return compared === 0 ? "Differs." : `Differs: ${numbers}.`;
}

/** Whether the numbers in the file follow from its own map or patches; a program that cuts maps otherwise would say no. */
export function isSummarySound({ record, summary }: Pick<ResultFile, "record" | "summary">): boolean {
  return isClose(record.kind === "map" ? mapFindings(record).summary : classSummary(record), summary);
}

/** First digits of a hash, for a sentence. */
export function short(sha256: string): string {
  return sha256.slice(0, 12);
}

function compareRun(record: ResultRecord, result: SecondRun["result"]): Agreement {
  if (record.kind === "map" && !("kept" in result)) return compareMaps(record, result);
  if (record.kind === "class" && "kept" in result) return compareClasses(record, result);
  throw new TypeError(`a second run of another kind than ${record.kind}`);
}

function formatDifference(value: number): string {
  return value === 0 ? "0" : value < 0.0001 ? value.toExponential(1) : value.toPrecision(2);
}

const RELATIVE = 1e-9;

function isClose(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= RELATIVE * Math.max(1, Math.abs(a));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => isClose(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
