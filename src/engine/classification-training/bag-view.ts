import type { Random } from "../base/random.ts";
import type { RgbaImage } from "../slide/types.ts";
import { drawStainJitter, jitterStain } from "../training/stain-jitter.ts";
import type { BagView } from "./config.ts";

/** What chance made of a view, the same for all patches of an image. */
export interface DrawnView {
  /** Enlargement of the image. */
  readonly scale: number;
  /** A patch as the view shows it. */
  change(patch: RgbaImage): RgbaImage;
}

/** Draws what the view leaves to chance. */
export function drawView(view: BagView, random: Random): DrawnView {
  const jitter = view.stain && drawStainJitter(view.stain, random);
  const scale = view.scale ? drawEvenly(view.scale, random) : 1;
  const turn = view.turn ? Math.floor(random() * 8) : 0;
  return {
    scale,
    change: (patch) => turned(jitter ? jitterStain(patch, jitter) : patch, turn),
  };
}

/** True for the image as it is. */
export function isPlainView({ stain, scale, turn }: BagView): boolean {
  return !stain && !scale && !turn;
}

/**
 * A square patch in one of its eight positions: `turn` 0 to 3 clockwise quarters, 4 to 7 the same after exchanging left and right.
 * Returns the patch itself for 0.
 */
export function turned(patch: RgbaImage, turn: number): RgbaImage {
  if (turn === 0) return patch;
  const side = patch.width;
  if (patch.height !== side) throw new RangeError(`a patch of ${side} x ${patch.height} is no square`);
  const from = new Uint32Array(patch.data.buffer, patch.data.byteOffset, side * side);
  const to = new Uint32Array(side * side);
  const last = side - 1;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      // Where the pixel that comes to (x, y) stood before the quarters, then before the mirror.
      const [column, row] = [
        [x, y],
        [y, last - x],
        [last - x, last - y],
        [last - y, x],
      ][turn % 4] as [number, number];
      to[y * side + x] = from[row * side + (turn >= 4 ? last - column : column)]!;
    }
  }
  return { width: side, height: side, data: new Uint8ClampedArray(to.buffer) };
}

function drawEvenly([low, high]: readonly [number, number], random: Random): number {
  return Math.exp(Math.log(low) + random() * (Math.log(high) - Math.log(low)));
}
