import type { TrustPatch } from "./sample.ts";

/** How sharp a square is, and whether there is anything in it to be sharp. */
export interface PatchSharpness {
  /** Share of the brightness's variance that lies between neighbouring pixels, 0 (smooth) to about 20 (a chequerboard: the kernel's gain). */
  readonly fine: number;
  /** Standard deviation of brightness over the square, levels of 255. */
  readonly contrast: number;
  /** Largest Laplacian over `contrast`: the edge between two even fields gives 2 however sharp they are apart, blur takes it below 1. */
  readonly edge: number;
}

/**
 * Variance of the Laplacian of brightness (Pech-Pacheco et al., ICPR 2000) over the variance of brightness: the first falls with
 * blur, and the division takes out how strongly the slide is stained. Pixels whose neighbours are all tissue count. Null where
 * fewer than half of them are.
 */
export function sharpnessOf({ image, isTissue }: TrustPatch): PatchSharpness | null {
  const { width, height, data } = image;
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = (data[i * 4]! + data[i * 4 + 1]! + data[i * 4 + 2]!) / 3;
  let count = 0;
  let sum = 0;
  let squares = 0;
  let laplacianSquares = 0;
  let steepest = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const isInside =
        isTissue[at]! & isTissue[at - 1]! & isTissue[at + 1]! & isTissue[at - width]! & isTissue[at + width]!;
      if (isInside !== 1) continue;
      const value = grey[at]!;
      const laplacian = 4 * value - grey[at - 1]! - grey[at + 1]! - grey[at - width]! - grey[at + width]!;
      count++;
      sum += value;
      squares += value * value;
      laplacianSquares += laplacian * laplacian;
      steepest = Math.max(steepest, Math.abs(laplacian));
    }
  }
  if (count < 0.5 * (width - 2) * (height - 2)) return null;
  const variance = Math.max(0, squares / count - (sum / count) ** 2);
  if (variance === 0) return { fine: 0, contrast: 0, edge: 0 };
  const contrast = Math.sqrt(variance);
  return { fine: laplacianSquares / count / variance, contrast, edge: steepest / contrast };
}
