import { type ElementWriter, joinBytes, type MadeElement, writeElements } from "./dicom-elements.ts";
import { encapsulatedPixelData, extendedTable, nativePixelData, type OffsetTable, rleFrame } from "./dicom-pixels.ts";

/** One file of a DICOM whole-slide image, as PS3.3 section A.32.8 describes it. */
export interface MadeDicom {
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Samples of a pixel of the whole level: one for grey, else three. */
  readonly colourAt: (x: number, y: number, plane: number) => readonly number[];
  /** Default: VOLUME. */
  readonly flavour?: "VOLUME" | "LABEL" | "OVERVIEW" | "THUMBNAIL";
  readonly isResampled?: boolean;
  /** Last part of the unique name of its series. Default: 1. */
  readonly series?: number;
  /** Last part of its own unique name. Default: 1. */
  readonly instance?: number;
  readonly isImplicit?: boolean;
  readonly isOpenEnded?: boolean;
  /** `jpeg` takes `jpegFrames`, in the order of the frames. Default: native. */
  readonly coding?: "native" | "rle" | "jpeg";
  readonly jpegFrames?: readonly Uint8Array[];
  /** Overrides what `coding` says. */
  readonly transferSyntax?: string;
  /** Default: basic. */
  readonly table?: OffsetTable;
  /** Fragments of each frame. Default: 1. */
  readonly pieces?: number;
  /** Each frame says where it lies; tiles for which this is true have none. Default: all tiles in rows. */
  readonly isHole?: (col: number, row: number) => boolean;
  /** Planes of focus. Default: 1. */
  readonly planes?: number;
  /** Micrometres between planes. */
  readonly planeSpacing?: number;
  /** Which frames of the image this file holds. Default: all. */
  readonly part?: {
    readonly number: number;
    readonly of: number;
    readonly firstFrame: number;
    readonly frames: number;
  };
  /** Default: RGB, or YBR_FULL_422 for JPEG. */
  readonly photometric?: string;
  readonly isPlanar?: boolean;
  /** Default: 8. */
  readonly bits?: 8 | 12;
  /** Micrometres. Default: x 0.5, y 0.25. */
  readonly pixelSize?: { readonly x: number; readonly y: number };
  /** Further elements of the outermost level. */
  readonly more?: readonly MadeElement[];
  /** Further elements of its optical path. */
  readonly ofPath?: readonly MadeElement[];
}

const ROOT = "1.2.826.0.1.3680043.8.498";
const WHOLE_SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6";
const SYNTAXES = {
  native: "1.2.840.10008.1.2.1",
  rle: "1.2.840.10008.1.2.5",
  jpeg: "1.2.840.10008.1.2.4.50",
} as const;

interface Frame {
  readonly col: number;
  readonly row: number;
  readonly plane: number;
}

export function dicomFile(made: MadeDicom): Uint8Array<ArrayBuffer> {
  const coding = made.coding ?? "native";
  const syntax = made.transferSyntax ?? (made.isImplicit ? "1.2.840.10008.1.2" : SYNTAXES[coding]);
  const writer = { isImplicit: made.isImplicit ?? false, isOpenEnded: made.isOpenEnded ?? false };
  const first = made.part?.firstFrame ?? 0;
  const frames = framesOf(made).slice(first, first + (made.part?.frames ?? Number.POSITIVE_INFINITY));
  const encoded = encodeFrames(made, frames);
  const head = writeElements(sorted([...headOf(made, frames), ...tableOf(made, encoded)]), writer);
  return joinBytes([new Uint8Array(128), metaOf(made, syntax), head, pixelDataOf(made, encoded, writer)]);
}

/** Samples of a frame, interleaved; beyond the level's edge its last pixels are repeated. */
export function frameSamples(made: MadeDicom, { col, row, plane }: Frame): Uint8Array<ArrayBuffer> {
  const { width, height, tileWidth, tileHeight, colourAt, isPlanar } = made;
  const samples = colourAt(0, 0, 0).length;
  const bytesEach = made.bits === 12 ? 2 : 1;
  const bytes = new Uint8Array(tileWidth * tileHeight * samples * bytesEach);
  for (let y = 0, pixel = 0; y < tileHeight; y++) {
    for (let x = 0; x < tileWidth; x++, pixel++) {
      const colour = colourAt(
        Math.min(col * tileWidth + x, width - 1),
        Math.min(row * tileHeight + y, height - 1),
        plane,
      );
      for (const [sample, value] of colour.entries()) {
        const at = isPlanar ? sample * tileWidth * tileHeight + pixel : pixel * samples + sample;
        bytes[at * bytesEach] = value & 255;
        if (bytesEach === 2) bytes[at * 2 + 1] = value >> 8;
      }
    }
  }
  return bytes;
}

/** All frames of the image in their order: row by row, plane by plane. */
export function framesOf(made: MadeDicom): Frame[] {
  const frames: Frame[] = [];
  for (let plane = 0; plane < (made.planes ?? 1); plane++) {
    for (let row = 0; row * made.tileHeight < made.height; row++) {
      for (let col = 0; col * made.tileWidth < made.width; col++) {
        if (!made.isHole?.(col, row)) frames.push({ col, row, plane });
      }
    }
  }
  return frames;
}

function encodeFrames(made: MadeDicom, frames: readonly Frame[]): readonly Uint8Array[] {
  if (made.jpegFrames) return made.jpegFrames;
  const samples = frames.map((frame) => frameSamples(made, frame));
  if (made.coding !== "rle") return samples;
  return samples.map((frame) => rleFrame(frame, made.colourAt(0, 0, 0).length, made.bits === 12 ? 16 : 8));
}

function tableOf({ coding, table }: MadeDicom, encoded: readonly Uint8Array[]): MadeElement[] {
  if ((coding ?? "native") === "native" || table !== "extended") return [];
  const { offsets, lengths } = extendedTable(encoded);
  return [
    [0x7fe00001, "OV", offsets],
    [0x7fe00002, "OV", lengths],
  ];
}

function pixelDataOf(made: MadeDicom, encoded: readonly Uint8Array[], writer: ElementWriter): Uint8Array {
  const { coding = "native", table = "basic", pieces = 1, bits = 8 } = made;
  if (coding === "native") return nativePixelData(encoded, bits, writer);
  return encapsulatedPixelData(encoded, { table, pieces, writer });
}

function metaOf({ instance = 1, series = 1 }: MadeDicom, syntax: string): Uint8Array {
  const explicit = { isImplicit: false, isOpenEnded: false };
  const elements = writeElements(
    [
      [0x00020001, "OB", new Uint8Array([0, 1])],
      [0x00020002, "UI", WHOLE_SLIDE],
      [0x00020003, "UI", `${ROOT}.${series}.${instance}`],
      [0x00020010, "UI", syntax],
      [0x00020012, "UI", `${ROOT}.9`],
    ],
    explicit,
  );
  const length = writeElements([[0x00020000, "UL", [elements.length]]], explicit);
  return joinBytes([new TextEncoder().encode("DICM"), length, elements]);
}

function headOf(made: MadeDicom, frames: readonly Frame[]): MadeElement[] {
  const { flavour = "VOLUME", series = 1, instance = 1, part, bits = 8, pixelSize = { x: 0.5, y: 0.25 } } = made;
  const samples = made.colourAt(0, 0, 0).length;
  const kind = `${made.isResampled ? "DERIVED" : "ORIGINAL"}\\PRIMARY\\${flavour}\\${made.isResampled ? "RESAMPLED" : "NONE"}`;
  const colours = made.photometric ?? (made.coding === "jpeg" ? "YBR_FULL_422" : samples === 1 ? "MONOCHROME2" : "RGB");
  const spacing: MadeElement[] = [
    ...(made.planeSpacing ? ([[0x00180088, "DS", String(made.planeSpacing / 1000)]] as const) : []),
    [0x00280030, "DS", `${pixelSize.y / 1000}\\${pixelSize.x / 1000}`],
  ];
  const elements: MadeElement[] = [
    [0x00080008, "CS", kind],
    [0x00080016, "UI", WHOLE_SLIDE],
    [0x00080018, "UI", `${ROOT}.${series}.${instance}`],
    [0x00080060, "CS", "SM"],
    [0x0020000d, "UI", `${ROOT}.0`],
    [0x0020000e, "UI", `${ROOT}.${series}`],
    [0x00209311, "CS", made.isHole ? "TILED_SPARSE" : "TILED_FULL"],
    [0x00280002, "US", [samples]],
    [0x00280004, "CS", colours],
    ...(samples > 1 ? ([[0x00280006, "US", [made.isPlanar ? 1 : 0]]] as const) : []),
    [0x00280008, "IS", String(frames.length)],
    [0x00280010, "US", [made.tileHeight]],
    [0x00280011, "US", [made.tileWidth]],
    [0x00280100, "US", [bits === 12 ? 16 : 8]],
    [0x00280101, "US", [bits]],
    [0x00280102, "US", [bits - 1]],
    [0x00280103, "US", [0]],
    [0x00480006, "UL", [made.width]],
    [0x00480007, "UL", [made.height]],
    [0x00480105, "SQ", { items: [[[0x00480106, "SH", "1"], [0x00480112, "DS", "20"], ...(made.ofPath ?? [])]] }],
    [0x00480302, "UL", [1]],
    ...(made.isHole ? [] : ([[0x00480303, "UL", [made.planes ?? 1]]] as const)),
    [0x52009229, "SQ", { items: [[[0x00289110, "SQ", { items: [spacing] }]]] }],
    ...(made.more ?? []),
  ];
  if (part) {
    elements.push(
      [0x00200242, "UI", `${ROOT}.${series}.100`],
      [0x00209161, "UI", `${ROOT}.${series}.101`],
      [0x00209162, "US", [part.number]],
      [0x00209163, "US", [part.of]],
      [0x00209228, "UL", [part.firstFrame]],
    );
  }
  if (made.isHole) elements.push([0x52009230, "SQ", { items: frames.map((frame) => placeOf(made, frame)) }]);
  return elements;
}

/** Where a frame lies, counted from 1, among elements that a reader has no use for. */
function placeOf({ tileWidth, tileHeight, planeSpacing = 0 }: MadeDicom, { col, row, plane }: Frame): MadeElement[] {
  return [
    [0x00209111, "SQ", { items: [[[0x00209157, "UL", [col + 1, row + 1]]]] }],
    [
      0x0048021a,
      "SQ",
      {
        items: [
          [
            [0x0040072a, "DS", String(col)],
            [0x0040073a, "DS", String(row)],
            [0x0040074a, "DS", String(plane * planeSpacing)],
            [0x0048021e, "SL", [col * tileWidth + 1]],
            [0x0048021f, "SL", [row * tileHeight + 1]],
          ],
        ],
      },
    ],
    [0x00480207, "SQ", { items: [[[0x00480106, "SH", "1"]]] }],
  ];
}

function sorted(elements: readonly MadeElement[]): MadeElement[] {
  return [...elements].sort(([a], [b]) => a - b);
}
