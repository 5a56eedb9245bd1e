import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { PixelSize, Slide } from "../../engine/slide/types.ts";

/** The given size, else the file's, else the pack's own, which is then named in the notes. */
export function pixelSizeOf(slide: Slide, forced: number | null, loaded: LoadedPack, notes: Set<string>): PixelSize {
  if (forced !== null) return { mppX: forced, mppY: forced, origin: "assumed" };
  if (slide.info.pixelSize) return slide.info.pixelSize;
  const { mpp } = loaded.pack.sampling;
  notes.add(`Images without a pixel size were taken at the pack's own of ${mpp} µm; give --mpp to change that.`);
  return { mppX: mpp, mppY: mpp, origin: "assumed" };
}
