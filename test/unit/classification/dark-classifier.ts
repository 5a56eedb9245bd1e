import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { darknessPack } from "../analysis/darkness-pack.ts";

/**
 * A pack that tells dark slides from pale ones: features are the mean darkness (0 to 1) of each colour of a patch of 16 pixels of 4 µm,
 * pooled by P = 3; decision = their mean - 0.3.
 */
export function darkClassifier(): LoadedPack {
  const { pack, ...rest } = darknessPack({ sampling: { mode: "patchwise", stride: 12 } });
  return {
    ...rest,
    pack: {
      ...pack,
      id: "dark-or-pale",
      name: "Dark or pale",
      task: "classification",
      classes: ["pale", "dark"],
      backbone: { ...pack.backbone, mean: [255, 255, 255], std: [255, 255, 255] },
      pooling: { kind: "p-norm", p: 3 },
      svms: [
        {
          positive: "dark",
          negative: "pale",
          weights: new Float32Array(3).fill(1 / 3),
          bias: -0.3,
          calibration: { a: -10, b: 0 },
        },
      ],
    },
  };
}
