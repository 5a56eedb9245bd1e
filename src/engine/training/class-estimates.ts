import { type Estimate, groupBootstrap, type Statistic } from "../evaluation/bootstrap.ts";
import { addConfusions, type Confusion, type ConfusionScores, meanRecall, scoreConfusion } from "./class-scores.ts";

/** An image's confusion, and what it belongs to. */
export interface ConfusedImage {
  readonly group: string;
  readonly confusion: Confusion;
}

/** Figures over several classes with their intervals by group bootstrap. */
export interface ClassEstimates {
  readonly accuracy: Estimate;
  /** Mean recall over the classes of the truth; resamples of the groups that lack one of them are left out. */
  readonly balancedAccuracy: Estimate;
  /** In the order of the classes. A resample without the class has none. */
  readonly byClass: readonly { readonly recall: Estimate; readonly precision: Estimate; readonly dice: Estimate }[];
}

/** `only`: the classes whose recall the balanced accuracy is the mean of; default all that the truth has. */
export function classEstimates(
  images: readonly ConfusedImage[],
  classes: number,
  only: readonly number[] = Array.from({ length: classes }, (_, k) => k),
): ClassEstimates {
  const scores = scoresOnce(classes);
  const whole = scores(images).byClass;
  const known = only.filter((k) => whole[k]!.recall !== null);
  const statistics: Record<string, Statistic<ConfusedImage>> = {
    accuracy: (drawn) => scores(drawn).accuracy,
    balanced: (drawn) => {
      const own = scores(drawn).byClass.filter((_, k) => known.includes(k));
      return own.length > 0 && own.every(({ recall }) => recall !== null) ? meanRecall(own) : null;
    },
  };
  const kinds = ["recall", "precision", "dice"] as const;
  for (let k = 0; k < classes; k++) {
    for (const kind of kinds) statistics[`${kind} ${k}`] = (drawn) => scores(drawn).byClass[k]![kind];
  }
  const found = groupBootstrap(images, ({ group }) => group, statistics);
  return {
    accuracy: found["accuracy"]!,
    balancedAccuracy: found["balanced"]!,
    byClass: Array.from({ length: classes }, (_, k) => ({
      recall: found[`recall ${k}`]!,
      precision: found[`precision ${k}`]!,
      dice: found[`dice ${k}`]!,
    })),
  };
}

/** All statistics of one resample come one after another, and are read from the same sum. */
function scoresOnce(classes: number): (drawn: readonly ConfusedImage[]) => ConfusionScores {
  let last: { readonly drawn: readonly ConfusedImage[]; readonly scores: ConfusionScores } | null = null;
  return (drawn) => {
    if (last?.drawn !== drawn) {
      const all = drawn.map(({ confusion }) => confusion);
      last = { drawn, scores: scoreConfusion(addConfusions(all, classes)) };
    }
    return last.scores;
  };
}
