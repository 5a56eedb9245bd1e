import { zlibSync } from "fflate";
import type { MadeSlide } from "../support/made-slides/index.ts";
import { zeros } from "./bombs-picture.ts";
import { asciiBytes, type Bytes, concatBytes } from "./mutations/bytes.ts";
import { DATA_AT, type RawDirectory, type RawField, rawTiff } from "./raw-tiff.ts";

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly compression?: number;
  readonly samples?: number;
  readonly bits?: number;
  readonly photometric?: number;
  readonly more?: readonly RawField[];
}

/** What every image says. */
function shape({
  width,
  height,
  compression = 8,
  samples = 3,
  bits = 8,
  photometric = 2,
  more = [],
}: Shape): RawField[] {
  return [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, new Array<number>(samples).fill(bits)],
    [259, 3, [compression]],
    [262, 3, [photometric]],
    [277, 3, [samples]],
    ...more,
  ];
}

/** Pieces that all lie at the start of the data. */
function tiles(edge: number, count: number, bytes: number): RawField[] {
  return [
    [322, 4, [edge]],
    [323, 4, [edge]],
    [324, 16, new Array<number>(count).fill(DATA_AT)],
    [325, 16, new Array<number>(count).fill(bytes)],
  ];
}

function strips(rows: number, count: number, bytes: number): RawField[] {
  return [
    [278, 4, [rows]],
    [273, 16, new Array<number>(count).fill(DATA_AT)],
    [279, 16, new Array<number>(count).fill(bytes)],
  ];
}

/** 64 x 64 pixels without compression that lie at the start of the data. */
function smallImage(more: readonly RawField[] = []): RawDirectory {
  const size = { width: 64, height: 64, compression: 1, more };
  return { fields: [...shape(size), ...strips(64, 1, 64 * 64 * 3)] };
}

const SMALL_DATA = new Uint8Array(64 * 64 * 3).fill(200);

/** A small image whose description is this text. */
function described(text: string, copies = 1): Bytes {
  const bytes = asciiBytes(text);
  const offset = DATA_AT + SMALL_DATA.length;
  const description: RawField = [270, 2, { offset, count: bytes.length }];
  return rawTiff(
    concatBytes([SMALL_DATA, bytes]),
    Array.from({ length: copies }, () => smallImage([description])),
  );
}

function floatTile(edge: number, predictor: number): Bytes {
  const data = zeros(4 * edge ** 2);
  const size = { width: edge, height: edge, samples: 1, bits: 32, photometric: 1 };
  const more: RawField[] = [
    [317, 3, [predictor]],
    [339, 3, [3]],
  ];
  return rawTiff(data, [{ fields: [...shape({ ...size, more }), ...tiles(edge, 1, data.length)] }]);
}

export const TIFF_BOMBS: Readonly<Record<string, MadeSlide>> = {
  "2^22 x 2^22, one uncompressed strip without a length": async () =>
    rawTiff(SMALL_DATA, [
      {
        fields: [
          ...shape({ width: 1 << 22, height: 1 << 22, compression: 1 }),
          [278, 4, [1 << 22]],
          [273, 16, [DATA_AT]],
        ],
      },
    ]),
  "2^22 x 2^22, one deflate strip": async () => {
    const data = zeros(2 ** 20);
    return rawTiff(data, [
      { fields: [...shape({ width: 1 << 22, height: 1 << 22 }), ...strips(1 << 22, 1, data.length)] },
    ]);
  },
  "2^22 wide, 512 strips that are one": async () => {
    const data = zeros(3 * 2 ** 22);
    return rawTiff(data, [{ fields: [...shape({ width: 1 << 22, height: 512 }), ...strips(1, 512, data.length)] }]);
  },
  "200,000 wide, 512 strips that are one": async () => {
    const data = zeros(600_000);
    return rawTiff(data, [{ fields: [...shape({ width: 200_000, height: 512 }), ...strips(1, 512, data.length)] }]);
  },
  "tiles of 5792 x 5792 that are one": async () => {
    const data = zeros(3 * 5792 ** 2);
    return rawTiff(data, [{ fields: [...shape({ width: 23_000, height: 23_000 }), ...tiles(5792, 16, data.length)] }]);
  },
  "tiles of 3800 x 3800 that are one": async () => {
    const data = zeros(3 * 3800 ** 2);
    return rawTiff(data, [{ fields: [...shape({ width: 7600, height: 7600 }), ...tiles(3800, 4, data.length)] }]);
  },
  "80,000 wide, 512 strips that are one": async () => {
    const data = zeros(240_000);
    return rawTiff(data, [{ fields: [...shape({ width: 80_000, height: 512 }), ...strips(1, 512, data.length)] }]);
  },
  "a strip of 5700 x 5700": async () => {
    const data = zeros(3 * 5700 ** 2);
    return rawTiff(data, [{ fields: [...shape({ width: 5700, height: 5700 }), ...strips(5700, 1, data.length)] }]);
  },
  "tiles of 4000 x 4000, 16 bits, alpha, that are one": async () => {
    const data = zeros(8 * 4000 ** 2);
    const size = { width: 16_000, height: 16_000, samples: 4, bits: 16, more: [[338, 3, [2]] as RawField] };
    return rawTiff(data, [{ fields: [...shape(size), ...tiles(4000, 16, data.length)] }]);
  },
  "floats of 5700 x 5700": async () => floatTile(5700, 1),
  "floats of 5700 x 5700 with predictor": async () => floatTile(5700, 3),
  "palette of 5792 x 5792 pixels": async () => {
    const data = zeros(5792 ** 2);
    const more: RawField[] = [[320, 3, new Array<number>(768).fill(65535)]];
    const size = { width: 5792, height: 5792, samples: 1, photometric: 3, more };
    return rawTiff(data, [{ fields: [...shape(size), ...tiles(5792, 1, data.length)] }]);
  },
  "eight planes of 5700 x 5700": async () => {
    const data = zeros(5700 ** 2);
    const more: RawField[] = [
      [284, 3, [2]],
      [338, 3, [0, 0, 0, 0, 0]],
    ];
    const size = { width: 5700, height: 5700, samples: 8, more };
    return rawTiff(data, [{ fields: [...shape(size), ...tiles(5700, 8, data.length)] }]);
  },
  "tiles of one pixel": async () => {
    const count = 700 * 700;
    return rawTiff(SMALL_DATA, [
      { fields: [...shape({ width: 700, height: 700, compression: 1 }), ...tiles(1, count, 3)] },
    ]);
  },
  "a label of 11,000 x 11,000 left out": async () => {
    const label: RawField = [270, 2, [...asciiBytes("label\0")]];
    const size = { width: 11_000, height: 11_000, more: [label] };
    return rawTiff(SMALL_DATA, [smallImage(), { fields: [...shape(size), ...tiles(512, 484, 0)] }]);
  },
  "250 images that share a description of 4 MB": async () => described("text ".repeat(800_000), 250),
  "250 images with a million values in each field": async () => {
    const table = new Uint8Array(1 << 20).fill(1);
    const elsewhere = { offset: DATA_AT + SMALL_DATA.length, count: table.length };
    const more = [320, 338, 530, 330, 347].map((tag): RawField => [tag, 1, elsewhere]);
    const image = smallImage(more);
    return rawTiff(concatBytes([SMALL_DATA, table]), [smallImage(), ...Array.from({ length: 249 }, () => image)]);
  },
  "250 images with a palette of 65,536 colours": async () => {
    const offset = DATA_AT + SMALL_DATA.length;
    const size = { width: 64, height: 64, compression: 1, samples: 1, bits: 16, photometric: 3 };
    const palette: RawField = [320, 3, { offset, count: 3 * 65536 }];
    const image = { fields: [...shape({ ...size, more: [palette] }), ...strips(64, 1, 64 * 64 * 2)] };
    const data = concatBytes([SMALL_DATA, new Uint8Array(6 * 65536).fill(200)]);
    return rawTiff(
      data,
      Array.from({ length: 250 }, () => image),
    );
  },
  "a directory of 1,024 fields, 250 times": async () => {
    const more = Array.from({ length: 1000 }, (_, i): RawField => [40_000 + i, 4, [i]]);
    return rawTiff(
      SMALL_DATA,
      Array.from({ length: 250 }, () => smallImage(more)),
    );
  },
  "5,000 SubIFDs": async () => {
    const offsets = Array.from({ length: 5000 }, (_, i) => DATA_AT + i);
    return rawTiff(SMALL_DATA, [smallImage([[330, 16, offsets]])]);
  },
  "OME-XML of half a million open tags": async () => described("<OME>".concat("<Pixels ".repeat(500_000))),
  "OME-XML of 4 MB in one tag": async () => described(`<OME><Pixels ${'SizeX="1" '.repeat(400_000)}>`),
  "OME-XML of spaces": async () => described(`<OME><Pixels SizeX${" ".repeat(4_000_000)}>`),
  "Aperio with a million properties": async () =>
    described(`Aperio Image Library${Array.from({ length: 300_000 }, (_, i) => `|k${i}=1`).join("")}`),
  "predictor over a fractional number of samples": async () =>
    rawTiff(zlibSync(SMALL_DATA), [
      {
        fields: [
          ...shape({ width: 64, height: 64 }).filter(([tag]) => tag !== 277),
          [277, 12, [3.5]],
          [317, 12, [1.5]],
          ...strips(64, 1, 100),
        ],
      },
    ]),
  "a table of tile addresses behind the end": async () => {
    const size = { width: 512, height: 512, compression: 1 };
    const table: RawField = [324, 16, { offset: 1 << 20, count: 64 }];
    const fields = [...shape(size), ...tiles(64, 64, 64 * 64 * 3).filter(([tag]) => tag !== 324), table];
    return rawTiff(SMALL_DATA, [{ fields }]);
  },
  "an offset of one and a half": async () =>
    rawTiff(SMALL_DATA, [
      { fields: [...shape({ width: 64, height: 64, compression: 1 }), [273, 12, [16.5]], [279, 12, [64 * 64 * 3]]] },
    ]),
};
