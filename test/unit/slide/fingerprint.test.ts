import { describe, expect, it } from "vitest";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { fingerprintHash, isSameSlide, slideFingerprint } from "../../../src/engine/slide/fingerprint.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import type { ByteSource } from "../../../src/engine/slide/types.ts";

function tiffOf(shade: number, isBig = false): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(1024 * 1024).fill(shade);
  return writeTiff([{ width: 1024, height: 1024, pixels: { kind: "grey8", data }, compression: "none" }], { isBig });
}

function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 2654435761 + seed * 40503) >>> 13);
}

const of = (bytes: Uint8Array<ArrayBuffer>, name = "a.tif") => slideFingerprint([bytesSource(bytes, name)]);

describe("a slide's fingerprint", () => {
  it("is the same for a copy under another name", async () => {
    const bytes = tiffOf(7);
    expect(await of(bytes, "copy.tif")).toEqual(await of(bytes));
  });

  it.each([
    ["its first bytes", 100],
    ["its last bytes", -100],
  ])("changes with %s", async (_, at) => {
    const bytes = tiffOf(7);
    const changed = bytes.slice();
    const index = at < 0 ? bytes.length + at : at;
    changed[index] = changed[index]! ^ 1;
    expect(isSameSlide(await of(bytes), await of(changed))).toBe(false);
  });

  it.each([false, true])(
    "changes with the size, and with the TIFF directory wherever it lies (BigTIFF: %s)",
    async (isBig) => {
      const bytes = tiffOf(7, isBig);
      const found = await of(bytes);
      expect(found.files[0]?.directory).toMatch(/^[0-9a-f]{64}$/);
      const longer = new Uint8Array(bytes.length + 1);
      longer.set(bytes);
      expect(isSameSlide(found, await of(longer))).toBe(false);
    },
  );

  it("does without a directory for other formats, and with files of a few bytes", async () => {
    expect((await of(noise(200_000, 1))).files[0]?.directory).toBeNull();
    expect((await of(new Uint8Array(3))).files[0]).toMatchObject({ byteSize: 3, directory: null });
    expect((await of(new Uint8Array(0))).files[0]?.byteSize).toBe(0);
  });

  it("does not depend on the order of a slide's files, and on how many there are", async () => {
    const [a, b] = [bytesSource(noise(500, 1), "a"), bytesSource(noise(500, 2), "b")];
    const both = await slideFingerprint([a, b]);
    expect(await slideFingerprint([b, a])).toEqual(both);
    expect(isSameSlide(await slideFingerprint([a]), both)).toBe(false);
    expect(await fingerprintHash(both.files)).toBe(both.sha256);
  });

  it("reads 192 KiB at most of a file of any size", async () => {
    let bytesRead = 0;
    const bytes = tiffOf(3);
    const counted: ByteSource = {
      ...bytesSource(bytes, "a.tif"),
      async read(offset, length) {
        bytesRead += length;
        return bytes.slice(offset, offset + length);
      },
    };
    await slideFingerprint([counted]);
    expect(bytesRead).toBeLessThanOrEqual(3 * 65_536);
  });
});
