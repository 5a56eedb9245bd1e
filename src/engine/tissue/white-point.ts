/** Colour of empty glass, 0 to 255 per channel. */
export type WhitePoint = readonly [number, number, number];

/** What scanners make of empty glass when the picture does not show any. */
const ASSUMED_WHITE: WhitePoint = [245, 245, 245];

/** Cells that must look like glass before they are believed, as a share of all. */
const LEAST_SHARE = 0.002;

/**
 * The most frequent colour among the bright cells that are nearly colourless and not pink: stained tissue, however pale,
 * lets green through least, which the lamp's tint on glass (yellowish, bluish) does not. Exactly white cells are padding around the scan and
 * count only when there is no other glass. `rgb`: three values per cell.
 */
export function findWhitePoint(rgb: Float32Array): WhitePoint {
  const counts = new Float64Array(256);
  const sums = new Float64Array(256 * 3);
  let padding = 0;
  let glass = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const red = rgb[at]!;
    const green = rgb[at + 1]!;
    const blue = rgb[at + 2]!;
    if (red === 255 && green === 255 && blue === 255) {
      padding++;
      continue;
    }
    const highest = Math.max(red, green, blue);
    const isGrey = highest - Math.min(red, green, blue) < 24;
    const isPink = green < red - 4 && green < blue - 2;
    if (highest < 170 || !isGrey || isPink) continue;
    const bin = Math.round((red + green + blue) / 3);
    counts[bin]!++;
    sums[bin * 3]! += red;
    sums[bin * 3 + 1]! += green;
    sums[bin * 3 + 2]! += blue;
    glass++;
  }
  const cells = rgb.length / 3;
  if (glass < cells * LEAST_SHARE) return padding >= cells * LEAST_SHARE ? [255, 255, 255] : ASSUMED_WHITE;
  return meanAround(peakOf(counts), counts, sums);
}

/** Middle of the three neighbouring bins that hold most. */
function peakOf(counts: Float64Array): number {
  let best = 0;
  let most = -1;
  for (let bin = 0; bin < counts.length; bin++) {
    const around = (counts[bin - 1] ?? 0) + counts[bin]! + (counts[bin + 1] ?? 0);
    if (around > most) {
      most = around;
      best = bin;
    }
  }
  return best;
}

function meanAround(peak: number, counts: Float64Array, sums: Float64Array): WhitePoint {
  const total = [0, 0, 0, 0];
  for (let bin = Math.max(0, peak - 1); bin <= Math.min(255, peak + 1); bin++) {
    total[3]! += counts[bin]!;
    for (let channel = 0; channel < 3; channel++) total[channel]! += sums[bin * 3 + channel]!;
  }
  const [red = 0, green = 0, blue = 0, count = 1] = total;
  return [red / count, green / count, blue / count];
}
