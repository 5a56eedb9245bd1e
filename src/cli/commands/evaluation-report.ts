import { type BootstrapOptions, bootstrapNotes, DEFAULT_BOOTSTRAP_OPTIONS } from "../../engine/evaluation/bootstrap.ts";
import type { ReliabilityBins } from "../../engine/evaluation/reliability.ts";
import { type ReliabilityDiagram, reliabilityDiagram } from "../../engine/evaluation/reliability-diagram.ts";
import {
  precisionOf,
  recallOf,
  type SegmentationFigures,
  type SegmentedImage,
  segmentationFigures,
} from "../../engine/evaluation/segmentation-figures.ts";
import type { BackendInfo } from "../../engine/features/types.ts";
import type { ModelPack } from "../../engine/modelpack/types.ts";
import { meanScores } from "../../engine/training/score.ts";

/** An image as evaluated, with all that its figures need. */
export interface ReportedImage extends SegmentedImage {
  readonly tissueArea0: number;
  readonly mm2PerPixel0: number;
  /** True where the file does not say the pixel size. */
  readonly isAssumedSize: boolean;
  readonly reliability: ReliabilityBins;
}

export interface EvaluationOrigin {
  readonly pack: ModelPack;
  readonly packSha256: string;
  readonly groupedBy: "group" | "image";
  readonly isFitted: boolean;
  readonly backend: BackendInfo;
  readonly appVersion: string;
  readonly notes: readonly string[];
}

/** One image as --json prints it. Areas in mm², which rest on a pixel size that may be assumed. */
export interface ImageRecord {
  readonly name: string;
  readonly score: number;
  readonly predictedFraction: number;
  readonly truthFraction: number;
  readonly group: string;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly tissueMm2: number;
  readonly predictedMm2: number;
  readonly truthMm2: number;
  readonly isAssumedPixelSize: boolean;
}

/** What --json prints. */
export interface EvaluationReport {
  readonly images: readonly ImageRecord[];
  readonly meanScore: number | null;
  readonly meanFalsePositiveFraction: number | null;
  readonly threshold: number;
  /** True where the pack was trained on these images. */
  readonly isFitted: boolean;
  /** How the intervals were made: `groups` of this many were drawn. */
  readonly bootstrap: Required<BootstrapOptions> & { readonly by: "group" | "image"; readonly groups: number };
  readonly figures: SegmentationFigures;
  /** Of the map's cells; `calibrationRises`: a higher decision always means a higher confidence. */
  readonly reliability: ReliabilityDiagram & { readonly calibrationRises: boolean };
  readonly pack: { readonly id: string; readonly sha256: string; readonly mode: string };
  readonly backend: BackendInfo;
  readonly appVersion: string;
  readonly notes: readonly string[];
}

export function evaluationReport(images: readonly ReportedImage[], origin: EvaluationOrigin): EvaluationReport {
  const { pack, packSha256, groupedBy, isFitted, backend, appVersion, notes } = origin;
  const figures = segmentationFigures(images);
  const { score, falsePositiveFraction } = figures;
  return {
    images: images.map(imageRecord),
    ...meanScores(images),
    threshold: pack.threshold,
    isFitted,
    bootstrap: {
      by: groupedBy,
      groups: new Set(images.map(({ group }) => group)).size,
      ...DEFAULT_BOOTSTRAP_OPTIONS,
    },
    figures,
    reliability: {
      ...reliabilityDiagram(images),
      calibrationRises: pack.svms.every(({ calibration }) => calibration.a < 0),
    },
    pack: { id: pack.id, sha256: packSha256, mode: pack.sampling.mode },
    backend,
    appVersion,
    notes: [...bootstrapNotes({ "mean S": score, "mean false share": falsePositiveFraction }), ...notes],
  };
}

function imageRecord(image: ReportedImage): ImageRecord {
  const { name, group, score, predictedFraction, truthFraction, mm2PerPixel0 } = image;
  return {
    name,
    score,
    predictedFraction,
    truthFraction,
    group,
    precision: precisionOf(image),
    recall: recallOf(image),
    tissueMm2: image.tissueArea0 * mm2PerPixel0,
    predictedMm2: image.predictedArea0 * mm2PerPixel0,
    truthMm2: image.truthArea0 * mm2PerPixel0,
    isAssumedPixelSize: image.isAssumedSize,
  };
}
