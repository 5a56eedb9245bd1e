import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { darknessPack } from "../analysis/darkness-pack.ts";
import { PictureSlide, picture } from "../tissue/picture-slide.ts";

export const PIXEL_SIZE = { mppX: 4, mppY: 4, origin: "file" } as const;

/** Where a made section is redder and where it is bluer than elsewhere; squares of 48 pixels. */
export const RED = { x: 64, y: 80 };
export const BLUE = { x: 200, y: 128 };
export const SQUARE = 48;

/** Grainless tissue of 320 x 256 pixels on glass that is a little grey, with a red and a blue square whose strength is given. */
export function colouredSection(strength: number): RgbaImage {
  const within = (x: number, y: number, from: { x: number; y: number }) =>
    x >= from.x && x < from.x + SQUARE && y >= from.y && y < from.y + SQUARE;
  return picture(320, 256, (x, y) => {
    if (x < 16 || y < 16 || x >= 304 || y >= 240) return [225, 225, 225];
    if (within(x, y, RED)) return [140 + strength, 60, 140];
    if (within(x, y, BLUE)) return [140, 60, 140 + strength];
    return [140, 60, 140];
  });
}

export function colouredSlide(strength: number): PictureSlide {
  return new PictureSlide([colouredSection(strength)], PIXEL_SIZE);
}

/** Red speaks for necrosis, blue against it, green hardly; dense on two windows, the wider one with half the weight. */
export function colourPack(): LoadedPack {
  const { pack, ...rest } = darknessPack({ sampling: { windows: [16, 48] } });
  const weights = Float32Array.of(2, 0.1, -1, 1, 0, -0.5);
  return { ...rest, pack: { ...pack, svms: pack.svms.map((svm) => ({ ...svm, weights })) } };
}

/** The same colours for a classification of patches of 32 pixels, seen as they are. */
export function colourClassifier(): LoadedPack {
  const { pack, ...rest } = darknessPack({
    sampling: { mode: "patchwise", patch: 32, stride: 24, resizeTo: 32, windows: [32] },
  });
  const svm = { ...pack.svms[0]!, positive: "tumour", negative: "blood", weights: Float32Array.of(-2, 1) };
  const selected = [0, 2];
  return { ...rest, pack: { ...pack, task: "classification", classes: ["blood", "tumour"], selected, svms: [svm] } };
}
