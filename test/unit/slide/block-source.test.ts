import { describe, expect, test } from "vitest";
import { blockSource } from "../../../src/engine/slide/block-source.ts";
import type { ByteSource } from "../../../src/engine/slide/types.ts";

const KB = 1024;

/** A source of 8 MB whose byte at i is i mod 251, and the reads that reached it. */
class RecordingSource implements ByteSource {
  readonly name = "recorded";
  readonly size = 8192 * KB;
  readonly reads: { offset: number; length: number }[] = [];
  isGone = false;

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    this.reads.push({ offset, length });
    if (this.isGone) throw new Error("gone");
    return bytesAt(offset, length);
  }
}

function bytesAt(offset: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (offset + i) % 251);
}

describe("bytes read by blocks", () => {
  test("are those of the file, within a block, across two, and at the end", async () => {
    const source = new RecordingSource();
    const blocks = blockSource(source);
    for (const offset of [0, 255 * KB, 255 * KB, 300 * KB, 8191 * KB, 8191 * KB]) {
      expect(await blocks.read(offset, KB)).toEqual(bytesAt(offset, KB));
    }
    for (let i = 0; i < 3; i++) {
      expect(await blocks.read(256 * KB - 100, 200)).toEqual(bytesAt(256 * KB - 100, 200));
    }
    const long = await blocks.read(0, 2000 * KB);
    expect(Buffer.compare(long, bytesAt(0, 2000 * KB))).toBe(0);
  });

  test("cost few reads where tiles lie side by side", async () => {
    const source = new RecordingSource();
    const blocks = blockSource(source);
    for (let i = 0; i < 100; i++) await blocks.read(i * 15 * KB, 15 * KB);
    expect(source.reads.length).toBeLessThan(15);
  });

  test("cost no more than was asked for where every tile lies elsewhere", async () => {
    const source = new RecordingSource();
    const blocks = blockSource(source);
    for (let i = 0; i < 32; i++) await blocks.read(i * 256 * KB, 15 * KB);
    expect(source.reads.reduce((sum, { length }) => sum + length, 0)).toBe(32 * 15 * KB);
  });

  test("are shared by those who ask at the same time", async () => {
    const source = new RecordingSource();
    const blocks = blockSource(source);
    await blocks.read(0, KB);
    await Promise.all(Array.from({ length: 20 }, (_, i) => blocks.read(i * KB, KB)));
    expect(source.reads).toHaveLength(2);
  });

  test("may be written over by who got them", async () => {
    const blocks = blockSource(new RecordingSource());
    await blocks.read(0, 10);
    (await blocks.read(0, 10)).fill(0);
    expect(await blocks.read(0, 10)).toEqual(bytesAt(0, 10));
  });

  test("are asked for again after a read that failed", async () => {
    const source = new RecordingSource();
    const blocks = blockSource(source);
    await blocks.read(0, KB);
    source.isGone = true;
    await expect(blocks.read(0, KB)).rejects.toThrow("gone");
    source.isGone = false;
    expect(await blocks.read(0, KB)).toEqual(bytesAt(0, KB));
  });

  test("beyond the end are left to the file to refuse", async () => {
    const source = new RecordingSource();
    await blockSource(source).read(source.size - 10, 20);
    expect(source.reads).toEqual([{ offset: source.size - 10, length: 20 }]);
  });
});
