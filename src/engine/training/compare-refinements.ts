import type { Collected, TrainingScene } from "./collect.ts";
import type { FoldFigures } from "./cross-validate.ts";
import type { RecordedFigures } from "./figures.ts";
import type { WindowSet } from "./fit.ts";
import type { JudgingViews } from "./judge-images.ts";
import { crossValidate, lastOf, type Round } from "./rounds.ts";

/** What one step of the refinements reached, for the record. */
export interface RefinementFigures {
  /** Patches of haemorrhage were trained as the negative class. */
  readonly haemorrhage: boolean;
  /** Windows of the training set (without those of rounds) whose label that changed. */
  readonly relabelled: number;
  /** Rounds of hard regions so far; 0 is without. */
  readonly round: number;
  /** Windows that the rounds added to the training on all images. */
  readonly added: number;
  readonly figures: RecordedFigures;
}

export interface ComparedRefinements {
  /** With the labels that the configured training uses. */
  readonly windows: WindowSet;
  /** The configured training's last round. */
  readonly last: Round;
  readonly refinements: readonly RefinementFigures[];
}

/**
 * Cross-validates as configured; with `ablation` and haemorrhage relabelled also without relabelling, so that the rounds of both give the
 * figures of neither refinement, each alone and both. All figures are nested, on the same windows and folds.
 */
export async function compareRefinements(
  scene: TrainingScene,
  views: JudgingViews,
  collected: Collected,
  foldOf: Int32Array,
  record: (figures: FoldFigures) => RecordedFigures,
): Promise<ComparedRefinements> {
  const { haemorrhage, hardRegions, ablation } = scene.config.refinements;
  const isRelabelled = haemorrhage !== null;
  const refinements: RefinementFigures[] = [];
  const run = async (relabel: boolean) => {
    const windows = relabel ? withoutHaemorrhage(collected) : collected.windows;
    const relabelled = countChanged(windows, collected.windows);
    const rounds = await crossValidate(scene, views, windows, collected.candidates, foldOf);
    for (const [round, { figures, added }] of rounds.entries()) {
      refinements.push({ haemorrhage: relabel, relabelled, round, added: added.length, figures: record(figures) });
    }
    return { windows, last: lastOf(rounds) };
  };
  if (ablation && isRelabelled) await run(false);
  const configured = await run(isRelabelled);
  return { ...configured, refinements: haemorrhage || hardRegions ? refinements : [] };
}

/** The windows with those of haemorrhage as the negative class. */
export function withoutHaemorrhage({
  windows,
  isHaemorrhage,
}: Pick<Collected, "windows" | "isHaemorrhage">): WindowSet {
  return { ...windows, labels: windows.labels.map((label, row) => (isHaemorrhage[row] === 1 ? 0 : label)) };
}

function countChanged(windows: WindowSet, painted: WindowSet): number {
  let count = 0;
  for (let row = 0; row < windows.drawn; row++) if (windows.labels[row] !== painted.labels[row]) count++;
  return count;
}
