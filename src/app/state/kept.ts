import type { EarlierWork } from "../../engine/analysis/earlier-work.ts";
import type { AnalysisResult } from "../../engine/analysis/types.ts";
import type { PatchRows } from "../../engine/classification/patch-task.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { SupertilePlanes } from "../../engine/patches/types.ts";
import type { FileFingerprint } from "../../engine/slide/fingerprint.ts";
import type { PixelSize, SlideColour } from "../../engine/slide/types.ts";
import type { TaskBatch } from "../../workers/task-batches.ts";

/** A file of a slide as it was when it was opened last. */
export interface KeptFile {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** A slide that was opened on this computer. Its pixels are not kept, but for the thumbnail. */
export interface KeptSlide {
  /** `SlideFingerprint.sha256`: content decides, names and dates may change. */
  readonly sha256: string;
  readonly fingerprints: readonly FileFingerprint[];
  /** In the order in which they were opened, the first one first. */
  readonly files: readonly KeptFile[];
  readonly byteSize: number;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  readonly isDemo: boolean;
  /** At most 256 pixels a side, of the tissue alone: never the label. */
  readonly thumbnail: Blob | null;
  /** One a file where the browser can open them again, else none. */
  readonly handles: readonly FileSystemFileHandle[];
  /** Address, where it was opened by link last; else null. */
  readonly link: string | null;
}

/** What a run is about: two runs with the same subject give the same numbers. */
export interface RunSubject {
  /** `KeptSlide.sha256`. */
  readonly slide: string;
  readonly kind: "map" | "class";
  readonly packId: string;
  readonly packName: string;
  readonly packSha256: string;
  readonly pixelSize: PixelSize;
  /** Source pixels. */
  readonly stride: number;
  /** What the network sees. */
  readonly colour: SlideColour;
  readonly focalPlane: number;
  /** `NUMBERS_VERSION` of the Palisade that ran. */
  readonly numbersVersion: number;
}

/** A finished result without its numbers. */
export interface KeptResultFacts {
  readonly key: string;
  readonly subject: RunSubject;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
  /** Of the Palisade that computed it. */
  readonly appVersion: string;
  /** Where the slider stood; null where there is none. */
  readonly threshold: number | null;
}

export interface KeptResult extends KeptResultFacts {
  readonly result: AnalysisResult | ClassificationResult;
}

/** A run that is not finished. */
export interface KeptCheckpoint {
  readonly key: string;
  readonly subject: RunSubject;
  /** `planName` */
  readonly plan: string;
  /** Tasks that are kept, of how many. */
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

export interface RecentSlide {
  readonly slide: KeptSlide;
  /** Newest first. */
  readonly results: readonly KeptResultFacts[];
  readonly checkpoints: readonly KeptCheckpoint[];
}

export interface StorageEstimate {
  /** Bytes. */
  readonly usage: number;
  readonly quota: number;
}

/** Tasks of a checkpoint, as a run takes them up. */
export type EarlierTasks =
  | { readonly kind: "map"; readonly work: EarlierWork<SupertilePlanes> }
  | { readonly kind: "class"; readonly work: EarlierWork<PatchRows> };

export type KeptBatch = TaskBatch<SupertilePlanes> | TaskBatch<PatchRows>;

/**
 * Where slides, results and unfinished runs rest. Every method may throw `storage/full`, `storage/refused` and `storage/newer-version`; a
 * damaged record counts as none.
 */
export interface KeepingStore {
  /** Newest first. */
  recent(): Promise<readonly RecentSlide[]>;
  slide(sha256: string): Promise<KeptSlide | null>;
  saveSlide(slide: KeptSlide): Promise<void>;
  /** Newest first. */
  results(slide: string): Promise<readonly KeptResultFacts[]>;
  result(key: string): Promise<KeptResult | null>;
  saveResult(kept: KeptResult): Promise<void>;
  saveThreshold(key: string, threshold: number): Promise<void>;
  checkpoints(slide: string): Promise<readonly KeptCheckpoint[]>;
  /** The tasks of a checkpoint; null where it is gone. */
  earlier(key: string): Promise<EarlierTasks | null>;
  /** Adds tasks to the checkpoint of a subject; tasks of another plan are dropped first. */
  append(subject: RunSubject, batch: KeptBatch): Promise<KeptCheckpoint>;
  removeCheckpoint(key: string): Promise<void>;
  /** All that is kept of a slide. */
  forgetSlide(sha256: string): Promise<void>;
  /** All that this page ever kept, settings included; not the page itself, which an offline visit needs. */
  forgetEverything(): Promise<void>;
  /** Removes unfinished runs that nobody went on with for 30 days, and files that no result names. */
  tidy(): Promise<void>;
  /** Asks the browser not to clear this away when the disk gets full; true when it agrees. */
  persist(): Promise<boolean>;
  /** Null where the browser does not tell. */
  estimate(): Promise<StorageEstimate | null>;
}

/** Names a subject in the store. */
export function subjectKey(subject: RunSubject): string {
  const { slide, packSha256, pixelSize, stride, colour, focalPlane, numbersVersion } = subject;
  const { mppX, mppY, origin } = pixelSize;
  return [slide, packSha256, mppX, mppY, origin, stride, colour, focalPlane, numbersVersion].join("|");
}

/** A map, and not the class of a whole slide. */
export function isMapResult(result: AnalysisResult | ClassificationResult): result is AnalysisResult {
  return "tissue" in result.grid;
}
