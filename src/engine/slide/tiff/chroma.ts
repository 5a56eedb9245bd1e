import type { YcbcrLayout } from "./page.ts";

/** Bytes of a piece of `width` x `rows` pixels of luma with thinned chroma (TIFF 6.0 section 21). */
export function thinnedBytes({ subsampling }: YcbcrLayout, width: number, rows: number): number {
  const [across, down] = subsampling;
  return Math.ceil(width / across) * Math.ceil(rows / down) * (across * down + 2);
}

/** True where chroma has fewer samples than luma, so that pixels do not lie one behind the other. */
export function isThinned({ subsampling }: YcbcrLayout): boolean {
  return subsampling[0] * subsampling[1] > 1;
}

/**
 * Luma, blue and red chroma of each pixel from the data units of section 21: the luma of `across` x `down` pixels, then one
 * chroma of each kind for all of them. Chroma is repeated, as libtiff does.
 */
export function spreadChroma(
  units: Uint8Array<ArrayBuffer>,
  { subsampling }: YcbcrLayout,
  width: number,
  rows: number,
): Uint8Array<ArrayBuffer> {
  const [across, down] = subsampling;
  const unitBytes = across * down + 2;
  const unitsAcross = Math.ceil(width / across);
  const pixels = new Uint8Array(width * rows * 3);
  for (let y = 0, at = 0; y < rows; y++) {
    const rowStart = Math.floor(y / down) * unitsAcross * unitBytes;
    for (let x = 0; x < width; x++, at += 3) {
      const unit = rowStart + Math.floor(x / across) * unitBytes;
      pixels[at] = units[unit + (y % down) * across + (x % across)]!;
      pixels[at + 1] = units[unit + unitBytes - 2]!;
      pixels[at + 2] = units[unit + unitBytes - 1]!;
    }
  }
  return pixels;
}
