import { describe, expect, it } from "vitest";
import { normaliseImage } from "../../../src/engine/features/normalise.ts";
import { patchwiseFeatures } from "../../../src/engine/features/patchwise.ts";
import { selfTestPicture } from "../../../src/engine/features/self-test-picture.ts";
import type { FloatTensor, Session } from "../../../src/engine/features/types.ts";
import { cropImage } from "../../../src/engine/slide/pixels.ts";
import { PictureSource } from "../../support/picture-source.ts";
import { LOW_POWER_BACKBONE, PATCHWISE_SAMPLING } from "../../support/small-packs.ts";

/** Three channels, one per colour: the input averaged over cells of 8 x 8. Records the shapes it was given. */
class AveragingSession implements Session {
  readonly shapes: (readonly number[])[] = [];

  async run({ data, dims }: FloatTensor): Promise<FloatTensor> {
    this.shapes.push(dims);
    const [batch = 0, channels = 0, height = 0, width = 0] = dims;
    const rows = height / 8;
    const cols = width / 8;
    const means = new Float32Array(batch * channels * rows * cols);
    data.forEach((value, at) => {
      const plane = Math.floor(at / (height * width));
      const y = Math.floor(at / width) % height;
      means[(plane * rows + Math.floor(y / 8)) * cols + Math.floor((at % width) / 8)]! += value / 64;
    });
    return { data: means, dims: [batch, channels, rows, cols] };
  }

  async close(): Promise<void> {}
}

const backbone = { ...LOW_POWER_BACKBONE, channels: 3 };
const sampling = { ...PATCHWISE_SAMPLING, resizeTo: 32 };
const picture = selfTestPicture(5, 200, 120);

function meanColours(x: number, y: number): number[] {
  const values = normaliseImage(cropImage(picture, { x, y, width: 32, height: 32 }), backbone);
  return [0, 1, 2].map((c) => values.subarray(c * 1024, (c + 1) * 1024).reduce((sum, value) => sum + value, 0) / 1024);
}

describe("patch by patch", () => {
  it("pools each patch on its own, in the order of the positions", async () => {
    const positions = [
      { col: 3, row: 2 },
      { col: 0, row: 0 },
      { col: 20, row: 10 },
    ];
    const source = new PictureSource(picture);
    const rows = await patchwiseFeatures(new AveragingSession(), backbone, sampling, source.read, positions);
    expect(rows).toMatchObject({ rows: 3, channels: 3 });
    const expected = positions.flatMap(({ col, row }) => meanColours(col * 8, row * 8));
    expected.forEach((value, at) => {
      expect(rows.data[at]).toBeCloseTo(value, 5);
    });
  });

  it("reads overlapping patches at once and distant ones one by one", async () => {
    const near = new PictureSource(picture);
    const neighbours = [0, 1, 2, 3].map((col) => ({ col, row: 1 }));
    await patchwiseFeatures(new AveragingSession(), backbone, sampling, near.read, neighbours);
    expect(near.reads).toEqual([{ x: 0, y: 8, width: 56, height: 32 }]);
    const far = new PictureSource(picture);
    const corners = [
      { col: 0, row: 0 },
      { col: 1000, row: 1000 },
    ];
    await patchwiseFeatures(new AveragingSession(), backbone, sampling, far.read, corners);
    expect(far.reads).toHaveLength(2);
  });

  it("fills the last batch where one shape is wanted, and leaves the result the same", async () => {
    const positions = Array.from({ length: 5 }, (_, col) => ({ col, row: 0 }));
    const source = new PictureSource(picture);
    const plain = new AveragingSession();
    const padded = new AveragingSession();
    const one = await patchwiseFeatures(plain, backbone, sampling, source.read, positions, { batchSize: 4 });
    const options = { batchSize: 4, padBatches: true };
    const two = await patchwiseFeatures(padded, backbone, sampling, source.read, positions, options);
    expect(plain.shapes.map(([batch]) => batch)).toEqual([4, 1]);
    expect(padded.shapes.map(([batch]) => batch)).toEqual([4, 4]);
    expect(two.data).toEqual(one.data);
  });

  it("pools by the p-norm when the pack says so", async () => {
    const source = new PictureSource(picture);
    const session = new AveragingSession();
    const pooling = { kind: "p-norm", p: 3 } as const;
    const positions = [{ col: 2, row: 2 }];
    const { data } = await patchwiseFeatures(session, backbone, sampling, source.read, positions, { pooling });
    const tile = cropImage(picture, { x: 16, y: 16, width: 32, height: 32 });
    const map = await session.run({ data: normaliseImage(tile, backbone), dims: [1, 3, 32, 32] });
    const powers = Array.from(map.data.subarray(0, 16), (value) => Math.abs(value) ** 3);
    expect(data[0]).toBeCloseTo((powers.reduce((sum, value) => sum + value, 0) / 16) ** (1 / 3), 5);
  });

  it("shrinks patches by area and enlarges them smoothly", async () => {
    const source = new PictureSource(picture);
    const positions = [{ col: 2, row: 2 }];
    const [r = 0, g = 0, b = 0] = meanColours(16, 16);
    for (const resizeTo of [16, 64]) {
      const size = { ...sampling, resizeTo };
      const { data } = await patchwiseFeatures(new AveragingSession(), backbone, size, source.read, positions);
      // Rounding to bytes costs up to half a grey level of 128 each time.
      for (const [channel, value] of [r, g, b].entries())
        expect(Math.abs(data[channel]! - value)).toBeLessThan(0.5 / 128);
    }
  });

  it("tells when the network answers with another number of channels", async () => {
    const source = new PictureSource(picture);
    const wrong = { ...backbone, channels: 4 };
    const run = patchwiseFeatures(new AveragingSession(), wrong, sampling, source.read, [{ col: 0, row: 0 }]);
    await expect(run).rejects.toMatchObject({
      code: "features/bad-model",
      message: expect.stringContaining("a map of 4 channels, found the shape 1 x 3 x 4 x 4"),
    });
  });
});

describe("normalising", () => {
  const pixel = { width: 1, height: 1, data: Uint8ClampedArray.of(10, 20, 30, 0) };
  const scale = { mean: [10, 10, 10], std: [2, 4, 5] } as const;

  it("scales red, green and blue each by its own mean and deviation", () => {
    expect([...normaliseImage(pixel, { ...scale, channelOrder: "RGB" })]).toEqual([0, 2.5, 4]);
  });

  it("takes mean and deviation in the order of the channels for BGR", () => {
    expect([...normaliseImage(pixel, { ...scale, channelOrder: "BGR" })]).toEqual([10, 2.5, 0]);
  });
});
