import type { RgbaImage } from "../slide/types.ts";

type Triple = readonly [number, number, number];

/** Mean and deviation of red, green and blue over every pixel of the pictures that were added, 0-255. */
export class ColourSums {
  readonly #sums = new Float64Array(3);
  readonly #squares = new Float64Array(3);
  #pixels = 0;

  add({ data }: RgbaImage): void {
    for (let at = 0; at < data.length; at += 4) {
      for (let channel = 0; channel < 3; channel++) {
        const value = data[at + channel]!;
        this.#sums[channel]! += value;
        this.#squares[channel]! += value * value;
      }
    }
    this.#pixels += data.length / 4;
  }

  /** Whole numbers below 2^53 throughout, so the difference of squares is exact enough. */
  result(): { readonly rgbMean: Triple; readonly rgbStd: Triple } {
    const of = (channel: number) => {
      const mean = this.#sums[channel]! / this.#pixels;
      return { mean, std: Math.sqrt(Math.max(0, this.#squares[channel]! / this.#pixels - mean * mean)) };
    };
    const [red, green, blue] = [of(0), of(1), of(2)];
    return { rgbMean: [red.mean, green.mean, blue.mean], rgbStd: [red.std, green.std, blue.std] };
  }
}
