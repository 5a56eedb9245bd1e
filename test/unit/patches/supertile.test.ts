import { describe, expect, it } from "vitest";
import { planLattice } from "../../../src/engine/patches/lattice.ts";
import { supertileShape } from "../../../src/engine/patches/supertile.ts";
import { LAST_LAYER_BACKBONE, LOW_POWER_BACKBONE } from "../../support/small-packs.ts";
import { LAST_LAYER, PATCH_BY_PATCH, TWO_WINDOWS } from "./packs.ts";

function shapeFor(sideSource: number, { sampling }: typeof TWO_WINDOWS, backbone: typeof LOW_POWER_BACKBONE) {
  const { mpp } = sampling;
  const pack = { sampling, backbone };
  const pixelSize = { mppX: mpp, mppY: mpp };
  return supertileShape(planLattice({ width0: sideSource, height0: sideSource, pixelSize, pack }), pack);
}

describe("the shape of a task", () => {
  it("is small on a small slide, so that the map grows and workers share the work", () => {
    expect(shapeFor(512, TWO_WINDOWS, LOW_POWER_BACKBONE)).toEqual({ cols: 48, rows: 48 });
    expect(shapeFor(8000, TWO_WINDOWS, LOW_POWER_BACKBONE)).toEqual({ cols: 64, rows: 64 });
  });

  it("is large enough for a wide halo to cost less than the core itself", () => {
    const { cols, rows } = shapeFor(1024, LAST_LAYER, LAST_LAYER_BACKBONE);
    const { cell, halo } = LAST_LAYER_BACKBONE;
    const core = cols * cell * rows * cell;
    expect((cols * cell + 2 * halo) * (rows * cell + 2 * halo)).toBeLessThan(2 * core);
  });

  it("is a few patches where each is run alone", () => {
    expect(shapeFor(1024, PATCH_BY_PATCH, LAST_LAYER_BACKBONE)).toEqual({ cols: 4, rows: 4 });
  });
});
