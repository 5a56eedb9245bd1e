/** Green: as in training. Amber: look before you rely on it. Red: outside of what the pack was made for. */
export type Light = "green" | "amber" | "red";

export const LIGHTS = ["green", "amber", "red"] as const;

export const TRUST_CHECKS = [
  "pixel-size",
  "tissue",
  "focus",
  "pen",
  "folds",
  "stain",
  "brightness",
  "features",
] as const;

export type TrustCheckId = (typeof TRUST_CHECKS)[number];

/** One question about a slide and its answer. */
export interface TrustCheck {
  readonly id: TrustCheckId;
  readonly light: Light;
  /** Why, in one English sentence with the numbers in it. */
  readonly reason: string;
  /** What was measured and what was expected, for exports; names end in their unit. */
  readonly facts: Readonly<Record<string, number | string | null>>;
}

/**
 * Whether a slide is like what a pack was trained on. Made before a run from a low level; after a run the distance of its features
 * joins in. Kept with the result and written into every export.
 */
export interface TrustReport {
  readonly version: 1;
  readonly packId: string;
  readonly when: "before" | "after";
  /** The worst of its checks. */
  readonly light: Light;
  readonly checks: readonly TrustCheck[];
  /** True once the reader saw the reasons of a red light and had the slide analyzed all the same. */
  readonly isOverruled: boolean;
}
