/** A run of parallel lines. */
export interface HatchLines {
  /** Against the upper edge, clockwise, degrees. */
  readonly angle: number;
  /** Of the finest lines, every how manieth. */
  readonly every: number;
  /** Leaves out every how manieth of these, because it is there already. */
  readonly except?: number;
  /** Length and gap of broken lines, in distances between the finest lines. */
  readonly dash?: readonly [number, number];
}

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
