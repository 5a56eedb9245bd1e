import type { Random } from "../../../src/engine/base/random.ts";
import { asciiBytes, type Bytes, below, pick, readUint, writeUint } from "./bytes.ts";
import { extremeNumber } from "./extremes.ts";
import type { Mutator } from "./mutator.ts";

interface DicomElement {
  readonly at: number;
  readonly vr: string;
  /** Where its length stands, in how many bytes, and where its value starts. */
  readonly lengthAt: number;
  readonly lengthBytes: 2 | 4;
  readonly valueAt: number;
  readonly length: number;
}

const LONG_VR = ["OB", "OW", "OV", "OD", "OF", "OL", "SQ", "UN", "UT", "UC", "UR", "UV", "SV"];

/** Elements of an explicit data set wherever they lie: known by a representation behind a group that slides use. */
function dicomElements(bytes: Bytes): DicomElement[] {
  if (String.fromCharCode(...bytes.subarray(128, 132)) !== "DICM") return [];
  const found: DicomElement[] = [];
  for (let at = 132; at + 12 < bytes.length && found.length < 2000; at++) {
    const group = bytes[at]! | (bytes[at + 1]! << 8);
    const vr = String.fromCharCode(bytes[at + 4]!, bytes[at + 5]!);
    const isElement = [0x2, 0x8, 0x18, 0x20, 0x28, 0x40, 0x48, 0x5200, 0x7fe0].includes(group) && /^[A-Z]{2}$/.test(vr);
    if (!isElement) continue;
    const isLong = LONG_VR.includes(vr);
    const lengthAt = at + (isLong ? 8 : 6);
    const lengthBytes = isLong ? 4 : 2;
    const length = Number(readUint(bytes, lengthAt, lengthBytes, true));
    found.push({ at, vr, lengthAt, lengthBytes, valueAt: lengthAt + lengthBytes, length });
  }
  return found;
}

function dicomMutator(kind: string, change: (bytes: Bytes, element: DicomElement, random: Random) => Bytes): Mutator {
  return {
    kind,
    apply(bytes, random) {
      const elements = dicomElements(bytes);
      return elements.length === 0 ? null : change(bytes.slice(), pick(random, elements), random);
    },
  };
}

/** Damage to elements of a DICOM file, one at a time. */
export const DICOM_MUTATORS: readonly Mutator[] = [
  dicomMutator("DICOM length made extreme", (bytes, { lengthAt, lengthBytes }, random) => {
    writeUint(bytes, lengthAt, lengthBytes, extremeNumber(random, { at: lengthAt, fileSize: bytes.length }), true);
    return bytes;
  }),
  dicomMutator("DICOM value made extreme", (bytes, { vr, valueAt, length }, random) => {
    const size = Math.min(length, 64, bytes.length - valueAt);
    if (["US", "UL", "SS", "SL", "UV", "SV", "AT", "OB", "OV", "OL"].includes(vr)) {
      const width = Math.min(8, size);
      writeUint(bytes, valueAt, width, extremeNumber(random, { at: valueAt, fileSize: bytes.length }), true);
    } else if (["FL", "FD"].includes(vr)) {
      const value = pick(random, [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e-300, 1e300]);
      if (size >= 8) new DataView(bytes.buffer).setFloat64(valueAt, value, true);
    } else {
      const text = pick(random, [
        "0",
        "-1",
        "2147483647",
        "4294967296",
        "1e308",
        "NaN",
        "\\\\\\",
        "1\\2\\3",
        "x",
        "",
        "1.5",
      ]);
      bytes.set(asciiBytes(text.padEnd(size, " ").slice(0, size)), valueAt);
    }
    return bytes;
  }),
  dicomMutator("DICOM element renamed", (bytes, { at }, random) => {
    writeUint(
      bytes,
      at + below(random, 2) * 2,
      2,
      BigInt(pick(random, [0x2, 0x8, 0x28, 0x48, 0x10, 0x11, 0xfffe, 0xe0dd])),
      true,
    );
    return bytes;
  }),
  dicomMutator("DICOM representation changed", (bytes, { at }, random) => {
    bytes.set(asciiBytes(pick(random, ["SQ", "UN", "OB", "US", "IS", "LO", "UI", "??"])), at + 4);
    return bytes;
  }),
];
