import type { ModelPack } from "../modelpack/types.ts";
import type { SlideInfo, SlideView } from "../slide/types.ts";

/** What a pack's network sees of a slide that a reader looks at in `view`: the same plane, in the colours that the pack was trained on. */
export function analysedView({ sampling }: Pick<ModelPack, "sampling">, view: SlideView = {}): SlideView {
  return { ...view, colour: sampling.colour ?? "stored" };
}

/** What a reader must know of the colours, beside the numbers. */
export function colourNotes(info: Pick<SlideInfo, "colour" | "colourNote">, pack: ModelPack): string[] {
  const wanted = pack.sampling.colour ?? "stored";
  if (wanted === info.colour) return [];
  const trained = wanted === "srgb" ? "colours by the slides' profiles" : "colours as they are stored";
  const why = info.colourNote === null ? "" : ` ${info.colourNote}`;
  return [`The pack "${pack.name}" was trained on ${trained}; this slide was read otherwise.${why}`];
}
