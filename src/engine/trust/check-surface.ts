import type { ModelPack } from "../modelpack/types.ts";
import { median, type SlideMeasures } from "./measures.ts";
import type { TrustOptions } from "./options.ts";
import { percent, rounded, sentence } from "./sentence.ts";
import type { TrustCheck } from "./types.ts";

/** Whether there is tissue, and enough of it. */
export function checkTissue(
  { tissueMm2, tissueShare }: SlideMeasures,
  { mpp, patch }: Pick<ModelPack["sampling"], "mpp" | "patch">,
  { leastPatches }: TrustOptions,
): TrustCheck {
  const leastMm2 = (leastPatches * (mpp * patch) ** 2) / 1e6;
  const facts = {
    tissue_mm2: rounded(tissueMm2),
    tissue_percent: percent(tissueShare),
    expectedFrom_mm2: rounded(leastMm2),
  };
  const id = "tissue";
  if (tissueMm2 === 0)
    return { id, light: "red", ...sentence("No tissue was found: only glass, ink or an empty field."), facts };
  if (tissueMm2 < leastMm2)
    return {
      id,
      light: "amber",
      ...sentence("Only {0} mm² of tissue was found, less than {1} patches of the model.", tissueMm2, leastPatches),
      facts,
    };
  return {
    id,
    light: "green",
    ...sentence("Tissue was found on {0} % of the slide, {1} mm².", percent(tissueShare), tissueMm2),
    facts,
  };
}

/** Whether the tissue is sharp at the pack's pixel size. */
export function checkFocus(
  { fineness, edges, squares }: SlideMeasures,
  reference: ModelPack["reference"],
  options: TrustOptions,
): TrustCheck {
  const id = "focus";
  const range = reference?.ranges?.measures.fineness;
  if (!range) {
    const facts = { fineness: rounded(median(fineness)), squares };
    return {
      id,
      light: "green",
      ...sentence("The model does not say how sharp its training images were, so focus was not judged."),
      facts,
    };
  }
  const floor = options.blurShare * range[1];
  const blurred = fineness.filter((one) => one < floor).length;
  const share = fineness.length === 0 ? 0 : blurred / fineness.length;
  const middle = median(fineness);
  const lost = fineness.filter(
    (one, i) => one < options.redBlurShare * range[1] && edges[i]! < options.sharpEdge,
  ).length;
  const facts = {
    blurred_percent: percent(share),
    fineness: rounded(middle),
    trainedFineness: rounded(range[1]),
    squares,
    squaresJudged: fineness.length,
  };
  if (fineness.length < Math.max(3, 0.1 * squares))
    return {
      id,
      light: "amber",
      ...sentence("The tissue has too little structure to tell whether it is in focus."),
      facts,
    };
  if (lost >= options.redBlurred * fineness.length)
    return {
      id,
      light: "red",
      ...sentence(
        "{0} % of {1} places are so blurred that nothing the model looks for can be seen: {2} % of the fine structure of its training images is left.",
        percent(share),
        fineness.length,
        percent(middle / range[1]),
      ),
      facts,
    };
  if (share >= options.amberBlurred)
    return {
      id,
      light: "amber",
      ...sentence(
        "{0} % of {1} places are out of focus for the model, with less than {2} % of the fine structure of its training images.",
        percent(share),
        fineness.length,
        percent(options.blurShare),
      ),
      facts,
    };
  return {
    id,
    light: "green",
    ...sentence("{0} % of {1} places are out of focus for the model.", percent(share), fineness.length),
    facts,
  };
}

/** Whether somebody wrote on the glass. */
export function checkPen({ ink }: SlideMeasures, { amberInk }: TrustOptions): TrustCheck {
  const colours = ink.colours.join(", ");
  const facts = { ink_percent: percent(ink.share), colours, expectedTo_percent: percent(amberInk) };
  const id = "pen";
  if (ink.share < amberInk)
    return {
      id,
      light: "green",
      ...sentence("Ink on {0} % of what is not glass.", percent(ink.share)),
      facts,
    };
  return {
    id,
    light: "amber",
    ...sentence(
      "Ink ({0}) on {1} % of what is not glass; tissue under it is left out.",
      colours || "faint",
      percent(ink.share),
    ),
    facts,
  };
}

/** Whether the tissue lies in folds. Approximate, as the sentence says. */
export function checkFolds(
  { foldShare }: SlideMeasures,
  reference: ModelPack["reference"],
  options: TrustOptions,
): TrustCheck {
  const trained = (reference?.ranges?.measures.foldPercent[2] ?? 0) / 100;
  const limit = Math.max(options.amberFolds, 2 * trained);
  const facts = {
    folds_percent: percent(foldShare),
    trainedTo_percent: percent(trained),
    expectedTo_percent: percent(limit),
  };
  const id = "folds";
  if (foldShare <= limit)
    return { id, light: "green", ...sentence("About {0} % of the tissue may be folded.", percent(foldShare)), facts };
  return {
    id,
    light: "amber",
    ...sentence(
      "About {0} % of the tissue is so dark that it may be folded or very thick, more than the {1} % of training.",
      percent(foldShare),
      percent(trained),
    ),
    facts,
  };
}
