import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { imageOf, openBytes } from "./made-slides.ts";

const MB = 1024 * 1024;

/** Bytes of pixels and other arrays that something still holds. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new TypeError("no garbage collector to call");
  // The first one may leave its buffers to another thread; the second one waits for that.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}

test("a reader that has been over the whole slide holds no more pixels than it was given room for", async () => {
  const image = imageOf(4096, 2048, (x, y) => [x & 255, y & 255, (x + y) & 255]);
  const bytes = writeTiff([{ width: 4096, height: 2048, pixels: { kind: "rgba8", data: image.data } }]);
  const slide = await openBytes(bytes, "walked.tif", { cacheBytes: 4 * MB });
  const before = heldBytes();
  for (let pass = 0; pass < 2; pass++) {
    for (let row = 0; row < 8; row++) for (let col = 0; col < 16; col++) await slide.readTile({ level: 0, col, row });
  }
  // 32 MB of pixels went by. A megabyte is for what the decoders keep.
  expect(heldBytes() - before).toBeLessThan(5 * MB);
  slide.close();
  expect(heldBytes() - before).toBeLessThan(MB);
});
