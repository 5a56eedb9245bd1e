import { type BootstrapOptions, type Estimate, groupBootstrap, type Statistic } from "./bootstrap.ts";
import {
  expectedCalibrationError,
  mergedBins,
  observedShare,
  type ReliabilityBins,
  risesThroughout,
} from "./reliability.ts";

export interface DiagramBin {
  /** Confidences from this up to (not with) the other; the last bin holds 1. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Of all weight, 0 to 1. */
  readonly weightShare: number;
  /** Null for an empty bin. */
  readonly meanConfidence: number | null;
  /** The positive share of the weight. */
  readonly observed: Estimate;
}

/** A reliability diagram as data. */
export interface ReliabilityDiagram {
  readonly bins: readonly DiagramBin[];
  readonly expectedCalibrationError: Estimate;
  /** True where a higher bin was never less often right than a lower one. */
  readonly risesThroughout: boolean;
}

/** Bins of one image (or patient), and what it belongs to. */
export interface BinnedImage {
  readonly group: string;
  readonly reliability: ReliabilityBins;
}

/** The diagram over all images, with intervals by group bootstrap. Throws `RangeError` without images. */
export function reliabilityDiagram(images: readonly BinnedImage[], options: BootstrapOptions = {}): ReliabilityDiagram {
  if (images.length === 0) throw new RangeError("a reliability diagram of no images");
  const merged = mergedBins(images.map(({ reliability }) => reliability));
  const bins = merged.count.length;
  const share =
    (bin: number): Statistic<BinnedImage> =>
    (drawn) => {
      let weight = 0;
      let positive = 0;
      for (const { reliability } of drawn) {
        weight += reliability.weight[bin]!;
        positive += reliability.positive[bin]!;
      }
      return weight > 0 ? positive / weight : null;
    };
  const statistics: Record<string, Statistic<BinnedImage>> = {
    error: (drawn) => expectedCalibrationError(mergedBins(drawn.map(({ reliability }) => reliability))),
  };
  for (let bin = 0; bin < bins; bin++) statistics[`bin ${bin}`] = share(bin);
  const estimates = groupBootstrap(images, ({ group }) => group, statistics, options);
  const total = merged.weight.reduce((sum, value) => sum + value, 0);
  return {
    bins: Array.from({ length: bins }, (_, bin) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      count: merged.count[bin]!,
      weightShare: total > 0 ? merged.weight[bin]! / total : 0,
      meanConfidence: observedShare(merged, bin) === null ? null : merged.confidence[bin]! / merged.weight[bin]!,
      observed: estimates[`bin ${bin}`]!,
    })),
    expectedCalibrationError: estimates["error"]!,
    risesThroughout: risesThroughout(merged),
  };
}
