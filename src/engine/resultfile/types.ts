import type { AnalysisResult } from "../analysis/types.ts";
import type { ClassificationResult } from "../classification/types.ts";
import type { ShownClass } from "../heatmap/class-map.ts";
import type { BelowThreshold } from "../heatmap/palette.ts";
import type { ModelPack, PostProcess } from "../modelpack/types.ts";
import type { SlideFingerprint } from "../slide/fingerprint.ts";
import type { ShownFocalPlane } from "../slide/shown-focal-plane.ts";

/** A class of a map of several, with the confidence from which it counts when its map is looked at alone. */
export interface ResultClass extends ShownClass {
  readonly threshold: number;
}

/** What of a pack is needed to read a result that it made: a result stays readable where the pack is not at hand. */
export interface ResultModel {
  readonly id: string;
  readonly name: string;
  /** As `LoadedPack.packSha256`: pack.json names the hashes of the pack's other files. */
  readonly sha256: string;
  readonly task: ModelPack["task"];
  readonly threshold: number;
  readonly postProcess: PostProcess;
  /** Null for a model with one map, and for one that classifies. */
  readonly classes: readonly ResultClass[] | null;
}

/** What a result file says of its slide: enough to know it again, nothing that names it unless asked. */
export interface SlideRecord {
  readonly fingerprint: SlideFingerprint;
  /** As `SlideInfo.format`. */
  readonly format: string;
  readonly width0: number;
  readonly height0: number;
  /** Finest first, pixels. */
  readonly levels: readonly { readonly width: number; readonly height: number }[];
  /** Null for a slide with one plane. */
  readonly focalPlane: ShownFocalPlane | null;
  /** The name of the file; null unless the person who saved the result wanted it in. */
  readonly name: string | null;
  /** Drawn by a program. */
  readonly isSynthetic: boolean;
}

/** How the result was looked at when it was saved. */
export interface ResultLook {
  readonly threshold: number;
  /** Index into the model's classes; null for all of them, or for a model with one map. */
  readonly chosenClass: number | null;
  readonly palette: string;
  /** 0 to 1. */
  readonly opacity: number;
  readonly below: BelowThreshold;
  readonly contours: boolean;
}

interface Recorded {
  readonly slide: SlideRecord;
  readonly model: ResultModel;
  /** Of the Palisade that computed it. */
  readonly appVersion: string;
}

/** A result with all that belongs to it but the slide. */
export type ResultRecord =
  | (Recorded & { readonly kind: "map"; readonly result: AnalysisResult; readonly look: ResultLook })
  | (Recorded & { readonly kind: "class"; readonly result: ClassificationResult });

export type MapRecord = Extract<ResultRecord, { readonly kind: "map" }>;
export type ClassRecord = Extract<ResultRecord, { readonly kind: "class" }>;

/** JPEG streams of the slide, upright, the whole of it. */
export interface ResultPictures {
  readonly thumbnail: Uint8Array<ArrayBuffer>;
  /** Only where the person who saved the result wanted it in. */
  readonly overview: Uint8Array<ArrayBuffer> | null;
}

/** A result file, read and checked. */
export interface ResultFile {
  readonly record: ResultRecord;
  readonly pictures: ResultPictures;
  /** The numbers that stand in the file, as they were written. */
  readonly summary: Readonly<Record<string, unknown>>;
  /** Of the manifest, and so of the whole content. */
  readonly sha256: string;
}
