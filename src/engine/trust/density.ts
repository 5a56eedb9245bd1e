import type { TrustSample } from "./sample.ts";

/** Optical density of tissue pixels, natural logarithm: red, green, blue, three values a pixel; 0 is glass. */
export function tissueDensity({ patches, white }: Pick<TrustSample, "patches" | "white">): Float32Array<ArrayBuffer> {
  const tables = white.map((level) => densityTable(level)) as [Float32Array, Float32Array, Float32Array];
  const count = patches.reduce((sum, { isTissue }) => sum + isTissue.reduce((a, b) => a + b, 0), 0);
  const density = new Float32Array(count * 3);
  let to = 0;
  for (const { image, isTissue } of patches) {
    for (let at = 0; at < isTissue.length; at++) {
      if (isTissue[at] !== 1) continue;
      for (let channel = 0; channel < 3; channel++) density[to++] = tables[channel]![image.data[at * 4 + channel]!]!;
    }
  }
  return density;
}

/** -ln((v + 1) / (white + 1)), never below 0, for each value of a channel. */
function densityTable(white: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => Math.max(0, -Math.log((value + 1) / (white + 1))));
}
