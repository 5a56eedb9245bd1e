import { expect, it } from "vitest";
import { bytesSource } from "../../src/engine/slide/blob-source.ts";
import { wasmDecoders } from "../../src/engine/slide/decoders-wasm.ts";
import { openSlide } from "../../src/engine/slide/open.ts";
import type { SlideView } from "../../src/engine/slide/types.ts";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";
import { madeNdpi } from "../support/made-slides/ndpi.ts";
import { allWasmFiles } from "./all-wasm-files.ts";

const bytes = madeNdpi();
const decoders = wasmDecoders(allWasmFiles);

function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
}

/** The greatest difference over all channels. */
function greatest(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  expect(a.length).toBe(b.length);
  return a.reduce((max, value, i) => Math.max(max, Math.abs(value - (b[i] ?? 0))), 0);
}

// Level 1 is made of level 0, level 2 is stored.
it.each([
  [{}, 0, 0],
  [{}, 0, 1],
  [{ focalPlane: 2 }, 0, 1],
  [{}, 1, 0],
  [{}, 2, 0],
] as const)(
  "an NDPI slide in a worker, view %j, level %i, row %i, has the pixels that Node reads",
  async (view: SlideView, level, row) => {
    const expected = await openSlide(bytesSource(bytes, "made.ndpi"), decoders, { view });
    const tile = await expected.readTile({ level, col: 0, row });
    if (!("data" in tile)) throw new TypeError("the wasm decoders give pixels");
    const slide = await openSlideInWorker({ files: [new File([bytes], "made.ndpi")], view });
    expect(slide.info).toEqual(expected.info);
    const bitmap = await slide.tile({ level, col: 0, row });
    expect([bitmap.width, bitmap.height]).toEqual([tile.width, tile.height]);
    // Both are libjpeg with colours at full resolution; the browser may round the inverse transform otherwise.
    expect(greatest(pixelsOf(bitmap), tile.data)).toBeLessThanOrEqual(2);
    slide.close();
  },
);
