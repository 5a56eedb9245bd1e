import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize, SlideInfo } from "../slide/types.ts";
import type { SlideMeasures } from "./measures.ts";
import type { TrustOptions } from "./options.ts";
import { rounded, sentence } from "./sentence.ts";
import type { Light, TrustCheck } from "./types.ts";

interface Scale {
  readonly info: Pick<SlideInfo, "objectivePower">;
  readonly pixelSize: PixelSize;
  readonly sampling: Pick<ModelPack["sampling"], "mppRange">;
  readonly measures: SlideMeasures;
}

/** Whether the pixel size can be true, and whether the pack can work with it. */
export function checkPixelSize(scale: Scale, options: TrustOptions): TrustCheck {
  const { info, pixelSize, sampling, measures } = scale;
  const { mppX, mppY } = pixelSize;
  const [lowest, highest] = sampling.mppRange;
  const facts = {
    mppX_um: mppX,
    mppY_um: mppY,
    origin: pixelSize.origin,
    trainedFrom_um: lowest,
    trainedTo_um: highest,
    objective: info.objectivePower,
    tissueWidth_mm: rounded(measures.tissueWidthMm),
    tissueHeight_mm: rounded(measures.tissueHeightMm),
  };
  return { id: "pixel-size", ...judge(scale, options), facts };
}

function judge(scale: Scale, options: TrustOptions): Pick<TrustCheck, "light" | "reason"> {
  const { info, pixelSize, sampling, measures } = scale;
  const coarsest = Math.max(pixelSize.mppX, pixelSize.mppY);
  const finest = Math.min(pixelSize.mppX, pixelSize.mppY);
  const [lowest, highest] = sampling.mppRange;
  const say = (light: Light, pattern: string, ...values: (number | string)[]) => ({
    light,
    ...sentence(pattern, ...values),
  });
  if (coarsest > options.coarsestTimes * highest)
    return say(
      "red",
      "A pixel is {0} µm wide; the model was trained on {1} to {2} µm and cannot see its patterns in so coarse a picture.",
      coarsest,
      lowest,
      highest,
    );
  const extent = Math.max(measures.tissueWidthMm, measures.tissueHeightMm);
  if (extent > options.redExtentMm)
    return say(
      "red",
      "At {0} µm a pixel the tissue would be {1} mm long, and no slide is longer than {2} mm: the pixel size is wrong.",
      coarsest,
      extent,
      options.redExtentMm,
    );
  const power = powerDoubt(info.objectivePower, finest, options);
  if (power > options.powerRedTimes)
    return say(
      "red",
      "A pixel of {0} µm does not go with an objective of {1}x: one of the two is wrong.",
      finest,
      info.objectivePower ?? 0,
    );
  if (coarsest > 1.02 * highest)
    return say(
      "amber",
      "A pixel is {0} µm wide, coarser than the {1} to {2} µm that the model was trained on.",
      coarsest,
      lowest,
      highest,
    );
  if (extent > options.amberExtentMm)
    return say(
      "amber",
      "At {0} µm a pixel the tissue would be {1} mm long, more than a slide of {2} mm holds: check the pixel size.",
      coarsest,
      extent,
      options.amberExtentMm,
    );
  if (power > 1)
    return say(
      "amber",
      "A pixel of {0} µm is unusual for an objective of {1}x: check the pixel size.",
      finest,
      info.objectivePower ?? 0,
    );
  if (finest < options.finestMpp)
    return say("amber", "A pixel of {0} µm is finer than light can fill: check the pixel size.", finest);
  if (pixelSize.origin === "assumed")
    return say(
      "green",
      "A pixel of {0} µm, as typed in, fits the model's {1} to {2} µm; nothing in the file confirms it.",
      coarsest,
      lowest,
      highest,
    );
  if (coarsest < lowest)
    return say(
      "green",
      "A pixel of {0} µm is finer than the model's {1} to {2} µm, and the slide is brought to them.",
      coarsest,
      lowest,
      highest,
    );
  return say("green", "A pixel of {0} µm fits the model's {1} to {2} µm.", coarsest, lowest, highest);
}

/** How many times the product of pixel size and objective lies beyond what scanners have; at most 1 within, or without an objective. */
function powerDoubt(power: number | null, mpp: number, { powerProduct: [low, high] }: TrustOptions): number {
  if (power === null || !(power > 0)) return 0;
  const product = power * mpp;
  return Math.max(low / product, product / high);
}
