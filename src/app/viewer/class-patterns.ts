import type { HatchLines } from "./hatching.ts";

/** Hatchings that differ by direction and by kind, for up to eight classes, in the order of the classes; so that no class rests on its colour alone. */
export const CLASS_PATTERNS: readonly (readonly HatchLines[])[] = [
  [{ angle: -45, every: 2 }],
  [{ angle: 45, every: 4 }],
  [{ angle: 0, every: 2, dash: [0, 2] }],
  [
    { angle: 45, every: 4 },
    { angle: -45, every: 4 },
  ],
  [
    { angle: 0, every: 4 },
    { angle: 90, every: 4 },
  ],
  [{ angle: 90, every: 4 }],
  [{ angle: 0, every: 4 }],
  [{ angle: -45, every: 4, dash: [3, 3] }],
];
