import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { strongest } from "../../engine/classification/evidence.ts";
import { type PatchBox, patchBox } from "../../engine/classification/patch-grid.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { AnalysisCommands } from "./analysis.ts";

/** A patch that spoke for the class of the slide or against it. */
export interface SpeakingPatch {
  /** Row among the patches that were looked at: its name. */
  readonly row: number;
  /** Level-0 pixels. */
  readonly box: PatchBox;
  /** In units of the decision: above 0 for, below against. */
  readonly evidence: number;
}

/** Both lists with the strongest first. */
export interface SpeakingPatches {
  readonly result: ClassificationResult;
  readonly supporting: readonly SpeakingPatch[];
  readonly opposing: readonly SpeakingPatch[];
}

export interface EvidenceState {
  /** Null unless the slide is classified. */
  readonly patches: ReadonlySignal<SpeakingPatches | null>;
  /** Row of the patch that the reader went to, or null. */
  readonly visited: ReadonlySignal<number | null>;
  visit(patch: SpeakingPatch): void;
  /** Goes to the next (+1) or previous (-1) patch, those that support first, and returns it. */
  walk(step: 1 | -1): SpeakingPatch | null;
}

/** Patches listed on each side: two rows of thumbnails. */
const LISTED = 6;

export function createEvidence({ analysis }: { readonly analysis: AnalysisCommands }): EvidenceState {
  const visited = signal<number | null>(null);
  const patches = computed(() => {
    const state = analysis.state.value;
    return state.kind === "classified" ? speakingPatches(state.result) : null;
  });
  effect(() => {
    patches.value;
    untracked(() => {
      visited.value = null;
    });
  });
  return {
    patches,
    visited,
    visit(patch) {
      visited.value = patch.row;
    },
    walk(step) {
      const found = patches.value;
      const all = found ? [...found.supporting, ...found.opposing] : [];
      if (all.length === 0) return null;
      const at = all.findIndex(({ row }) => row === visited.value);
      const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
      const patch = all[next] ?? null;
      if (patch) visited.value = patch.row;
      return patch;
    },
  };
}

function speakingPatches(result: ClassificationResult): SpeakingPatches {
  const { grid, kept, evidence } = result;
  const { supporting, opposing } = strongest(evidence, LISTED);
  const patch = (row: number): SpeakingPatch => ({
    row,
    box: patchBox(grid, kept[row]!),
    evidence: evidence[row]!,
  });
  return { result, supporting: supporting.map(patch), opposing: opposing.map(patch) };
}
