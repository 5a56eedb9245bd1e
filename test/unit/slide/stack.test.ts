import { describe, expect, test } from "vitest";
import { PHOTOMETRIC } from "../../../src/engine/slide/tiff/tags.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import type { ChannelView, Slide } from "../../../src/engine/slide/types.ts";
import { type MadePlane, planesTiff } from "../../support/made-slides/ome.ts";
import { openBytes } from "./made-slides.ts";

const SIZE = { width: 150, height: 40 };

function grey(count: number): ChannelView[] {
  return Array.from({ length: count }, () => ({ isShown: false, colour: [255, 255, 255], low: 0, high: 255 }));
}

function pages(count: number, more: Partial<MadePlane> = {}): MadePlane[] {
  return Array.from({ length: count }, (_, index) => ({
    ...SIZE,
    kind: "uint8",
    value: (x, y) => 20 * index + ((x + y) % 19),
    ...(index === 0 ? more : {}),
  }));
}

/** The value at (x, y) of one channel, read through a view that shows it alone. */
async function valueAt(
  bytes: Uint8Array<ArrayBuffer>,
  at: {
    readonly channel: number;
    readonly of: number;
    readonly focalPlane?: number;
    readonly x: number;
    readonly y: number;
  },
): Promise<number | undefined> {
  const channels = grey(at.of).map((view, index) => ({ ...view, isShown: index === at.channel }));
  const view = { channels, ...(at.focalPlane === undefined ? {} : { focalPlane: at.focalPlane }) };
  const slide = await openBytes(bytes, "stack.tif", { view });
  const { data } = await slide.readRegion({ x0: at.x, y0: at.y, width: 1, height: 1, level: 0 });
  return data[0];
}

function channelsOf({ info }: Slide): number {
  return info.channels.length;
}

describe("grey pages of one size without a description", () => {
  test("are channels where there are few", async () => {
    const bytes = planesTiff(pages(4));
    const { info } = await openBytes(bytes);
    expect(info.format).toBe("multi-channel TIFF");
    expect(info.channels.map(({ name }) => name)).toEqual(["Channel 1", "Channel 2", "Channel 3", "Channel 4"]);
    expect(info.focalPlanes).toEqual([]);
    expect(info.properties["stack.note"]).toMatch(/^4 grey images .* channels; the file does not say/);
    expect(await valueAt(bytes, { channel: 2, of: 4, x: 130, y: 5 })).toBe(40 + (135 % 19));
  });

  test("are planes of focus where there are many", async () => {
    const bytes = planesTiff(pages(20).map((page, index) => ({ ...page, value: () => index })));
    const { info } = await openBytes(bytes);
    expect([info.channels.length, info.focalPlanes.length, info.focalPlane]).toEqual([1, 20, 9]);
    expect(await valueAt(bytes, { channel: 0, of: 1, focalPlane: 17, x: 0, y: 0 })).toBe(17);
  });

  test("bring their coarser levels along in SubIFDs", async () => {
    const bytes = planesTiff(pages(2).map((page) => ({ ...page, levels: 1 })));
    expect((await openBytes(bytes)).info.levels.map(({ width }) => width)).toEqual([150, 75]);
  });

  test("are no stack where one is but a coarser version of the other", async () => {
    const [first] = pages(1);
    if (!first) throw new RangeError("no page");
    const slide = await openBytes(planesTiff([first, { ...first, width: 75, height: 20 }]));
    expect([channelsOf(slide), slide.info.levels.length]).toEqual([0, 2]);
  });
});

describe("values that are not bytes", () => {
  const plane = { ...SIZE, samples: 1 } as const;

  test("are floating point numbers from their 1st to their 99.8th percentile, and NaN is dark", async () => {
    const value = (x: number, y: number) => (x === 3 ? Number.NaN : 0.001 * (x + y) - 0.01);
    const first: MadePlane = { ...plane, kind: "float32", value };
    const slide = await openBytes(planesTiff([first, first]));
    const [channel] = slide.info.channels;
    expect(channel?.low).toBeGreaterThan(-0.01);
    expect(channel?.high).toBeLessThan(0.18);
    expect([channel?.least, channel?.most].map((limit) => limit?.toFixed(3))).toEqual(["-0.010", "0.178"]);
    const { data } = await slide.readRegion({ x0: 3, y0: 20, width: 2, height: 1, level: 0 });
    expect([...data.slice(0, 3)]).toEqual([0, 0, 0]);
    expect(Math.max(...data.slice(4, 7))).toBeGreaterThan(0);
  });

  test("keep their sign", async () => {
    const first: MadePlane = { ...plane, kind: "int16", value: (x) => x - 75 };
    const bytes = planesTiff([first, first]);
    expect((await openBytes(bytes)).info.channels[0]).toMatchObject({ least: -32768, most: 32767 });
    const view: ChannelView = { isShown: true, colour: [255, 255, 255], low: -75, high: 180 };
    const slide = await openBytes(bytes, "a.tif", { view: { channels: [view, { ...view, isShown: false }] } });
    const { data } = await slide.readRegion({ x0: 10, y0: 0, width: 1, height: 1, level: 0 });
    expect(data[0]).toBe(10);
  });
});

describe("one page of many samples", () => {
  for (const isPlanar of [false, true]) {
    test(`is as many channels, its samples ${isPlanar ? "in planes" : "side by side"}`, async () => {
      const value = (x: number, y: number, _: number, sample: number) => 40 * sample + ((x + y) % 30);
      const bytes = planesTiff([{ ...SIZE, kind: "uint8", samples: 6, isPlanar, value }]);
      expect(channelsOf(await openBytes(bytes))).toBe(6);
      for (const channel of [0, 5]) {
        expect(await valueAt(bytes, { channel, of: 6, x: 140, y: 3 })).toBe(40 * channel + (143 % 30));
      }
    });
  }

  test("is no fluorescence image where they are red, green and blue", async () => {
    const photometric = PHOTOMETRIC.rgb;
    const page: MadePlane = { ...SIZE, kind: "uint8", samples: 3, photometric, value: (_, __, ___, sample) => sample };
    expect(channelsOf(await openBytes(planesTiff([page])))).toBe(0);
  });
});

describe("an ImageJ hyperstack", () => {
  const description = [
    "ImageJ=1.53t",
    "images=12",
    "channels=2",
    "slices=3",
    "frames=2",
    "hyperstack=true",
    "unit=\\u00B5m",
    "spacing=0.5",
    "loop=false",
  ].join("\n");

  test("has ImageJ's channels and slices, of its first time", async () => {
    const bytes = planesTiff(
      pages(12).map((page, index) => ({ ...page, value: () => index, ...(index === 0 ? { description } : {}) })),
    );
    const { info } = await openBytes(bytes);
    expect(info.format).toBe("ImageJ TIFF");
    expect(info.channels).toHaveLength(2);
    expect(info.focalPlanes).toEqual([{ offsetUm: -0.5 }, { offsetUm: 0 }, { offsetUm: 0.5 }]);
    expect(await valueAt(bytes, { channel: 1, of: 2, focalPlane: 2, x: 0, y: 0 })).toBe(5);
  });

  test("gives its pixel size in its own unit", async () => {
    // The writer states 4 pixels a micrometre as pixels per centimetre; ImageJ means its own unit.
    const page = { ...SIZE, pixels: { kind: "grey8", data: new Uint8Array(SIZE.width * SIZE.height) } } as const;
    const bytes = writeTiff([{ ...page, mppX: 2500, mppY: 2500, description }, page]);
    expect((await openBytes(bytes)).info.pixelSize).toEqual({ mppX: 0.25, mppY: 0.25, origin: "file" });
  });
});
