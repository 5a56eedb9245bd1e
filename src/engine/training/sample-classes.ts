import { type Random, shuffle } from "../base/random.ts";
import { NO_CLASS } from "../heatmap/class-labels.ts";

export interface ClassWindowOptions {
  /** Windows of each class drawn from each view of an image, at most. Default 40. */
  readonly perClass: number;
  /** A patch is of the class that holds more than this share of it, and of none where no class does. Default 0.5. */
  readonly majority: number;
  /**
   * How much the classes' areas weigh in the calibration: each drawn window stands for (area of its class / windows of its class)
   * to a power, chosen from these by cross-validation. 0: all windows alike, so that rare classes are found readily and falsely; 1: as
   * in the images, so that confidences are shares but rare classes hardly ever win. Default 0, 0.25, 0.5, 0.75.
   */
  readonly priors: readonly number[];
}

/** Windows that were drawn; all three one per window. */
export interface ClassDraw {
  /** Patch positions, ascending. */
  readonly positions: Int32Array;
  readonly labels: Uint8Array;
  /** How many patches of its class each window stands for: patches of the class by windows drawn of it. */
  readonly stands: Float64Array;
}

/** Draws patch positions evenly from those of each class; the classes in their order. */
export function sampleClasses(labels: Uint8Array, classes: number, perClass: number, random: Random): ClassDraw {
  const candidates = Array.from({ length: classes }, () => [] as number[]);
  labels.forEach((label, at) => {
    if (label !== NO_CLASS) candidates[label]!.push(at);
  });
  const drawn = candidates.flatMap((own) => {
    shuffle(own, random);
    const count = Math.min(perClass, own.length);
    return own.slice(0, count).map((at) => ({ at, stands: own.length / count }));
  });
  drawn.sort((a, b) => a.at - b.at);
  return {
    positions: Int32Array.from(drawn, ({ at }) => at),
    labels: Uint8Array.from(drawn, ({ at }) => labels[at]!),
    stands: Float64Array.from(drawn, ({ stands }) => stands),
  };
}
