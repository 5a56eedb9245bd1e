import { axisTaps, resample } from "../slide/resample.ts";
import type { RgbaImage } from "../slide/types.ts";

/** A patch as the network sees it, `side` x `side`, from its own pixels alone: by area when shrinking, cubic when enlarging. */
export function resizePatch(patch: RgbaImage, side: number): RgbaImage {
  if (patch.width === side && patch.height === side) return patch;
  const columns = axisTaps(patch.width / side, 0, side);
  const rows = axisTaps(patch.height / side, 0, side);
  return { width: side, height: side, data: resample({ ...patch, left: 0, top: 0 }, columns, rows) };
}
