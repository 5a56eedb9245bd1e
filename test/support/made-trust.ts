import type { TrustReport } from "../../src/engine/trust/types.ts";

/** A report of three checks, one of each light. */
export function madeTrust(): TrustReport {
  return {
    version: 1,
    packId: "made",
    when: "after",
    light: "red",
    isOverruled: true,
    checks: [
      {
        id: "pixel-size",
        light: "green",
        reason: "A pixel of 10 µm fits the model's 7 to 14 µm.",
        facts: { mppX_um: 10 },
      },
      {
        id: "pen",
        light: "amber",
        reason: "Ink (green) on 4 % of what is not glass; tissue under it is left out.",
        facts: {},
      },
      { id: "stain", light: "red", reason: "The picture is grey.", facts: { colourfulness: 0.1, haematoxylin: null } },
    ],
  };
}
