import { readFileSync } from "node:fs";
import { dicomFile, type MadeDicom } from "./dicom.ts";

const SIZE = { width: 70, height: 50, tileWidth: 32, tileHeight: 16 };
const plain: MadeDicom = {
  ...SIZE,
  colourAt: (x, y) => [(3 * x + y) & 255, (x * y) & 255, (255 - 2 * x + 5 * y) & 255],
};
const coarse: MadeDicom = { ...plain, width: 35, height: 25, isResampled: true, instance: 2, isHole: () => false };
const label: MadeDicom = { ...plain, width: 30, height: 20, flavour: "LABEL", instance: 3 };
const part = (number: number, firstFrame: number, frames: number): MadeDicom => ({
  ...plain,
  instance: number,
  part: { number, of: 2, firstFrame, frames },
});

/** DICOM slides of each kind by name, for whoever damages them: the files of one slide, the first one first. */
export const DICOM_SLIDES: Readonly<Record<string, () => Promise<Uint8Array<ArrayBuffer>[]>>> = {
  "dicom-native.dcm": async () => [dicomFile(plain)],
  "dicom-implicit.dcm": async () => [dicomFile({ ...plain, isImplicit: true, isPlanar: true })],
  "dicom-rle.dcm": async () => [dicomFile({ ...plain, coding: "rle", table: "none", isOpenEnded: true })],
  "dicom-rle-12-bits.dcm": async () => [dicomFile({ ...plain, coding: "rle", bits: 12, colourAt: (x, y) => [x * y] })],
  "dicom-extended-offsets.dcm": async () => [
    dicomFile({ ...plain, coding: "rle", table: "extended", isHole: () => false }),
  ],
  "dicom-sparse-planes.dcm": async () => [
    dicomFile({ ...plain, planes: 2, planeSpacing: 1, isHole: (col) => col === 1, isOpenEnded: true }),
  ],
  "dicom-jpeg-2000.dcm": async () => [dicomFile(jpeg2000())],
  "dicom-series.dcm": async () => [dicomFile(plain), dicomFile(coarse), dicomFile(label)],
  "dicom-concatenation.dcm": async () => [dicomFile(part(1, 0, 5)), dicomFile(part(2, 5, 7))],
};

/** One frame of make_dicom_frames.py. */
function jpeg2000(): MadeDicom {
  const path = new URL("../../fixtures/slides/dicom_frames.json", import.meta.url);
  const frames: unknown = JSON.parse(readFileSync(path, "utf8"));
  const frame = typeof frames === "object" && frames !== null ? String(Reflect.get(frames, "rct")) : "";
  return {
    ...plain,
    width: 32,
    height: 32,
    tileHeight: 32,
    coding: "jpeg",
    transferSyntax: "1.2.840.10008.1.2.4.90",
    photometric: "YBR_RCT",
    jpegFrames: [new Uint8Array(Buffer.from(frame, "base64"))],
  };
}
