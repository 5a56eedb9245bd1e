import { isAppError } from "../base/errors.ts";
import type { AssociatedLayer, SlideContent } from "./content.ts";
import { MAX_PROFILE_BYTES } from "./icc/profile.ts";
import type { PixelLayer } from "./layer.ts";
import type { SlideInfo, SlideView } from "./types.ts";

type Pictures = Pick<SlideContent, "layers"> & { readonly associated: readonly AssociatedLayer[] };

/** Pictures in the colours of a view, and what they then are. */
export type ColouredPictures = Pictures & Pick<SlideInfo, "colour" | "colourNote">;

/**
 * The layers with their colours by the file's profile, where the view asks for that. A profile that cannot be applied leaves them as
 * stored and says so in `colourNote`; the slide opens all the same.
 */
export async function inColourOf(content: SlideContent, view: SlideView): Promise<ColouredPictures> {
  const pictures = { layers: content.layers, associated: content.associated ?? [] };
  const asStored = { ...pictures, colour: "stored", colourNote: null } as const;
  if (view.colour !== "srgb") return asStored;
  if (!content.readColourProfile) return { ...asStored, colourNote: NONE };
  try {
    const profile = await content.readColourProfile();
    if (!profile || profile.length > MAX_PROFILE_BYTES) return { ...asStored, colourNote: UNREADABLE };
    // Only who wants it loads it.
    const { transformToSrgb } = await import("./icc/to-srgb.ts");
    const transform = transformToSrgb(profile);
    const colour = (layer: PixelLayer) => colouredLayer(layer, transform);
    return {
      layers: pictures.layers.map(colour),
      associated: pictures.associated.map(({ name, layer }) => ({ name, layer: colour(layer) })),
      colour: "srgb",
      colourNote: null,
    };
  } catch (error) {
    if (!isAppError(error) || error.code === "slide/unreadable") throw error;
    return { ...asStored, colourNote: error.message };
  }
}

const NONE = "The slide holds no colour profile; its colours are shown as stored.";
const UNREADABLE = "The slide's colour profile cannot be read (8 MB at most); its colours are shown as stored.";

/** Works on copies: a layer may hand out the very pixels that it keeps. */
function colouredLayer(layer: PixelLayer, transform: (pixels: Uint8ClampedArray) => void): PixelLayer {
  const { width, height, tileWidth, tileHeight, isRowWise = false } = layer;
  return {
    width,
    height,
    tileWidth,
    tileHeight,
    isRowWise,
    async read(rect, options) {
      const image = await layer.read(rect, options);
      const data = image.data.slice();
      transform(data);
      return { ...image, data };
    },
  };
}
