import type { YcbcrLayout } from "./page.ts";

/** Three values of 0-255 (chroma and CIE a*, b* may lie beyond while they are worked on). */
export type ThreeColours = [number, number, number];

/** Inks as shares of light that they take away: red = (1 - C)(1 - K). No profile, as Pillow and browsers without one do. */
export function cmykToRgb(colour: ThreeColours, black: number): void {
  const light = (255 - black) / 255;
  for (let c = 0; c < 3; c++) colour[c] = Math.round((255 - colour[c]!) * light);
}

/** Luma and chroma to red, green, blue (TIFF 6.0 sections 20 and 21), in place. */
export function ycbcrToRgb({ luma, reference }: YcbcrLayout): (colour: ThreeColours) => void {
  const [red, green, blue] = luma;
  const [black = 0, white = 255, noBlue = 128, fullBlue = 255, noRed = 128, fullRed = 255] = reference;
  const scaleLuma = 255 / (white - black || 255);
  const scaleBlue = 127 / (fullBlue - noBlue || 127);
  const scaleRed = 127 / (fullRed - noRed || 127);
  return (colour) => {
    const y = (colour[0] - black) * scaleLuma;
    const cb = (colour[1] - noBlue) * scaleBlue;
    const cr = (colour[2] - noRed) * scaleRed;
    const r = cr * (2 - 2 * red) + y;
    const b = cb * (2 - 2 * blue) + y;
    colour[0] = r;
    colour[1] = (y - blue * b - red * r) / (green || 1);
    colour[2] = b;
  };
}

/** White of CIE illuminant D50, as Photoshop and ICC profiles take it. */
const WHITE: ThreeColours = [0.96422, 1, 0.82521];
/** XYZ relative to D50 to linear sRGB: Bradford adaptation to D65 and sRGB's inverse matrix in one (B. Lindbloom). */
const TO_SRGB: readonly ThreeColours[] = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
];

/** CIE L*a*b* (TIFF 6.0 section 23: L* from 0 to 255 for 0 to 100, a* and b* with sign) to sRGB, in place. */
export function cielabToRgb(colour: ThreeColours): void {
  const [first, second, third] = colour;
  const fy = ((first / 255) * 100 + 16) / 116;
  const fx = fy + signed(second) / 500;
  const fz = fy - signed(third) / 200;
  const xyz = [fx, fy, fz].map((f, i) => WHITE[i]! * (f > 6 / 29 ? f ** 3 : (f - 16 / 116) * 3 * (6 / 29) ** 2));
  for (const [c, row] of TO_SRGB.entries()) {
    const linear = row[0] * xyz[0]! + row[1] * xyz[1]! + row[2] * xyz[2]!;
    colour[c] = 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
  }
}

function signed(value: number): number {
  return value > 127 ? value - 256 : value;
}
