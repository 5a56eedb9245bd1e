import { type ColourTable, readColourTable } from "./colour-table.ts";
import { readCurve } from "./curve.ts";
import { type IccProfile, malformed, parseProfile, textAt, unsupported } from "./profile.ts";

/** Turns the colours of pixels (four bytes each) to sRGB in place; alpha stays. */
export type ColourTransform = (pixels: Uint8ClampedArray) => void;

/** XYZ of the profile's white, D50 (ICC.1:2010, 7.2.16). */
const D50 = [0.9642, 1, 0.8249] as const;

/** XYZ for D50 to linear sRGB: the inverse of the sRGB primaries adapted by Bradford's method (IEC 61966-2-1, ICC.1:2010 annex E). */
const FROM_XYZ = [
  [3.1341359569958707, -1.6173863321612538, -0.4906619460083532],
  [-0.978795502912089, 1.9162543773959881, 0.03344273093656],
  [0.07195537988411677, -0.2289768264158322, 1.405386058324125],
] as const;

/** Encoded values at 16,384 steps of linear light: less than a quarter of a level apart even in the shadows. */
const ENCODED = encodedSrgb(1 << 14);

/**
 * The transform of a profile by relative colorimetry: the profile's white becomes white, and what no sRGB screen can show is clipped.
 * Throws `slide/malformed` or `slide/unsupported-format` with a sentence; never reads outside of the profile.
 */
export function transformToSrgb(bytes: Uint8Array<ArrayBuffer>): ColourTransform {
  const profile = parseProfile(bytes);
  if (profile.space === "GRAY") return greyTransform(profile);
  if (profile.space !== "RGB") throw unsupported(`it is for ${profile.space.replace(/[^\w ]/g, "?")} pixels`);
  const table = profile.tag("A2B1") ?? profile.tag("A2B0");
  return table ? tableTransform(readColourTable(table, profile.pcs), profile.pcs) : matrixTransform(profile);
}

/** Curves and a matrix (ICC.1:2010, annex F.3): light of the three channels adds up, so three tables say all. */
function matrixTransform(profile: IccProfile): ColourTransform {
  if (profile.pcs !== "XYZ") throw malformed("a matrix that leads to no XYZ");
  const red = channelLight(profile, "r");
  const green = channelLight(profile, "g");
  const blue = channelLight(profile, "b");
  return (pixels) => {
    for (let i = 0; i < pixels.length; i += 4) {
      const r = 3 * pixels[i]!;
      const g = 3 * pixels[i + 1]!;
      const b = 3 * pixels[i + 2]!;
      pixels[i] = encode(red[r]! + green[g]! + blue[b]!);
      pixels[i + 1] = encode(red[r + 1]! + green[g + 1]! + blue[b + 1]!);
      pixels[i + 2] = encode(red[r + 2]! + green[g + 2]! + blue[b + 2]!);
    }
  };
}

/** Linear sRGB of the 256 values of one channel, three numbers each. */
function channelLight(profile: IccProfile, channel: "r" | "g" | "b"): Float64Array {
  const column = profile.tag(`${channel}XYZ`);
  const curve = curveOf(profile, `${channel}TRC`);
  if (!column || column.byteLength < 20 || textAt(column, 0) !== "XYZ ") throw malformed("neither table nor matrix");
  const xyz = [8, 12, 16].map((at) => column.getInt32(at) / 65536);
  const light = new Float64Array(3 * 256);
  for (let i = 0; i < 256; i++) {
    const y = Math.min(1, Math.max(0, curve(i / 255)));
    FROM_XYZ.forEach((row, k) => {
      light[3 * i + k] = y * (row[0] * xyz[0]! + row[1] * xyz[1]! + row[2] * xyz[2]!);
    });
  }
  return light;
}

/** One curve, taken for each channel alike: grey pixels have three equal ones. */
function greyTransform(profile: IccProfile): ColourTransform {
  const curve = curveOf(profile, "kTRC");
  const shades = Uint8Array.from({ length: 256 }, (_, i) => {
    const y = curve(i / 255);
    return encode(profile.pcs === "Lab" ? inverseF((y * 100 + 16) / 116) : y);
  });
  return (pixels) => {
    for (let i = 0; i < pixels.length; i++) if ((i & 3) !== 3) pixels[i] = shades[pixels[i]!]!;
  };
}

function curveOf(profile: IccProfile, name: string) {
  const tag = profile.tag(name);
  if (!tag) throw malformed("neither table nor curves");
  return readCurve(tag, 0).curve;
}

function tableTransform({ input, stages, isLegacyLab }: ColourTable, pcs: IccProfile["pcs"]): ColourTransform {
  const values = new Float64Array(3);
  const toXyz = pcs === "Lab" ? (isLegacyLab ? legacyLabToXyz : labToXyz) : codedXyz;
  return (pixels) => {
    for (let i = 0; i < pixels.length; i += 4) {
      values[0] = input[pixels[i]!]!;
      values[1] = input[256 + pixels[i + 1]!]!;
      values[2] = input[512 + pixels[i + 2]!]!;
      for (const stage of stages) stage(values);
      toXyz(values);
      const x = values[0]!;
      const y = values[1]!;
      const z = values[2]!;
      for (let k = 0; k < 3; k++) {
        const row = FROM_XYZ[k]!;
        pixels[i + k] = encode(row[0] * x + row[1] * y + row[2] * z);
      }
    }
  };
}

/** u1Fixed15: 1 stands for 1 + 32767/32768. */
function codedXyz(values: Float64Array): void {
  for (let k = 0; k < 3; k++) values[k]! *= 65535 / 32768;
}

function legacyLabToXyz(values: Float64Array): void {
  for (let k = 0; k < 3; k++) values[k]! *= 65535 / 65280;
  labToXyz(values);
}

/** CIE Lab from its codes: L = 100 v, a and b = 255 v - 128. */
function labToXyz(values: Float64Array): void {
  const fy = (100 * values[0]! + 16) / 116;
  const fx = fy + (255 * values[1]! - 128) / 500;
  const fz = fy - (255 * values[2]! - 128) / 200;
  values[0] = D50[0] * inverseF(fx);
  values[1] = inverseF(fy);
  values[2] = D50[2] * inverseF(fz);
}

function inverseF(t: number): number {
  return t > 24 / 116 ? t * t * t : (108 / 841) * (t - 16 / 116);
}

function encode(linear: number): number {
  if (!(linear > 0)) return 0;
  return linear >= 1 ? 255 : ENCODED[(linear * (ENCODED.length - 1) + 0.5) | 0]!;
}

/** 0-255 by the curve of IEC 61966-2-1. */
function encodedSrgb(steps: number): Uint8Array {
  return Uint8Array.from({ length: steps + 1 }, (_, i) => {
    const x = i / steps;
    return Math.round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055));
  });
}
