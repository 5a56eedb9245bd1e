import type { LatticePack } from "../../../src/engine/patches/lattice.ts";

/** The shape of the bundled pack: cells of 8 source pixels, windows of 7 and 19 cells. */
export const TWO_WINDOWS: LatticePack = {
  sampling: {
    mpp: 10,
    mppRange: [7, 14],
    patch: 56,
    stride: 8,
    resizeTo: 56,
    mode: "dense",
    windows: [56, 152],
  },
  backbone: { kind: "map", cell: 8 },
};

/** The paper's: 112 pixels enlarged to 224, stride 8, cells of 32 network pixels. */
export const LAST_LAYER: LatticePack = {
  sampling: { mpp: 0.5, mppRange: [0.4, 0.6], patch: 112, stride: 8, resizeTo: 224, mode: "dense", windows: [112] },
  backbone: { kind: "map", cell: 32 },
};

export const PATCH_BY_PATCH: LatticePack = {
  sampling: { ...LAST_LAYER.sampling, mode: "patchwise" },
  backbone: LAST_LAYER.backbone,
};
