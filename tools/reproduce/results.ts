/** Shapes of what the measured commands write, as far as the tables need them. Fractions from 0 to 1. */

export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** pack.json of a trained pack. */
export interface PackOf<F> {
  readonly id: string;
  readonly training: { readonly figures: F };
}

interface FoldFigures {
  readonly meanScore: number | null;
  readonly meanFalsePositiveFraction: number | null;
  readonly chosen: readonly { readonly c: number; readonly threshold: number }[];
  readonly intervals: Readonly<Record<"score" | "falsePositiveFraction" | "precision" | "recall", Estimate>>;
}

export interface SegmentationFigures {
  readonly byFold: FoldFigures;
  readonly refinements?: readonly {
    readonly haemorrhage: boolean;
    readonly relabelled: number;
    readonly round: number;
    readonly added: number;
    readonly figures: FoldFigures;
  }[];
}

interface LabelFigures {
  readonly auc: number | null;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly intervals: Readonly<Record<"auc" | "accuracy" | "balancedAccuracy", Estimate>>;
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface ClassificationFigures {
  readonly byFold: LabelFigures;
}

export interface ClassFigures {
  readonly byFold: {
    /** Row by true class: shares found as each class. */
    readonly confusion: readonly (readonly number[])[];
    readonly classes: readonly {
      readonly name: string;
      readonly groups: number;
      readonly truthShare: number;
      readonly recall: number | null;
      readonly precision: number | null;
      readonly dice: number | null;
    }[];
  };
}

export interface ComparedSegmentation {
  readonly methods: readonly (FoldFigures & { readonly method: string })[];
}

export interface ComparedClassification {
  readonly methods: readonly (LabelFigures & { readonly method: string })[];
}

export interface RobustnessRow {
  /** How the sections were shown, such as "enlarged by 1.4". */
  readonly view: string;
  readonly meanScore: number;
  readonly meanFalsePositiveFraction: number;
}
