import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import encodeJpeg, { init as initEncoder } from "@jsquash/jpeg/encode.js";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { type OpenSlideOptions, openSlide } from "../../../src/engine/slide/open.ts";
import type { ByteSource, RgbaImage, Slide } from "../../../src/engine/slide/types.ts";
import { dicomFile, frameSamples, framesOf, type MadeDicom } from "../../support/made-slides/dicom.ts";
import { DICOM_SLIDES } from "../../support/made-slides/dicom-slides.ts";
import { type Colour, difference, imageOf, openBytes, patternAt, readLevel } from "./made-slides.ts";

const EXACT = { mean: 0, max: 0 };
const WHITE: Colour = [255, 255, 255];

const plain: MadeDicom = { width: 70, height: 50, tileWidth: 32, tileHeight: 16, colourAt: patternAt };
const pattern = imageOf(70, 50, patternAt);
/** 70 x 50, 35 x 25 and 18 x 13 pixels of the same picture. */
const pyramid: readonly MadeDicom[] = [1, 2, 4].map((scale, level) => ({
  ...plain,
  width: Math.ceil(70 / scale),
  height: Math.ceil(50 / scale),
  colourAt: (x, y) => patternAt(x * scale, y * scale),
  isResampled: level > 0,
  instance: level + 1,
  pixelSize: { x: 0.5 * scale, y: 0.25 * scale },
}));
const label: MadeDicom = {
  width: 30,
  height: 20,
  tileWidth: 30,
  tileHeight: 20,
  colourAt: (x, y) => [x, y, 7],
  flavour: "LABEL",
  instance: 10,
};
const thumbnail: MadeDicom = { ...label, flavour: "THUMBNAIL", isResampled: true, instance: 12 };

async function openFiles(files: Record<string, Uint8Array<ArrayBuffer>>, options?: OpenSlideOptions): Promise<Slide> {
  const sources = Object.entries(files).map(([name, bytes]) => bytesSource(bytes, name));
  return await openSlide(sources, nodeDecoders(), options);
}

async function openMadeDicom(made: MadeDicom, options?: OpenSlideOptions): Promise<Slide> {
  return await openBytes(dicomFile(made), "a.dcm", options);
}

function seriesFiles(): Record<string, Uint8Array<ArrayBuffer>> {
  const [fine, middle, coarse] = pyramid.map(dicomFile);
  if (!fine || !middle || !coarse) throw new RangeError("three levels");
  return { "coarse.dcm": coarse, "label.dcm": dicomFile(label), "fine.dcm": fine, "middle.dcm": middle };
}

describe("a DICOM slide of one file", () => {
  test.each<[string, Partial<MadeDicom>]>([
    ["explicit little-endian", {}],
    ["implicit little-endian", { isImplicit: true }],
    ["explicit, with sequences that delimiters end", { isOpenEnded: true }],
    ["implicit, with sequences that delimiters end", { isImplicit: true, isOpenEnded: true }],
    ["planes of red, green and blue", { isPlanar: true }],
    ["RLE with a table of offsets", { coding: "rle" }],
    ["RLE with 64-bit offsets", { coding: "rle", table: "extended" }],
    ["RLE without a table", { coding: "rle", table: "none" }],
    ["RLE in three fragments a frame", { coding: "rle", pieces: 3 }],
    ["frames that say where they lie", { isHole: () => false }],
    ["frames that say where they lie, in an open-ended sequence", { isHole: () => false, isOpenEnded: true }],
  ])("gives its pixels: %s", async (_, changes) => {
    const slide = await openMadeDicom({ ...plain, ...changes });
    expect(difference(await readLevel(slide), pattern)).toEqual(EXACT);
    expect(slide.info).toMatchObject({
      format: "DICOM whole-slide image",
      compression: changes.coding === "rle" ? "RLE" : "uncompressed",
      width0: 70,
      height0: 50,
      pixelSize: { mppX: 0.5, mppY: 0.25, origin: "file" },
      objectivePower: 20,
    });
  });

  test("gives tiles cropped to its edge", async () => {
    const slide = await openMadeDicom({ ...plain, tileWidth: 64, tileHeight: 64 });
    const tile = (await slide.readTile({ level: 0, col: 1, row: 0 })) as RgbaImage;
    const expected = imageOf(6, 50, (x, y) => patternAt(x + 64, y));
    expect(difference(tile, expected)).toEqual(EXACT);
  });

  test("leaves tiles without a frame white", async () => {
    const slide = await openMadeDicom({ ...plain, isHole: (col, row) => col === 1 && row === 2 });
    const expected = imageOf(70, 50, (x, y) => (x >= 32 && x < 64 && y >= 32 && y < 48 ? WHITE : patternAt(x, y)));
    expect(difference(await readLevel(slide), expected)).toEqual(EXACT);
  });

  test("leaves a tile with an empty frame white", async () => {
    const single = { ...plain, width: 32, height: 16 };
    const slide = await openMadeDicom({ ...single, coding: "jpeg", jpegFrames: [new Uint8Array(0)] });
    expect(
      difference(
        await readLevel(slide),
        imageOf(32, 16, () => WHITE),
      ),
    ).toEqual(EXACT);
  });

  test("takes its pixel size from the imaged volume where no spacing is given", async () => {
    const slide = await openMadeDicom({
      ...plain,
      pixelSize: { x: 0, y: 0 },
      more: [
        [0x00480001, "FL", [0.07]],
        [0x00480002, "FL", [0.025]],
      ],
    });
    expect(slide.info.pixelSize?.mppX).toBeCloseTo(1, 5);
    expect(slide.info.pixelSize?.mppY).toBeCloseTo(0.5, 5);
  });

  test("shows grey of 8 and of 12 bits, and grey that is turned over", async () => {
    const grey = (x: number, y: number) => (x * 3 + y) & 255;
    const eight = await openMadeDicom({ ...plain, colourAt: (x, y) => [grey(x, y)] });
    const expected = imageOf(70, 50, (x, y) => [grey(x, y), grey(x, y), grey(x, y)]);
    expect(difference(await readLevel(eight), expected)).toEqual(EXACT);
    for (const coding of ["native", "rle"] as const) {
      const twelve = await openMadeDicom({ ...plain, coding, bits: 12, colourAt: (x, y) => [grey(x, y) * 16 + 8] });
      // 16 v + 8 of 4095 is v of 255 but for half a level of rounding.
      expect(difference(await readLevel(twelve), expected).max).toBeLessThanOrEqual(1);
    }
    const turned = { ...plain, colourAt: (x: number, y: number) => [255 - grey(x, y)], photometric: "MONOCHROME1" };
    expect(difference(await readLevel(await openMadeDicom(turned)), expected)).toEqual(EXACT);
  });

  test("turns luminance and colour differences into colours", async () => {
    const ybr = { ...plain, photometric: "YBR_FULL", colourAt: () => [100, 90, 200] };
    const found = await readLevel(await openMadeDicom(ybr));
    // R = 100 + 1.402 * 72, G = 100 - 0.344136 * -38 - 0.714136 * 72, B = 100 + 1.772 * -38.
    expect([...found.data.subarray(0, 4)]).toEqual([201, 62, 33, 255]);
  });

  test("holds one of several planes of focus, the middle one at first", async () => {
    const planed: MadeDicom = { ...plain, planes: 3, planeSpacing: 2, colourAt: (x, y, plane) => [x, y, plane * 50] };
    for (const made of [planed, { ...planed, isHole: () => false }]) {
      const slide = await openMadeDicom(made);
      expect(slide.info.focalPlanes).toEqual([{ offsetUm: -2 }, { offsetUm: 0 }, { offsetUm: 2 }]);
      expect(slide.info.focalPlane).toBe(1);
      expect([...(await readLevel(slide)).data.subarray(0, 3)]).toEqual([0, 0, 50]);
      const last = await openMadeDicom(made, { view: { focalPlane: 2 } });
      expect(last.info.focalPlane).toBe(2);
      expect([...(await readLevel(last)).data.subarray(0, 3)]).toEqual([0, 0, 100]);
    }
  });

  test("shows no name, number or date of a patient among its properties", async () => {
    const slide = await openMadeDicom({
      ...plain,
      more: [
        [0x00080020, "DA", "20200101"],
        [0x00080050, "SH", "A-77"],
        [0x00080070, "LO", "Maker"],
        [0x00080080, "LO", "Hospital"],
        [0x0008103e, "LO", "Doe, autopsy"],
        [0x00100010, "PN", "Doe^Jane"],
        [0x00100020, "LO", "12345"],
        [0x00400512, "LO", "S20-12345"],
      ],
    });
    const { properties } = slide.info;
    expect(properties).toMatchObject({ "dicom.Manufacturer": "Maker", "dicom.ImageType[2]": "VOLUME" });
    expect(JSON.stringify(slide.info)).not.toMatch(/Doe|12345|A-77|Hospital|2020/);
  });

  test("steps over private elements and a picture within the head", async () => {
    const icon = [[0x7fe00010, "OB", new Uint8Array(64)] as const];
    const slide = await openMadeDicom({
      ...plain,
      isOpenEnded: true,
      more: [
        [0x00090010, "LO", "MAKER"],
        [0x00091001, "UN", new Uint8Array(3000)],
        [0x00880200, "SQ", { items: [icon] }],
      ],
    });
    expect(difference(await readLevel(slide), pattern)).toEqual(EXACT);
  });
});

describe("a DICOM slide of JPEG frames", () => {
  const smooth = (x: number, y: number): Colour => [200 - x, 100 + y, 150 + ((x + y) >> 1)];
  const made: MadeDicom = { ...plain, tileWidth: 32, tileHeight: 32, colourAt: smooth, coding: "jpeg" };
  const frames: Uint8Array[] = [];

  beforeAll(async () => {
    const path = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm");
    await initEncoder(await WebAssembly.compile(readFileSync(path)));
    for (const frame of framesOf(made)) {
      const rgb = frameSamples(made, frame);
      const { data } = imageOf(32, 32, (x, y) => {
        const at = (y * 32 + x) * 3;
        return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
      });
      const encoded = await encodeJpeg({ data, width: 32, height: 32, colorSpace: "srgb" }, { quality: 95 });
      frames.push(new Uint8Array(encoded));
    }
  });

  test.each([
    ["a table of offsets", { table: "basic" }],
    ["64-bit offsets", { table: "extended" }],
    ["no table", { table: "none" }],
    ["no table, and frames in four fragments", { table: "none", pieces: 4 }],
    ["frames in four fragments", { table: "basic", pieces: 4 }],
  ] as const)("is read by %s", async (_, changes) => {
    const slide = await openMadeDicom({ ...made, ...changes, jpegFrames: frames });
    expect(slide.info.compression).toBe("JPEG");
    // JPEG of quality 95 on a smooth picture.
    const found = difference(await readLevel(slide), imageOf(70, 50, smooth));
    expect(found.max).toBeLessThanOrEqual(6);
    expect(found.mean).toBeLessThanOrEqual(1);
  });

  test("walks to its last frame without a table by short reads", async () => {
    const inner = bytesSource(dicomFile({ ...made, table: "none", jpegFrames: frames }), "a.dcm");
    const source: ByteSource & { longest: number } = {
      name: inner.name,
      size: inner.size,
      longest: 0,
      async read(offset, length) {
        this.longest = Math.max(this.longest, length);
        return await inner.read(offset, length);
      },
    };
    const slide = await openSlide(source, nodeDecoders());
    source.longest = 0;
    await slide.readRegion({ x0: 64, y0: 40, width: 4, height: 4, level: 0 });
    expect(source.longest).toBeLessThanOrEqual(4096);
  });

  test("refuses a frame of another size than the file says", async () => {
    const slide = await openMadeDicom({ ...made, tileWidth: 70, tileHeight: 50, jpegFrames: frames.slice(0, 1) });
    await expect(readLevel(slide)).rejects.toMatchObject({ code: "slide/decode-failed" });
  });
});

describe("a DICOM slide of JPEG 2000 frames", () => {
  const frames: Record<string, string> = JSON.parse(
    readFileSync(new URL("../../fixtures/slides/dicom_frames.json", import.meta.url), "utf8"),
  );

  // Colours in whole numbers, once as YCbCr: each rounds by half a level of luminance and of each difference.
  test.each([
    ["lossless", "rct", "1.2.840.10008.1.2.4.90", "YBR_RCT", 0],
    ["lossless, of stored red, green and blue", "rct", "1.2.840.10008.1.2.4.90", "RGB", 0],
    ["lossy", "ict", "1.2.840.10008.1.2.4.91", "YBR_ICT", 4],
    ["of colours that the stream does not turn", "ycc", "1.2.840.10008.1.2.4.91", "YBR_ICT", 2],
    ["of high throughput", "high", "1.2.840.10008.1.2.4.201", "YBR_RCT", 0],
  ])("is read: %s", async (_, frame, transferSyntax, photometric, tolerance) => {
    const jpegFrames = [new Uint8Array(Buffer.from(frames[frame] ?? "", "base64"))];
    const size = { width: 32, height: 32, tileWidth: 32, tileHeight: 32 };
    const slide = await openMadeDicom({ ...plain, ...size, coding: "jpeg", transferSyntax, photometric, jpegFrames });
    expect(slide.info.compression).toContain("JPEG 2000");
    const expected = imageOf(32, 32, (x, y) => [200 - x, 100 + y, 150 + ((x + y) >> 1)]);
    expect(difference(await readLevel(slide), expected).max).toBeLessThanOrEqual(tolerance);
  });
});

describe("several DICOM files", () => {
  test("of one series are one slide, whatever their order", async () => {
    const slide = await openFiles({ ...seriesFiles(), "thumb.dcm": dicomFile(thumbnail) });
    expect(slide.info.levels.map(({ width, height }) => [width, height])).toEqual([
      [70, 50],
      [35, 25],
      [18, 13],
    ]);
    expect(slide.info.pixelSize).toMatchObject({ mppX: 0.5, mppY: 0.25 });
    expect(difference(await readLevel(slide), pattern)).toEqual(EXACT);
    for (const [level, scale] of [2, 4].entries()) {
      const size = slide.info.levels[level + 1]!;
      const expected = imageOf(size.width, size.height, (x, y) => patternAt(x * scale, y * scale));
      expect(difference(await readLevel(slide, level + 1), expected)).toEqual(EXACT);
    }
    expect(slide.info.associatedImages).toEqual([
      { name: "label", width: 30, height: 20, isPrivate: true },
      { name: "thumbnail", width: 30, height: 20, isPrivate: false },
    ]);
    expect(
      difference(
        await slide.readAssociated("label"),
        imageOf(30, 20, (x, y) => [x, y, 7]),
      ),
    ).toEqual(EXACT);
    expect(slide.info.properties).not.toHaveProperty(["dicom.Note"]);
    expect(slide.info.properties).not.toHaveProperty(["dicom.LeftOut"]);
  });

  test("that are none of the slide are left out and named", async () => {
    const other = dicomFile({ ...plain, width: 20, height: 10, series: 2, instance: 30 });
    const stretched = dicomFile({ ...plain, width: 30, height: 6, instance: 40 });
    const slide = await openFiles({
      ...seriesFiles(),
      "other.dcm": other,
      "stretched.dcm": stretched,
      "again.dcm": dicomFile(pyramid[0]!),
      "notes.txt": new TextEncoder().encode("notes ".repeat(40)),
      "broken.dcm": dicomFile(pyramid[2]!).slice(0, 600),
    });
    expect(slide.info.levels).toHaveLength(3);
    const left = slide.info.properties["dicom.LeftOut"];
    expect(left).toContain("other.dcm (of another series)");
    expect(left).toContain("stretched.dcm (of another shape)");
    expect(left).toContain("again.dcm (there twice)");
    expect(left).toContain("notes.txt (no DICOM file)");
    expect(left).toContain("broken.dcm (damaged or not readable)");
  });

  test("whose finest level is damaged are refused for it", async () => {
    const { "fine.dcm": fine = new Uint8Array(0), ...others } = seriesFiles();
    await expect(openFiles({ ...others, "fine.dcm": fine.slice(0, -900) })).rejects.toMatchObject({
      code: "slide/truncated",
      message: expect.stringContaining("fine.dcm"),
    });
  });

  test("that lack the finest level say so", async () => {
    const [, middle] = pyramid;
    const slide = await openMadeDicom(middle!);
    expect(slide.info.properties["dicom.Note"]).toContain("Drop all files of the slide together");
  });

  test("of a label alone are no slide", async () => {
    await expect(openMadeDicom(label)).rejects.toMatchObject({
      code: "slide/not-a-slide",
      message: expect.stringContaining("only its label"),
    });
  });

  test("that hold the parts of one level give it as one", async () => {
    const part = (number: number, firstFrame: number, frames: number, isSparse: boolean) =>
      dicomFile({
        ...plain,
        instance: number,
        part: { number, of: 3, firstFrame, frames },
        ...(isSparse ? { isHole: () => false } : {}),
      });
    for (const isSparse of [false, true]) {
      const slide = await openFiles({
        "c.dcm": part(3, 9, 3, isSparse),
        "a.dcm": part(1, 0, 4, isSparse),
        "b.dcm": part(2, 4, 5, isSparse),
      });
      expect(slide.info.levels).toHaveLength(1);
      expect(difference(await readLevel(slide), pattern)).toEqual(EXACT);
      const lacking = { "a.dcm": part(1, 0, 4, isSparse), "c.dcm": part(3, 9, 3, isSparse) };
      await expect(openFiles(lacking)).rejects.toMatchObject({
        code: "slide/truncated",
        message: expect.stringContaining("found 2 of 3"),
      });
    }
  });

  test("with a grey image for each channel are refused as fluorescence", async () => {
    const channel = (instance: number) => dicomFile({ ...plain, instance, colourAt: (x) => [x] });
    await expect(openFiles({ "a.dcm": channel(1), "b.dcm": channel(2) })).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("2 grey images"),
    });
  });
});

describe("a DICOM file that is refused", () => {
  test.each([
    ["JPEG-LS", "1.2.840.10008.1.2.4.80"],
    ["big-endian", "1.2.840.10008.1.2.2"],
    ["deflated", "1.2.840.10008.1.2.1.99"],
    ["unknown transfer syntax", "1.2.3.4"],
  ])("is told by its compression: %s", async (words, transferSyntax) => {
    await expect(openMadeDicom({ ...plain, transferSyntax })).rejects.toMatchObject({
      code: "slide/unsupported-compression",
      message: expect.stringContaining(words),
    });
  });

  test("without a preamble is told so", async () => {
    const bytes = dicomFile(plain);
    await expect(openBytes(bytes.slice(132), "bare.dcm")).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("without its preamble"),
    });
  });

  test("of another kind is named by its modality", async () => {
    const bytes = dicomFile({ ...plain, more: [[0x00081010, "SH", "x"]] });
    const text = new TextDecoder("latin1").decode(bytes);
    // The class of the data set, not the one in the file's own head.
    const at = text.lastIndexOf("1.2.840.10008.5.1.4.1.1.77.1.6");
    bytes.set(new TextEncoder().encode("1.2.840.10008.5.1.4.1.1.77.1.2"), at);
    await expect(openBytes(bytes, "sm.dcm")).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("modality SM"),
    });
  });

  test("has too few frames for its tiles", async () => {
    const changed = { ...plain, part: { number: 1, of: 1, firstFrame: 0, frames: 7 } };
    await expect(openMadeDicom(changed)).rejects.toMatchObject({
      code: "slide/malformed",
      message: expect.stringContaining("7 frames for 12 tiles"),
    });
  });

  test("is cut off anywhere", async () => {
    for (const made of [
      plain,
      { ...plain, coding: "rle" as const },
      { ...plain, isHole: () => false, isOpenEnded: true },
    ]) {
      const whole = dicomFile(made);
      for (let step = 1; step < 40; step++) {
        const cut = whole.slice(0, Math.floor((whole.length * step) / 40));
        const outcome = openBytes(cut, "cut.dcm").then(async (slide) => await readLevel(slide));
        await expect(outcome, `cut to ${cut.length} bytes`).rejects.toMatchObject({
          code: expect.stringMatching(/^slide\//),
          message: expect.stringMatching(/^Expected .+\.$/s),
        });
      }
    }
  });

  test.each(Object.keys(DICOM_SLIDES))("ends in pixels or in a sentence, however it is damaged: %s", async (name) => {
    const whole = (await DICOM_SLIDES[name]?.()) ?? [];
    await readAll(whole);
    const random = seededRandom(20152);
    for (let round = 0; round < 100; round++) {
      const damaged = whole.map((file) => file.slice());
      const flips = 1 + Math.floor(random() * 4);
      for (let i = 0; i < flips; i++) {
        const bytes = damaged[Math.floor(random() * damaged.length)] ?? new Uint8Array(1);
        const at = 132 + Math.floor(random() * Math.min(1500, bytes.length - 132));
        bytes[at] = [0, 255, 254, Math.floor(random() * 256)][Math.floor(random() * 4)] ?? 0;
      }
      await readAll(damaged).catch((error: unknown) => {
        expect(error).toMatchObject({
          name: "AppError",
          code: expect.stringMatching(/^slide\//),
          message: expect.stringMatching(/^Expected .+\.$/s),
        });
      });
    }
  });
});

/** A tile in the middle of each level, and the label. */
async function readAll(files: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  const slide = await openFiles(Object.fromEntries(files.map((bytes, i) => [`${i}.dcm`, bytes])));
  for (const [level, { width, height, downsampleX, downsampleY }] of slide.info.levels.entries()) {
    const x0 = Math.floor(width / 2) * downsampleX;
    const y0 = Math.floor(height / 2) * downsampleY;
    await slide.readRegion({ x0, y0, width: 16, height: 16, level });
  }
  for (const { name } of slide.info.associatedImages) await slide.readAssociated(name);
}
