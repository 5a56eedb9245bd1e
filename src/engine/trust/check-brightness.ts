import type { MeasureRange, ModelPack } from "../modelpack/types.ts";
import { beyond } from "./beyond.ts";
import type { SlideMeasures } from "./measures.ts";
import type { TrustOptions } from "./options.ts";
import { rounded, sentence } from "./sentence.ts";
import type { TrustCheck } from "./types.ts";

/** Whether the tissue is as light and of the colour that it was in training. */
export function checkBrightness(
  { rgbMean, rgbStd, squares }: SlideMeasures,
  reference: ModelPack["reference"],
  { rangeMargin }: TrustOptions,
): TrustCheck {
  const id = "brightness";
  const words = (rgb: readonly number[]) => rgb.map(Math.round).join(", ");
  const facts = {
    red: rounded(rgbMean[0]),
    green: rounded(rgbMean[1]),
    blue: rounded(rgbMean[2]),
    redSpread: rounded(rgbStd[0]),
    greenSpread: rounded(rgbStd[1]),
    blueSpread: rounded(rgbStd[2]),
    trained: reference ? words(reference.rgbMean) : null,
  };
  if (squares === 0)
    return { id, light: "green", ...sentence("There is no tissue whose brightness could be judged."), facts };
  if (!reference)
    return {
      id,
      light: "green",
      ...sentence(
        "The model does not say how bright its training images were; here the tissue is {0} (red, green, blue).",
        words(rgbMean),
      ),
      facts,
    };
  const ranges = rangesOf(reference);
  const far = Math.max(...rgbMean.map((value, channel) => beyond(value, ranges[channel]!)));
  if (far <= rangeMargin)
    return {
      id,
      light: "green",
      ...sentence(
        "The tissue is as bright as in training: {0} (red, green, blue), there {1}.",
        words(rgbMean),
        words(reference.rgbMean),
      ),
      facts,
    };
  const mean = (rgb: readonly number[]) => rgb.reduce((a, b) => a + b, 0) / 3;
  const pattern =
    mean(rgbMean) > mean(reference.rgbMean)
      ? "The tissue is paler than in training, or of another tint: {0} (red, green, blue), there {1}."
      : "The tissue is darker than in training, or of another tint: {0} (red, green, blue), there {1}.";
  return { id, light: "amber", ...sentence(pattern, words(rgbMean), words(reference.rgbMean)), facts };
}

/** As measured on the training images, else a standard deviation of their pixels to either side, which is wider. */
function rangesOf({ ranges, rgbMean, rgbStd }: NonNullable<ModelPack["reference"]>): readonly MeasureRange[] {
  if (ranges) return [ranges.measures.red, ranges.measures.green, ranges.measures.blue];
  return rgbMean.map(
    (middle, channel) => [middle - rgbStd[channel]! / 2, middle, middle + rgbStd[channel]! / 2] as const,
  );
}
