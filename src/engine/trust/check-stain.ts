import type { ModelPack } from "../modelpack/types.ts";
import type { SlideInfo } from "../slide/types.ts";
import { beyond } from "./beyond.ts";
import type { SlideMeasures } from "./measures.ts";
import type { TrustOptions } from "./options.ts";
import { percent, rounded, sentence } from "./sentence.ts";
import { angleBetween } from "./stain-vectors.ts";
import type { TrustCheck } from "./types.ts";

type Said = Pick<TrustCheck, "light" | "reason">;

/** Whether it is haematoxylin and eosin in bright field at all, and whether the stains look as in training. */
export function checkStain(
  info: Pick<SlideInfo, "channels">,
  measures: SlideMeasures,
  reference: ModelPack["reference"],
  options: TrustOptions,
): TrustCheck {
  const { stains, foreignShare, colourfulness, blackShare, ink } = measures;
  const ranges = reference?.ranges;
  const haematoxylin = stains && ranges ? angleBetween(stains.haematoxylin, ranges.haematoxylin) : null;
  const eosin = stains && ranges ? angleBetween(stains.eosin, ranges.eosin) : null;
  const facts = {
    foreignColours_percent: percent(foreignShare),
    colourfulness: rounded(colourfulness),
    black_percent: percent(blackShare),
    haematoxylin: stains?.haematoxylin.map((value) => value.toFixed(3)).join(" ") ?? null,
    eosin: stains?.eosin.map((value) => value.toFixed(3)).join(" ") ?? null,
    haematoxylin_deg: haematoxylin === null ? null : rounded(haematoxylin),
    eosin_deg: eosin === null ? null : rounded(eosin),
    haematoxylinTrainedTo_deg: ranges?.measures.haematoxylinDeg[2] ?? null,
    eosinTrainedTo_deg: ranges?.measures.eosinDeg[2] ?? null,
  };
  const said =
    notBrightField(info, measures, options) ??
    notStained(measures, options) ??
    foreignColours(foreignShare, ink.colouredShare, options) ??
    otherDirections({ haematoxylin, eosin }, reference, options) ??
    alike({ haematoxylin, eosin }, measures);
  return { id: "stain", ...said, facts };
}

function notBrightField(
  { channels }: Pick<SlideInfo, "channels">,
  { blackShare, contrast }: SlideMeasures,
  { redBlack, leastContrast }: TrustOptions,
): Said | null {
  if (channels.length > 0)
    return {
      light: "red",
      ...sentence("A fluorescence image with {0} channels, not H&E in bright field.", channels.length),
    };
  if (blackShare < redBlack) return null;
  const light = contrast >= leastContrast ? "red" : "amber";
  return {
    light,
    ...sentence("{0} % of the picture is black: this is not a slide in bright field.", percent(blackShare)),
  };
}

function notStained({ colourfulness, contrast, squares }: SlideMeasures, options: TrustOptions): Said | null {
  if (squares === 0 || colourfulness >= options.amberColourless) return null;
  if (contrast < options.leastContrast)
    return { light: "amber", ...sentence("What was found is of one even grey, so nothing can be told of its stain.") };
  if (colourfulness < options.redColourless)
    return {
      light: "red",
      ...sentence(
        "The picture is grey (colourfulness {0}, H&E has 0.5 and more): the model knows H&E only.",
        colourfulness,
      ),
    };
  return {
    light: "amber",
    ...sentence("The stain is very pale (colourfulness {0}, H&E has 0.5 and more).", colourfulness),
  };
}

/** Blues and greens were taken for ink by the tissue mask; where they are most of the picture they are its colours. */
function foreignColours(foreignShare: number, inkShare: number, options: TrustOptions): Said | null {
  const share = inkShare > 0.5 ? inkShare + (1 - inkShare) * foreignShare : foreignShare;
  if (share < options.amberForeign) return null;
  const light = share >= options.redForeign ? "red" : "amber";
  return {
    light,
    ...sentence(
      "{0} % of the colours cannot come from haematoxylin, eosin or blood; in training it was under 1 %.",
      percent(share),
    ),
  };
}

interface Angles {
  readonly haematoxylin: number | null;
  readonly eosin: number | null;
}

function otherDirections(
  { haematoxylin, eosin }: Angles,
  reference: ModelPack["reference"],
  options: TrustOptions,
): Said | null {
  const measures = reference?.ranges?.measures;
  if (!measures || haematoxylin === null || eosin === null) return null;
  const far = Math.max(beyond(haematoxylin, measures.haematoxylinDeg), beyond(eosin, measures.eosinDeg));
  if (far <= options.rangeMargin) return null;
  return {
    light: "amber",
    ...sentence(
      "The stains differ from those of training: haematoxylin by {0}° (training up to {1}°), eosin by {2}° (up to {3}°).",
      Math.round(haematoxylin),
      Math.round(measures.haematoxylinDeg[2]),
      Math.round(eosin),
      Math.round(measures.eosinDeg[2]),
    ),
  };
}

function alike({ haematoxylin, eosin }: Angles, { squares }: SlideMeasures): Said {
  if (squares === 0) return { light: "green", ...sentence("There is no tissue whose stain could be judged.") };
  if (haematoxylin === null || eosin === null)
    return {
      light: "green",
      ...sentence(
        "The colours can be those of haematoxylin and eosin; their directions were not compared with training.",
      ),
    };
  return {
    light: "green",
    ...sentence(
      "Haematoxylin and eosin as in training, within {0}° and {1}°.",
      Math.ceil(haematoxylin),
      Math.ceil(eosin),
    ),
  };
}
