import { decode, encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { describePng } from "../../../src/app/report/png-chunks.ts";

describe("a PNG that is told its size on paper", () => {
  const plain = encode({ width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 0, 255), channels: 3, depth: 8 });
  const texts = { Software: "Palisade 1", Disclaimer: "Research use only." };

  it("is read by an independent decoder, checksums and all, with the same pixels", () => {
    const { data, resolution, text } = decode(describePng(plain, { pixelsPerInch: 300, texts }), { checkCrc: true });
    expect([...data]).toEqual([255, 0, 0, 0, 0, 255]);
    expect(resolution).toEqual({ x: 11811, y: 11811, unit: 1 });
    expect(text).toEqual(texts);
  });

  it("is refused when it is none", () => {
    expect(() => describePng(Uint8Array.of(1, 2), { pixelsPerInch: 300, texts })).toThrow("PNG");
  });
});
