import { describe, expect, test } from "vitest";
import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { openSlide } from "../../../src/engine/slide/open.ts";
import type { ChannelView, Slide, SlideView } from "../../../src/engine/slide/types.ts";
import {
  FLUORESCENCE,
  fluorescenceSlide,
  fluorescenceValue,
  levelSize,
  type MadeFile,
  type MadePlane,
  multiFileSlide,
  omeXml,
  planesTiff,
  stainedOmeSlide,
  stainedValue,
} from "../../support/made-slides/ome.ts";
import { difference, imageOf, madeBytes, openBytes, openMade, readLevel } from "./made-slides.ts";

function openFiles(files: readonly MadeFile[], view: SlideView = {}): Promise<Slide> {
  return openSlide(
    files.map(({ name, bytes }) => bytesSource(bytes, name)),
    nodeDecoders(),
    { view },
  );
}

/** Shows one channel in grey from `low` to `low + span`. */
function only(channel: number, count: number, low: number, span = 255): ChannelView[] {
  return Array.from({ length: count }, (_, index) => ({
    isShown: index === channel,
    colour: [255, 255, 255],
    low,
    high: low + span,
  }));
}

describe("a fluorescence OME-TIFF with SubIFD pyramids", () => {
  test("tells its levels, scale, objective and channels", async () => {
    const { info } = await openBytes(fluorescenceSlide(), "cells.ome.tif");
    expect(info.format).toBe("OME-TIFF");
    expect(info.levels.map(({ width, height }) => [width, height])).toEqual([
      [600, 400],
      [300, 200],
      [150, 100],
    ]);
    expect(info.pixelSize).toEqual({ mppX: 0.5, mppY: 0.25, origin: "file" });
    expect(info.objectivePower).toBe(20);
    expect(info.focalPlanes).toEqual([]);
    expect(info.channels.map(({ name, most, isShown }) => [name, most, isShown])).toEqual([
      ["DAPI", 65535, true],
      ["Marker", 65535, true],
      ["Third", 65535, true],
    ]);
    expect(info.properties).toMatchObject({
      "ome.SizeC": "3",
      "ome.Image.Name": "tissue",
      "ome.PhysicalSizeY": "0.25 µm",
      "ome.Channel.1.EmissionWavelength": "520 nm",
    });
  });

  test("gives each channel the file's colour, else that of its stain, else that of its light", async () => {
    const { info } = await openBytes(fluorescenceSlide());
    const [dapi, marker, third] = info.channels.map(({ colour: [red, green, blue] }) => ({ red, green, blue }));
    expect(dapi?.blue).toBeGreaterThan(2 * (dapi?.red ?? 255));
    expect(marker?.green).toBeGreaterThan(2 * (marker?.red ?? 255));
    expect(third).toEqual({ red: 255, green: 0, blue: 0 });
  });

  test("shows each channel from the 1st to the 99.8th percentile of its coarsest level", async () => {
    const { info } = await openBytes(fluorescenceSlide());
    const { width, height } = levelSize(FLUORESCENCE, 2);
    for (const [c, { low, high }] of info.channels.entries()) {
      const values: number[] = [];
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values.push(fluorescenceValue(c, 0, 2, x, y));
      values.sort((a, b) => a - b);
      const last = values.length - 1;
      expect([low, high]).toEqual([values[Math.floor(0.01 * last)], values[Math.ceil(0.998 * last)]]);
    }
  });

  test("reads the values of every channel on every level", async () => {
    for (const c of [0, 1, 2]) {
      for (const low of [0, 600]) {
        const slide = await openBytes(fluorescenceSlide(), "a.ome.tif", { view: { channels: only(c, 3, low) } });
        for (const level of [0, 1, 2]) {
          const image = await readLevel(slide, level);
          const expected = imageOf(image.width, image.height, (x, y) => {
            const grey = Math.min(255, Math.max(0, fluorescenceValue(c, 0, level, x, y) - low));
            return [grey, grey, grey];
          });
          expect(difference(image, expected).max).toBe(0);
        }
      }
    }
  });

  test("adds the light of the channels that are shown", async () => {
    const channels: ChannelView[] = [
      { isShown: true, colour: [200, 0, 100], low: 100, high: 1600 },
      { isShown: false, colour: [255, 255, 255], low: 0, high: 1 },
      { isShown: true, colour: [100, 255, 0], low: 300, high: 900 },
    ];
    const slide = await openBytes(fluorescenceSlide(), "a.ome.tif", { view: { channels } });
    expect(slide.info.channels.map(({ name, isShown, low }) => [name, isShown, low])).toEqual([
      ["DAPI", true, 100],
      ["Marker", false, 0],
      ["Third", true, 300],
    ]);
    const image = await slide.readRegion({ x0: 120, y0: 130, width: 32, height: 16, level: 0 });
    for (let y = 0; y < 16; y++) {
      for (let x = 0; x < 32; x++) {
        const share = (c: number, low: number, high: number) =>
          Math.min(1, Math.max(0, (fluorescenceValue(c, 0, 0, 120 + x, 130 + y) - low) / (high - low)));
        const first = share(0, 100, 1600);
        const third = share(2, 300, 900);
        const expected = [200 * first + 100 * third, 255 * third, 100 * first].map((light) => Math.min(255, light));
        const at = (y * 32 + x) * 4;
        for (const k of [0, 1, 2]) expect(Math.abs((image.data[at + k] ?? 0) - (expected[k] ?? 0))).toBeLessThan(0.51);
      }
    }
  });

  test("opens the middle plane of focus by default, and the one that is asked for", async () => {
    const bytes = fluorescenceSlide({ depth: 5 });
    const { info } = await openBytes(bytes);
    expect(info.focalPlane).toBe(2);
    expect(info.focalPlanes.map(({ offsetUm }) => offsetUm)).toEqual([-1.6, -0.8, 0, 0.8, 1.6]);
    for (const focalPlane of [0, 4]) {
      const slide = await openBytes(bytes, "a.ome.tif", { view: { focalPlane, channels: only(1, 3, 200) } });
      const { data } = await slide.readRegion({ x0: 1, y0: 1, width: 1, height: 1, level: 0 });
      expect(data[0]).toBe(fluorescenceValue(1, focalPlane, 0, 1, 1) - 200);
    }
    await expect(openBytes(bytes, "a.ome.tif", { view: { focalPlane: 5 } })).rejects.toMatchObject({
      code: "slide/bad-region",
    });
  });

  test("is dark where the file leaves a tile out of every channel", async () => {
    const size = { width: 300, height: 100 };
    const plane: MadePlane = { ...size, kind: "uint8", value: () => 200, missingTiles: [1] };
    const description = omeXml([{ ...size, type: "uint8", channels: [{}] }]);
    const slide = await openBytes(planesTiff([{ ...plane, description }]), "a.ome.tif", {
      view: { channels: only(0, 1, 0) },
    });
    const { data } = await slide.readRegion({ x0: 120, y0: 50, width: 16, height: 1, level: 0 });
    expect([...data.slice(0, 4)]).toEqual([200, 200, 200, 255]);
    expect([...data.slice(60)]).toEqual([0, 0, 0, 255]);
  });
});

describe("the planes of an OME-TIFF", () => {
  const size = { width: 20, height: 10 };

  /** Planes that hold their own number, described by `order`. */
  function numbered(count: number, xml: Partial<Parameters<typeof omeXml>[0][number]>): Uint8Array<ArrayBuffer> {
    const description = omeXml([{ ...size, type: "uint8", channels: [{}, {}], ...xml }]);
    return planesTiff(
      Array.from(
        { length: count },
        (_, index): MadePlane => ({
          ...size,
          kind: "uint8",
          value: () => 10 + index,
          ...(index === 0 ? { description } : {}),
        }),
      ),
    );
  }

  async function planeShown(bytes: Uint8Array<ArrayBuffer>, focalPlane: number, channel: number): Promise<number> {
    const slide = await openBytes(bytes, "a.ome.tif", { view: { focalPlane, channels: only(channel, 2, 0) } });
    const { data } = await slide.readRegion({ x0: 0, y0: 0, width: 1, height: 1, level: 0 });
    return (data[0] ?? 0) - 10;
  }

  test.each([
    ["XYZCT", (z: number, c: number) => z + 3 * c],
    ["XYCZT", (z: number, c: number) => c + 2 * z],
    ["XYZTC", (z: number, c: number) => z + 3 * 2 * c],
    ["XYTCZ", (z: number, c: number) => 2 * c + 4 * z],
    ["XYCTZ", (z: number, c: number) => c + 4 * z],
    ["XYTZC", (z: number, c: number) => 2 * z + 6 * c],
  ])("lie in the order %s, of which the first time point is shown", async (order, placeOf) => {
    const bytes = numbered(12, { order, sizeZ: 3, sizeT: 2 });
    for (const z of [0, 2]) for (const c of [0, 1]) expect(await planeShown(bytes, z, c)).toBe(placeOf(z, c));
    const { info } = await openBytes(bytes);
    expect(info.properties["ome.shown"]).toBe("time point 1 of 2");
  });

  test("lie where TiffData says, one by one or many at once", async () => {
    const tiffData =
      '<TiffData FirstC="1" FirstZ="0" IFD="0" PlaneCount="3"/><TiffData FirstZ="2" IFD="3"/><TiffData FirstZ="1" IFD="4"/><TiffData IFD="5"/>';
    const bytes = numbered(6, { sizeZ: 3, tiffData });
    expect([await planeShown(bytes, 0, 1), await planeShown(bytes, 2, 1)]).toEqual([0, 2]);
    expect(await Promise.all([0, 1, 2].map((z) => planeShown(bytes, z, 0)))).toEqual([5, 4, 3]);
  });

  test("that differ in size are refused with a sentence", async () => {
    const description = omeXml([{ ...size, type: "uint8", channels: [{}, {}] }]);
    const plane = { kind: "uint8", value: () => 1 } as const;
    const bytes = planesTiff([
      { ...plane, ...size, description },
      { ...plane, width: 21, height: 10 },
    ]);
    await expect(openBytes(bytes)).rejects.toMatchObject({ code: "slide/malformed" });
  });
});

describe("pyramids that lie on pages of their own", () => {
  const value = (index: number) => (x: number, y: number) => 60 * index + ((x + y) % 50);
  const channels = [{ name: "A" }, { name: "B" }];
  const pages = [
    [64, 32],
    [64, 32],
    [32, 16],
    [32, 16],
  ].map(([width = 1, height = 1], index): MadePlane => ({ width, height, kind: "uint8", value: value(index) }));

  async function check(description: string): Promise<void> {
    const [first, ...others] = pages;
    if (!first) throw new RangeError("no page");
    const bytes = planesTiff([{ ...first, description }, ...others]);
    const slide = await openBytes(bytes, "a.ome.tif", { view: { channels: only(1, 2, 0) } });
    expect(slide.info.levels.map(({ width }) => width)).toEqual([64, 32]);
    const { data } = await slide.readRegion({ x0: 8, y0: 4, width: 1, height: 1, level: 1 });
    expect(data[0]).toBe(value(3)(4, 2));
  }

  test("are levels where the XML lists them as images of the same shape", async () => {
    const place = (ifd: number) => `<TiffData IFD="${ifd}" PlaneCount="2"/>`;
    await check(
      omeXml([
        { width: 64, height: 32, type: "uint8", channels, tiffData: place(0) },
        { width: 32, height: 16, type: "uint8", channels, tiffData: place(2) },
      ]),
    );
  });

  test("are levels where the XML does not mention them", async () => {
    await check(omeXml([{ width: 64, height: 32, type: "uint8", channels }]));
  });
});

describe("a stained slide as OME-TIFF", () => {
  test("is no fluorescence image, and has its label and macro beside it", async () => {
    const slide = await openBytes(stainedOmeSlide(), "slide.ome.tif");
    const { info } = slide;
    expect(info.channels).toEqual([]);
    expect(info.levels.map(({ width }) => width)).toEqual([600, 300, 150]);
    expect(info.associatedImages).toEqual([
      { name: "label", width: 90, height: 60, isPrivate: true },
      { name: "macro", width: 200, height: 50, isPrivate: true },
    ]);
    for (const level of [0, 2]) {
      const image = await readLevel(slide, level);
      const expected = imageOf(image.width, image.height, (x, y) => [
        stainedValue(x, y, level, 0),
        stainedValue(x, y, level, 1),
        stainedValue(x, y, level, 2),
      ]);
      expect(difference(image, expected).max).toBe(0);
    }
    const label = await slide.readAssociated("label");
    expect([...label.data.slice(4, 8)]).toEqual([1, 2, 3, 255]);
  });

  const plane = (sample: number, more: Partial<MadePlane> = {}): MadePlane => ({
    width: 200,
    height: 30,
    kind: "uint8",
    value: (x, y) => stainedValue(x, y, 0, sample),
    ...more,
  });

  test.each([
    ["names", [{ name: "Red" }, { name: "Green" }, { name: "Blue" }]],
    ["colours", [{ colour: [255, 0, 0] }, { colour: [0, 255, 0] }, { colour: [0, 0, 255] }]],
  ] as const)("is put together again where its colours were split, as their %s tell", async (_, channels) => {
    const description = omeXml([{ width: 200, height: 30, type: "uint8", channels }]);
    const bytes = planesTiff([
      plane(0, { description, missingTiles: [1] }),
      plane(1, { missingTiles: [1] }),
      plane(2, { missingTiles: [1] }),
    ]);
    const slide = await openBytes(bytes);
    expect(slide.info.channels).toEqual([]);
    const { data } = await slide.readRegion({ x0: 100, y0: 7, width: 29, height: 1, level: 0 });
    expect([...data.slice(0, 3)]).toEqual([0, 1, 2].map((sample) => stainedValue(100, 7, 0, sample)));
    // White glass, as everywhere in bright field.
    expect([...data.slice(112)]).toEqual([255, 255, 255, 255]);
  });

  test("is a fluorescence image where nothing tells that three grey channels are colours", async () => {
    const description = omeXml([{ width: 200, height: 30, type: "uint8", channels: [{}, {}, {}] }]);
    const { info } = await openBytes(planesTiff([plane(0, { description }), plane(1), plane(2)]));
    expect(info.channels.map(({ name }) => name)).toEqual(["Channel 1", "Channel 2", "Channel 3"]);
    expect(new Set(info.channels.map(({ colour }) => String(colour))).size).toBe(3);
  });
});

describe("an OME-TIFF of several files", () => {
  const files = multiFileSlide();
  const given = (...indexes: number[]) => indexes.flatMap((index) => files[index] ?? []);

  test("is read from all files that were given, whichever comes first", async () => {
    for (const order of [given(0, 1, 2), given(2, 0, 1)]) {
      const slide = await openFiles(order, { focalPlane: 1, channels: only(0, 1, 0) });
      expect(slide.info.focalPlanes.map(({ offsetUm }) => offsetUm)).toEqual([-2, 0, 2]);
      expect(slide.info.properties["ome.missing"]).toBeUndefined();
      const { data } = await slide.readRegion({ x0: 3, y0: 4, width: 1, height: 1, level: 0 });
      expect(data[0]).toBe(57);
    }
  });

  test("shows the planes that are there, and names the files that are not", async () => {
    const slide = await openFiles(given(1, 2), { focalPlane: 1, channels: only(0, 1, 0) });
    expect(slide.info.focalPlanes.map(({ offsetUm }) => offsetUm)).toEqual([0, 2]);
    expect(slide.info.properties["ome.missing"]).toMatch(/a file of this slide was not given: deep-Z1\.ome\.tif\. /);
    const { data } = await slide.readRegion({ x0: 0, y0: 0, width: 1, height: 1, level: 0 });
    expect(data[0]).toBe(100);
  });

  test("is known by its identifier when the file was renamed", async () => {
    const [, second] = files;
    const slide = await openFiles([{ name: "renamed.tif", bytes: second?.bytes ?? new Uint8Array(0) }], {
      channels: only(0, 1, 0),
    });
    const { data } = await slide.readRegion({ x0: 0, y0: 0, width: 1, height: 1, level: 0 });
    expect(data[0]).toBe(50);
    expect(slide.info.properties["ome.missing"]).toContain("deep-Z1.ome.tif, deep-Z3.ome.tif");
  });

  test("of which no given file holds a plane asks for those that do", async () => {
    const size = { width: 8, height: 8 };
    const tiffData =
      '<TiffData IFD="0"><UUID FileName="a.tif">urn:1</UUID></TiffData><TiffData FirstZ="1" IFD="0"><UUID FileName="b.tif">urn:2</UUID></TiffData>';
    const description = omeXml([{ ...size, type: "uint8", channels: [{}], sizeZ: 2, tiffData }]);
    const bytes = planesTiff([{ ...size, kind: "uint8", value: () => 0, description }]);
    await expect(openFiles([{ name: "c.tif", bytes }])).rejects.toMatchObject({
      code: "slide/unsupported-format",
      message: expect.stringContaining("they lie in a.tif, b.tif. Drop these files along"),
    });
  });

  describe("that a companion file describes", () => {
    const size = { width: 8, height: 8 };
    const pixelFile = (name: string, value: number): MadeFile => {
      const description =
        '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:x"><BinaryOnly MetadataFile="set.companion.ome" UUID="urn:uuid:y"/></OME>';
      return { name, bytes: planesTiff([{ ...size, kind: "uint8", value: () => value, description }]) };
    };
    const images = [pixelFile("set_b.ome.tif", 20), pixelFile("set_a.ome.tif", 10)];
    const place = (z: number, name: string) =>
      `<TiffData FirstZ="${z}" IFD="0" PlaneCount="1"><UUID FileName="${name}">urn:uuid:${name}</UUID></TiffData>`;
    const companion: MadeFile = {
      name: "set.companion.ome",
      bytes: new TextEncoder().encode(
        omeXml([
          {
            ...size,
            type: "uint8",
            channels: [{ name: "GFP" }],
            sizeZ: 2,
            tiffData: place(0, "set_b.ome.tif") + place(1, "set_a.ome.tif"),
          },
        ]),
      ),
    };

    async function valueAt(given: readonly MadeFile[], focalPlane: number): Promise<number | undefined> {
      const slide = await openFiles(given, { focalPlane, channels: only(0, 1, 0) });
      const { data } = await slide.readRegion({ x0: 0, y0: 0, width: 1, height: 1, level: 0 });
      return data[0];
    }

    test("is read in the companion's order, even where the companion comes first", async () => {
      for (const given of [
        [companion, ...images],
        [...images, companion],
      ]) {
        expect([await valueAt(given, 0), await valueAt(given, 1)]).toEqual([20, 10]);
        expect((await openFiles(given)).info.channels[0]?.name).toBe("GFP");
      }
    });

    test("asks for the images where the companion comes alone", async () => {
      await expect(openFiles([companion])).rejects.toMatchObject({
        code: "slide/not-a-slide",
        message: expect.stringContaining("found that description alone"),
      });
    });

    test("is read in the order of the files' names without it, and says so", async () => {
      expect([await valueAt(images, 0), await valueAt(images, 1)]).toEqual([10, 20]);
      const { info } = await openFiles(images);
      expect(info.properties["ome.missing"]).toContain("described in set.companion.ome, which was not given");
    });

    test("is channels without it where the names count them", async () => {
      const named = [pixelFile("set_C02.ome.tif", 20), pixelFile("set_C01.ome.tif", 10)];
      const { info } = await openFiles(named);
      expect([info.channels.length, info.focalPlanes.length]).toEqual([2, 0]);
    });
  });
});

describe("broken OME-XML", () => {
  const size = { width: 20, height: 10 };
  const plane = { ...size, kind: "uint8", value: () => 7 } as const;

  test.each([
    ["that ends early", omeXml([{ ...size, type: "uint8", channels: [{}] }]).slice(0, -20)],
    ["without an image", '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"></OME>'],
  ])("%s leaves the pages as they are", async (_, description) => {
    const slide = await openBytes(planesTiff([{ ...plane, description }]));
    expect(slide.info.channels).toEqual([]);
    expect((await readLevel(slide)).data[0]).toBe(7);
  });

  test("with absurd counts opens in bounded time", async () => {
    const tiffData = '<TiffData IFD="0" PlaneCount="999999999"/>'.repeat(5000);
    const description = omeXml([
      { ...size, type: "uint8", channels: [{}], sizeZ: 999_999_999, sizeT: 999_999_999, tiffData },
    ]);
    const { info } = await openBytes(planesTiff([{ ...plane, description }]), "a.ome.tif", { view: { focalPlane: 0 } });
    expect(info.width0).toBe(20);
  });

  test("that points to a page that is not there is refused with a sentence", async () => {
    const description = omeXml([{ ...size, type: "uint8", channels: [{}], tiffData: '<TiffData IFD="12"/>' }]);
    await expect(openBytes(planesTiff([{ ...plane, description }]))).rejects.toMatchObject({
      code: "slide/malformed",
      message: expect.stringContaining("image 13"),
    });
  });
});

describe("channels in every encoding", () => {
  /** `made_channels` of make_channels_golden.py. */
  const value = (c: number, most: number, x: number, y: number) =>
    c === 0 ? Math.floor(((x + y) * most) / 118) : Math.floor(((2 * x + 49 - y) * most) / 187);

  /** Greatest difference of one channel from `expected`, read in windows of 255 values so that no step is lost. */
  async function worstOf(name: string, c: number, of: number, expected: (x: number, y: number) => number) {
    let worst = 0;
    for (let low = -2000; low < 4000; low += 255) {
      const slide = await openBytes(madeBytes(name), name, { view: { channels: only(c, of, low) } });
      const found = await readLevel(slide);
      const cut = imageOf(found.width, found.height, (x, y) => {
        const grey = Math.min(255, Math.max(0, expected(x, y) - low));
        return [grey, grey, grey];
      });
      worst = Math.max(worst, difference(found, cut).max);
    }
    return worst;
  }

  test("JPEG 2000 of 16 bits gives what was written", async () => {
    const { info } = await openMade("ome-jpeg2000.ome.tif");
    expect(info.channels.map(({ name }) => name)).toEqual(["DAPI", "Cy5"]);
    for (const c of [0, 1]) {
      expect(await worstOf("ome-jpeg2000.ome.tif", c, 2, (x, y) => value(c, 4000, x, y))).toBe(0);
    }
  });

  test("JPEG of 8 bits stays close to what was written", async () => {
    // 4: what quality 95 loses of a smooth slope.
    for (const c of [0, 1]) {
      expect(await worstOf("ome-jpeg.ome.tif", c, 2, (x, y) => value(c, 240, x, y))).toBeLessThanOrEqual(4);
    }
  });

  test("signed numbers, the high byte first, with a predictor, give what was written", async () => {
    for (const c of [0, 1]) {
      const written = (x: number, y: number) => value(c, 4000, x, y) - 2000;
      expect(await worstOf("ome-big-endian.ome.tif", c, 2, written)).toBe(0);
    }
  });

  test("five samples of one page are five channels", async () => {
    const { info } = await openMade("ome-five-samples.ome.tif");
    expect(info.channels).toHaveLength(5);
    expect(await worstOf("ome-five-samples.ome.tif", 3, 5, (x, y) => value(0, 4000, x, y) + 3)).toBe(0);
  });
});
