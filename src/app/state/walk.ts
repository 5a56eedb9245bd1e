import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Foci } from "../../engine/heatmap/foci.ts";
import type { Findings, NecrosisState } from "./necrosis.ts";
import type { SlideState } from "./slide.ts";
import type { Rect0 } from "./view.ts";

/**
 * Size: largest first. Confidence: highest mean first. Doubt: those first whose mean confidence is nearest to the threshold, doubtful fields below it
 * (`MeasuredRest.fields`) among them.
 */
export const WALK_ORDERS = ["size", "confidence", "doubt"] as const;
export type WalkOrder = (typeof WALK_ORDERS)[number];

/** A place to look at: a focus of necrosis, or a field that would be one at a slightly lower threshold. */
export interface Finding {
  readonly kind: "focus" | "field";
  /** Its name, whatever the threshold: the cell where it is most confident. */
  readonly peakCell: number;
  /** Level-0 pixels squared. */
  readonly area0: number;
  /** Null where the pixel size is not known. */
  readonly areaMm2: number | null;
  readonly meanConfidence: number;
  readonly box: Rect0;
  readonly isSeen: boolean;
}

export interface WalkState {
  readonly order: ReadonlySignal<WalkOrder>;
  /** Places in the chosen order. */
  readonly count: ReadonlySignal<number>;
  /** Where the reader is, from 0; null before the first step, and once the place is none any more. */
  readonly place: ReadonlySignal<number | null>;
  /** How many of the places were looked at while the slide is open. */
  readonly seenCount: ReadonlySignal<number>;
  /** From one place up to but not another; makes objects of those alone. */
  list(from: number, end: number): readonly Finding[];
  chooseOrder(order: WalkOrder): void;
  /** Goes to a place, marks it as seen and returns it. */
  visit(place: number): Finding | null;
  /** Goes to the next (+1) or previous (-1) place, round and round. */
  step(step: 1 | -1): Finding | null;
  setSeen(finding: Finding, isSeen: boolean): void;
}

export interface WalkDeps {
  readonly slide: Pick<SlideState, "subject" | "pixelSize">;
  readonly necrosis: Pick<NecrosisState, "findings">;
}

/** Indices into the foci; of a field the index into the fields, as -1 - index. */
type Places = Int32Array<ArrayBuffer>;

export function createWalk({ slide, necrosis: { findings } }: WalkDeps): WalkState {
  const order = signal<WalkOrder>("size");
  const seen = signal<ReadonlySet<number>>(new Set());
  const current = signal<number | null>(null);
  const places = computed(() => (findings.value ? placesOf(findings.value, order.value) : new Int32Array(0)));
  const place = computed(() => {
    const found = findings.value;
    if (current.value === null || !found) return null;
    const at = places.value.findIndex((index) => peakOf(found, index) === current.value);
    return at < 0 ? null : at;
  });

  // A cell of another slide, or of another lattice, is another place.
  const lattice = computed(() => {
    const grid = findings.value?.grid;
    return grid ? `${grid.cols} ${grid.rows}` : null;
  });
  let lastLattice: string | null = null;
  effect(() => {
    slide.subject.value;
    untracked(forgetSeen);
  });
  effect(() => {
    const next = lattice.value;
    if (next === null) return;
    if (lastLattice !== null && lastLattice !== next) untracked(forgetSeen);
    lastLattice = next;
  });

  function forgetSeen(): void {
    seen.value = new Set();
    current.value = null;
  }

  function list(from: number, end: number): readonly Finding[] {
    const found = findings.value;
    if (!found) return [];
    const size = slide.pixelSize.value;
    const mm2PerPixel0 = size === null ? null : (size.mppX * size.mppY) / 1e6;
    return Array.from(places.value.subarray(from, end), (index) => {
      const kind = index < 0 ? "field" : "focus";
      const foci = fociWith(found, index);
      const at = indexIn(index);
      const area0 = foci.area0[at] ?? 0;
      const peakCell = peakOf(found, index);
      return {
        kind,
        peakCell,
        area0,
        areaMm2: mm2PerPixel0 === null ? null : area0 * mm2PerPixel0,
        meanConfidence: foci.meanConfidence[at] ?? 0,
        box: boxOf(found, foci, at),
        isSeen: seen.value.has(peakCell),
      };
    });
  }

  function setSeen({ peakCell }: Pick<Finding, "peakCell">, isSeen: boolean): void {
    if (seen.value.has(peakCell) === isSeen) return;
    const next = new Set(seen.value);
    if (isSeen) next.add(peakCell);
    else next.delete(peakCell);
    seen.value = next;
  }

  function visit(at: number): Finding | null {
    const [finding] = list(at, at + 1);
    if (!finding) return null;
    current.value = finding.peakCell;
    setSeen(finding, true);
    return finding;
  }

  return {
    order,
    count: computed(() => places.value.length),
    place,
    seenCount: computed(() => {
      const found = findings.value;
      const { value } = seen;
      if (!found || value.size === 0) return 0;
      return places.value.reduce((count, index) => count + (value.has(peakOf(found, index)) ? 1 : 0), 0);
    }),
    list,
    chooseOrder(next) {
      order.value = next;
    },
    visit,
    step(step) {
      const { length } = places.value;
      if (length === 0) return null;
      const from = place.value ?? (step === 1 ? -1 : length);
      return visit((from + step + length) % length);
    },
    setSeen,
  };
}

function placesOf({ foci, fields, threshold }: Findings, order: WalkOrder): Places {
  const bySize = Int32Array.from({ length: foci.count }, (_, index) => index);
  if (order === "size") return bySize;
  if (order === "confidence") return bySize.sort((a, b) => foci.meanConfidence[b]! - foci.meanConfidence[a]!);
  const all = Int32Array.from({ length: foci.count + (fields?.count ?? 0) }, (_, i) =>
    i < foci.count ? i : foci.count - 1 - i,
  );
  const doubt = (index: number) => {
    const mean = index < 0 ? fields!.meanConfidence[indexIn(index)]! : foci.meanConfidence[index]!;
    return Math.abs(mean - threshold);
  };
  return all.sort((a, b) => doubt(a) - doubt(b));
}

function indexIn(index: number): number {
  return index < 0 ? -1 - index : index;
}

function fociWith({ foci, fields }: Findings, index: number): Foci {
  return index < 0 && fields ? fields : foci;
}

function peakOf(found: Findings, index: number): number {
  return fociWith(found, index).peakCell[indexIn(index)] ?? -1;
}

/** Level-0 pixels; the last cells end with the slide. */
function boxOf({ grid }: Findings, { box }: Foci, index: number): Rect0 {
  const [col = 0, row = 0, endCol = 0, endRow = 0] = box.subarray(4 * index, 4 * index + 4);
  const x0 = col * grid.stride0X;
  const y0 = row * grid.stride0Y;
  return {
    x0,
    y0,
    width0: Math.min(endCol * grid.stride0X, grid.width0) - x0,
    height0: Math.min(endRow * grid.stride0Y, grid.height0) - y0,
  };
}
