import type { ClassRecord, MapRecord, ResultPictures, SlideRecord } from "../../src/engine/resultfile/types.ts";
import { fingerprintHash } from "../../src/engine/slide/fingerprint.ts";

const HASHES = ["a", "b", "c", "d"].map((digit) => digit.repeat(64));

/** A slide of 4000 x 2000 level-0 pixels that nobody has. */
export async function madeSlideRecord(parts: Partial<SlideRecord> = {}): Promise<SlideRecord> {
  const files = [{ byteSize: 123_456, head: HASHES[0]!, tail: HASHES[1]!, directory: HASHES[2]! }];
  return {
    fingerprint: { sha256: await fingerprintHash(files), files },
    format: "tiled TIFF",
    width0: 4000,
    height0: 2000,
    levels: [
      { width: 4000, height: 2000 },
      { width: 1000, height: 500 },
    ],
    focalPlane: null,
    name: null,
    isSynthetic: true,
    ...parts,
  };
}

const RUN = {
  backend: { name: "WASM", reason: "No WebGPU adapter on this computer.", device: "", runtime: "made 1" },
  colour: "stored",
  pixelSize: { mppX: 0.5, mppY: 0.5, origin: "file" },
  packId: "made-pack",
  packSha256: HASHES[3]!,
  startedAt: "2026-03-01T10:00:00.000Z",
  seconds: 12.5,
  notes: ["The slide was made by a program."],
} as const;

const MODEL = {
  id: "made-pack",
  name: "Made pack",
  sha256: HASHES[3]!,
  threshold: 0.5,
  postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
} as const;

/** 40 x 20 cells of 100 level-0 pixels: a disc of high confidence in tissue, glass at the left edge. */
export async function madeMapRecord(parts: Partial<MapRecord> = {}): Promise<MapRecord> {
  const [cols, rows] = [40, 20];
  const values = Float32Array.from({ length: cols * rows }, (_, cell) => {
    const [col, row] = [cell % cols, Math.floor(cell / cols)];
    return col < 3 ? Number.NaN : Math.max(0.05, 0.95 - Math.hypot(col - 20, row - 9) / 12);
  });
  const tissue = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1));
  const grid = { cols, rows, stride0X: 100, stride0Y: 100, width0: 4000, height0: 2000, values, tissue };
  return {
    kind: "map",
    slide: await madeSlideRecord(),
    model: { ...MODEL, task: "segmentation", classes: null },
    appVersion: "0.1.0",
    look: { threshold: 0.5, chosenClass: null, palette: "glow", opacity: 0.75, below: "faint", contours: true },
    result: { ...RUN, grid, mode: "dense", stride: 8 },
    ...parts,
  };
}

/** The same with three classes. */
export async function madeClassesRecord(): Promise<MapRecord> {
  const record = await madeMapRecord();
  const { grid } = record.result;
  const cells = grid.cols * grid.rows;
  const values = new Float32Array(3 * cells);
  grid.values.forEach((value, cell) => {
    values[cell] = value;
    values[cells + cell] = (1 - value) * 0.75;
    values[2 * cells + cell] = (1 - value) * 0.25;
  });
  const classes = [
    { name: "Necrosis", colour: "#e69f00", isBackground: false, threshold: 0.5 },
    { name: "Tumour", colour: "#0072b2", isBackground: false, threshold: 0.4 },
    { name: "Background", colour: "#ffffff", isBackground: true, threshold: 0.3 },
  ];
  return {
    ...record,
    model: { ...record.model, classes },
    result: {
      ...record.result,
      grid: { ...grid, values: values.subarray(0, cells), classes: { count: 3, values } },
    },
  };
}

/** 4 x 2 patches of 1000 level-0 pixels, one of them blank. */
export async function madeClassRecord(): Promise<ClassRecord> {
  return {
    kind: "class",
    slide: await madeSlideRecord(),
    model: { ...MODEL, task: "classification", classes: null },
    appVersion: "0.1.0",
    result: {
      ...RUN,
      classes: ["tumour", "haemorrhage"],
      predicted: "haemorrhage",
      probabilities: [0.18, 0.82],
      pairs: [{ positive: "haemorrhage", negative: "tumour", decision: 0.7, confidence: 0.82 }],
      grid: {
        patch: 50,
        lefts: [0, 50, 100, 150],
        tops: [0, 50],
        downsampleX: 20,
        downsampleY: 20,
        width0: 4000,
        height0: 2000,
      },
      kept: Int32Array.of(0, 1, 2, 4, 5, 6, 7),
      evidence: Float64Array.of(0.5, -0.1, 0.2, 0.3, -0.4, 0.1, 0.1),
    },
  };
}

/** As far as a reader looks that does not decode: the head of a baseline JPEG (T.81, B.2.2) of 200 x 100 pixels. */
export function madePictures(): ResultPictures {
  const frame = [0xff, 0xc0, 0, 17, 8, 0, 100, 0, 200, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
  return { thumbnail: Uint8Array.from([0xff, 0xd8, ...frame, 0xff, 0xd9]), overview: null };
}
