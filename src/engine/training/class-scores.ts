import { NO_CLASS } from "../heatmap/class-labels.ts";

/**
 * Areas by truth and found class in level-0 pixels squared, row-major (truth x found); pixels of the masks that have no class are not
 * counted.
 */
export interface Confusion {
  readonly classes: number;
  readonly areas0: Float64Array;
}

export interface ClassScore {
  /** Of the counted area, 0 to 1. */
  readonly truthShare: number;
  readonly foundShare: number;
  /** |P n G| / |G|; null without truth. */
  readonly recall: number | null;
  /** |P n G| / |P|; null where nothing was found. */
  readonly precision: number | null;
  /** 2 |P n G| / (|P| + |G|); null where there is neither. */
  readonly dice: number | null;
}

export interface ConfusionScores {
  readonly byClass: readonly ClassScore[];
  /** Share of the area that has its own class. */
  readonly accuracy: number;
  /** Mean recall over the classes that the truth has. */
  readonly balancedAccuracy: number;
}

/**
 * Compares found labels (a class per cell) with the truth's areas on the same cells (class by class, row-major). A cell without a label
 * counts as `background`; where there is no such class (-1) it is left out.
 */
export function confusionOf(labels: Uint8Array, truthAreas0: Float32Array, background: number): Confusion {
  const cells = labels.length;
  const classes = truthAreas0.length / cells;
  const areas0 = new Float64Array(classes * classes);
  for (let cell = 0; cell < cells; cell++) {
    const found = labels[cell] === NO_CLASS ? background : labels[cell]!;
    if (found < 0) continue;
    for (let truth = 0; truth < classes; truth++)
      areas0[truth * classes + found]! += truthAreas0[truth * cells + cell]!;
  }
  return { classes, areas0 };
}

/** The sum over images. */
export function addConfusions(all: readonly Confusion[], classes: number): Confusion {
  const areas0 = new Float64Array(classes * classes);
  for (const one of all) for (let i = 0; i < areas0.length; i++) areas0[i]! += one.areas0[i]!;
  return { classes, areas0 };
}

export function scoreConfusion({ classes, areas0 }: Confusion): ConfusionScores {
  const total = Math.max(sum(areas0), Number.MIN_VALUE);
  const byClass = Array.from({ length: classes }, (_, k): ClassScore => {
    const common = areas0[k * classes + k]!;
    const truth = sum(areas0.subarray(k * classes, (k + 1) * classes));
    const found = sum(areas0.filter((__, at) => at % classes === k));
    return {
      truthShare: truth / total,
      foundShare: found / total,
      recall: truth > 0 ? common / truth : null,
      precision: found > 0 ? common / found : null,
      dice: truth + found > 0 ? (2 * common) / (truth + found) : null,
    };
  });
  const right = sum(areas0.filter((_, at) => at % (classes + 1) === 0));
  return { byClass, accuracy: right / total, balancedAccuracy: meanRecall(byClass) };
}

/** Over the classes that have one; 0 without any. */
export function meanRecall(scores: readonly ClassScore[]): number {
  const recalls = scores.flatMap(({ recall }) => (recall === null ? [] : [recall]));
  return recalls.length === 0 ? 0 : recalls.reduce((a, b) => a + b, 0) / recalls.length;
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}
