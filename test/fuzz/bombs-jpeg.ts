import type { MadeSlide } from "../support/made-slides/index.ts";
import { type Bytes, concatBytes } from "./mutations/bytes.ts";
import { jpegScan, jpegSegment, rawJpeg } from "./raw-jpeg.ts";
import { DATA_AT, type RawField, rawTiff } from "./raw-tiff.ts";

/** A TIFF of one tile that is this JPEG stream. */
function jpegTiff(tile: Bytes, edge: number, samples: 1 | 3 | 4, more: readonly RawField[] = []): Bytes {
  const photometric = samples === 1 ? 1 : samples === 3 ? 2 : 5;
  const bits = new Array<number>(samples).fill(8);
  return rawTiff(tile, [
    {
      fields: [
        [256, 4, [edge]],
        [257, 4, [edge]],
        [258, 3, bits],
        [259, 3, [7]],
        [262, 3, [photometric]],
        [277, 3, [samples]],
        [322, 4, [edge]],
        [323, 4, [edge]],
        [324, 16, [DATA_AT]],
        [325, 16, [tile.length]],
        ...more,
      ],
    },
  ]);
}

const EMPTY = new Uint8Array(0);
const DC_SCAN = jpegScan([1], 0, 0, new Uint8Array(16_000));

/** A run of 2^14 ended blocks takes one code of one bit and fourteen bits of its own. */
function emptyScans(count: number): Bytes[] {
  return Array.from({ length: count }, () => jpegScan([1], 1, 63, new Uint8Array(8)));
}

export const JPEG_BOMBS: Readonly<Record<string, MadeSlide>> = {
  "progressive, 10,000 scans.tif": async () => {
    const scans = [DC_SCAN, ...emptyScans(10_000)];
    return jpegTiff(rawJpeg({ width: 2000, height: 2000, frame: 0xc2, scans }), 2000, 1);
  },
  "progressive, 10,000 scans.jpg": async () =>
    rawJpeg({ width: 2000, height: 2000, frame: 0xc2, scans: [DC_SCAN, ...emptyScans(10_000)] }),
  "progressive, four scans.tif": async () =>
    jpegTiff(rawJpeg({ width: 2000, height: 2000, frame: 0xc2, scans: [DC_SCAN, ...emptyScans(3)] }), 2000, 1),
  "restart markers that are not there.tif": async () =>
    jpegTiff(rawJpeg({ width: 512, height: 512, before: [jpegSegment(0xdd, [0, 64])] }), 512, 1),
  "baseline, 10,000 empty scans.tif": async () => {
    const scans = Array.from({ length: 10_000 }, () => jpegScan([1], 0, 63, EMPTY));
    return jpegTiff(rawJpeg({ width: 2000, height: 2000, scans }), 2000, 1);
  },
  "no picture data.tif": async () =>
    jpegTiff(rawJpeg({ width: 512, height: 512, scans: [jpegScan([1], 0, 63, EMPTY)] }), 512, 1),
  "no scan at all.tif": async () => jpegTiff(rawJpeg({ width: 512, height: 512, scans: [] }), 512, 1),
  "half of its picture data.tif": async () =>
    jpegTiff(rawJpeg({ width: 512, height: 512, scans: [jpegScan([1], 0, 63, new Uint8Array(512))] }), 512, 1),
  "without tables.tif": async () => jpegTiff(rawJpeg({ width: 512, height: 512, hasTables: false }), 512, 1),
  "without its end marker.tif": async () => jpegTiff(rawJpeg({ width: 512, height: 512 }).slice(0, -2), 512, 1),
  "half as wide and high as its tile.tif": async () => jpegTiff(rawJpeg({ width: 256, height: 256 }), 512, 1),
  "four components in a tile of three.tif": async () =>
    jpegTiff(rawJpeg({ width: 512, height: 512, components: 4 }), 512, 3),
  "three components in a tile of four.tif": async () =>
    jpegTiff(rawJpeg({ width: 512, height: 512, components: 3 }), 512, 4),
  "200,000 comments.tif": async () => {
    const before = [concatBytes(Array.from({ length: 200_000 }, () => jpegSegment(0xfe, [])))];
    return jpegTiff(rawJpeg({ width: 512, height: 512, before }), 512, 1);
  },
  "100 million pixels, hardly any data.jpg": async () =>
    rawJpeg({ width: 10_000, height: 10_000, scans: [jpegScan([1], 0, 63, new Uint8Array(100))] }),
  "100 million grey pixels.jpg": async () => rawJpeg({ width: 10_000, height: 10_000 }),
  "inks of 4000 x 4000.jpg": async () => rawJpeg({ width: 4000, height: 4000, components: 4 }),
  "inks of 4000 x 4000 in a tile.tif": async () =>
    jpegTiff(rawJpeg({ width: 4000, height: 4000, components: 4 }), 4000, 4, [[332, 3, [1]]]),
  "inks of 2000 x 2000 in a tile.tif": async () =>
    jpegTiff(rawJpeg({ width: 2000, height: 2000, components: 4 }), 2000, 4, [[332, 3, [1]]]),
  "65,535 x 65,535 pixels.jpg": async () =>
    rawJpeg({ width: 65_535, height: 65_535, scans: [jpegScan([1], 0, 63, new Uint8Array(100))] }),
};
