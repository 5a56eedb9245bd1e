import { describe, expect, it } from "vitest";
import { commands } from "vitest/browser";
import type { SlideView } from "../../src/engine/slide/types.ts";
import type { SlideClient } from "../../src/workers/slide.api.ts";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";
import goldenText from "../fixtures/slides/oracle_golden.json?raw";
import { compareInfo, comparePixels, greySha256, type OracleEntry, stackViews } from "../support/oracle.ts";

const golden: Record<string, OracleEntry> = JSON.parse(goldenText);

async function readFiles(names: readonly string[]): Promise<File[] | null> {
  const files: File[] = [];
  for (const name of names) {
    const text = await commands.readSharedSlide(name);
    if (text === null) return null;
    files.push(new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], name));
  }
  return files;
}

describe("in Chromium, what other readers say of real slides (needs ../shared/data/slides)", () => {
  for (const [name, entry] of Object.entries(golden)) {
    it(`of ${name} is said here too: levels, sizes, pixel size, properties and pixels`, async ({ skip }) => {
      const files = await readFiles(entry.files);
      if (!files) return skip();
      const open = (view: SlideView): Promise<SlideClient> => openSlideInWorker({ files, view });
      const slide = await open({});
      expect(compareInfo(slide.info, entry)).toEqual([]);
      expect(await comparePixels(slide, entry)).toEqual([]);
      for (const { view, sha256, name: plane } of stackViews(slide.info, entry)) {
        const shown = await open(view);
        expect(await greySha256(shown), plane).toBe(sha256);
        shown.close();
      }
      slide.close();
    });

    it(`the viewer's tiles of ${name} are the pixels that the network gets`, async ({ skip }) => {
      const files = await readFiles(entry.files);
      if (!files) return skip();
      const slide = await openSlideInWorker({ files, view: {} });
      for (const [
        level,
        { width, height, tileWidth, tileHeight, downsampleX, downsampleY },
      ] of slide.info.levels.entries()) {
        const col = Math.floor(width / tileWidth / 2);
        const row = Math.floor(height / tileHeight / 2);
        const tile = await slide.tile({ level, col, row });
        const at = { x0: col * tileWidth * downsampleX, y0: row * tileHeight * downsampleY };
        const region = await slide.region({ ...at, width: tile.width, height: tile.height, level });
        expect(greatestDifference(pixelsOf(tile), region.data), `level ${level}`).toBe(0);
      }
      slide.close();
    });
  }
});

function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
}

function greatestDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let most = a.length === b.length ? 0 : 255;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return most;
}
