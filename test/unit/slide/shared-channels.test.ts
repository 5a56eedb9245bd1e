import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeDecoders } from "../../../src/cli/open-slide.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { openSlide } from "../../../src/engine/slide/open.ts";
import type { ChannelView, Slide, SlideView } from "../../../src/engine/slide/types.ts";
import { difference, fromRgb } from "./made-slides.ts";

interface Golden {
  readonly colours: readonly (readonly [number, number, number])[];
  readonly slides: readonly {
    readonly files: readonly string[];
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly signed: boolean;
    readonly planes: readonly {
      readonly ranges: readonly (readonly [number, number] | null)[];
      readonly blocks: readonly { x: number; y: number; raw: readonly string[]; rgb: string }[];
    }[];
  }[];
}

const FOLDER = resolve("../shared/data/slides");
const SIZE = 16;
const golden: Golden = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/channels_golden.json", import.meta.url), "utf8"),
);

function open(files: readonly string[], view: SlideView): Promise<Slide> {
  const sources = files.map((name) => bytesSource(new Uint8Array(readFileSync(resolve(FOLDER, name))), name));
  return openSlide(sources, nodeDecoders(), { view });
}

/** Shows one channel in grey such that a byte of the picture is the value less `low`. */
function only(channel: number, count: number, low: number): ChannelView[] {
  return Array.from({ length: count }, (_, index) => ({
    isShown: index === channel,
    colour: [255, 255, 255],
    low,
    high: low + 255,
  }));
}

describe.skipIf(!existsSync(FOLDER))("channels of real OME-TIFF files (needs ../shared/data/slides)", () => {
  for (const slide of golden.slides) {
    const name = slide.files.length > 1 ? `${slide.files[0]} and ${slide.files.length - 1} more` : slide.files[0];

    test(`${name} has the size, channels, planes and ranges that tifffile and NumPy find`, async () => {
      for (const [focalPlane, plane] of slide.planes.entries()) {
        const { info } = await open(slide.files, { focalPlane });
        expect([info.width0, info.height0, info.levels.length]).toEqual([slide.width, slide.height, 1]);
        expect(info.focalPlanes).toHaveLength(slide.planes.length > 1 ? slide.planes.length : 0);
        expect(info.focalPlane).toBe(focalPlane);
        const all = slide.signed ? [-128, 127] : [0, 255];
        expect(info.channels.map(({ low, high }) => [low, high])).toEqual(plane.ranges.map((range) => range ?? all));
      }
    });

    test(`${name} has the raw values that tifffile reads`, async () => {
      for (const [focalPlane, plane] of slide.planes.entries()) {
        for (let channel = 0; channel < slide.channels; channel++) {
          const low = slide.signed ? -128 : 0;
          const opened = await open(slide.files, { focalPlane, channels: only(channel, slide.channels, low) });
          for (const { x, y, raw } of plane.blocks) {
            const expected = new Int32Array(new Uint8Array(Buffer.from(raw[channel] ?? "", "base64")).buffer);
            const image = await opened.readRegion({ x0: x, y0: y, width: SIZE, height: SIZE, level: 0 });
            const found = Array.from(expected, (_, pixel) => (image.data[pixel * 4] ?? 0) + low);
            expect(found).toEqual([...expected]);
          }
        }
      }
    });

    test(`${name} is shown as NumPy composes it`, async () => {
      for (const [focalPlane, plane] of slide.planes.entries()) {
        const channels = plane.ranges.map((range, index): ChannelView => {
          const [low, high] = range ?? [0, 255];
          return { isShown: true, colour: golden.colours[index] ?? [0, 0, 0], low, high };
        });
        const opened = await open(slide.files, { focalPlane, channels });
        for (const { x, y, rgb } of plane.blocks) {
          const image = await opened.readRegion({ x0: x, y0: y, width: SIZE, height: SIZE, level: 0 });
          // 1: light is added up in 32 bits here and in 64 there, and a half may round either way.
          expect(difference(image, fromRgb(rgb, SIZE, SIZE)).max).toBeLessThanOrEqual(1);
        }
      }
    });
  }
});
