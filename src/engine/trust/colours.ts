import type { TrustSample } from "./sample.ts";

type Rgb = readonly [number, number, number];

/** Mean and standard deviation of the tissue's red, green and blue, 0 to 255. Zeros without a pixel of tissue. */
export function tissueColour({ patches }: Pick<TrustSample, "patches">): { readonly mean: Rgb; readonly std: Rgb } {
  let count = 0;
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (const { image, isTissue } of patches) {
    for (let at = 0; at < isTissue.length; at++) {
      if (isTissue[at] !== 1) continue;
      count++;
      for (let channel = 0; channel < 3; channel++) {
        const value = image.data[at * 4 + channel]!;
        sums[channel]! += value;
        squares[channel]! += value * value;
      }
    }
  }
  const mean = sums.map((sum) => (count === 0 ? 0 : sum / count));
  const std = squares.map((sum, i) => (count === 0 ? 0 : Math.sqrt(Math.max(0, sum / count - mean[i]! ** 2))));
  return { mean: rgb(mean), std: rgb(std) };
}

/** Mean density from which a pixel has a colour to speak of. */
const COLOURED = 0.1;

/**
 * How far green is swallowed least: in haematoxylin and eosin green is swallowed most or nearly so, and blood, the yellowest of them, swallows blue
 * about as well.
 */
const RED_OVER_GREEN = 1.2;
const BLUE_OVER_GREEN = 1.15;

export interface HueShares {
  /** Share of the coloured pixels that no mixture of haematoxylin, eosin and blood gives: blues, greens, yellows, browns. */
  readonly foreign: number;
  /** Mean over the coloured pixels of (largest - smallest density) / largest: 0 is grey. */
  readonly colourfulness: number;
  /** Coloured pixels of all pixels of tissue. */
  readonly coloured: number;
}

/** `density`: as `tissueDensity`. */
export function hueShares(density: Float32Array): HueShares {
  let coloured = 0;
  let foreign = 0;
  let colourfulness = 0;
  for (let at = 0; at < density.length; at += 3) {
    const [r, g, b] = [density[at]!, density[at + 1]!, density[at + 2]!];
    if ((r + g + b) / 3 < COLOURED) continue;
    coloured++;
    const largest = Math.max(r, g, b);
    colourfulness += (largest - Math.min(r, g, b)) / largest;
    if (r > RED_OVER_GREEN * g || b > BLUE_OVER_GREEN * g) foreign++;
  }
  const pixels = density.length / 3;
  if (coloured === 0) return { foreign: 0, colourfulness: 0, coloured: 0 };
  return { foreign: foreign / coloured, colourfulness: colourfulness / coloured, coloured: coloured / pixels };
}

function rgb(values: readonly number[]): Rgb {
  return [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0];
}
