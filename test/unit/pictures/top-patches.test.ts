import { describe, expect, it } from "vitest";
import { type ImageActivations, TopPatches } from "../../../src/engine/pictures/top-patches.ts";

/** Patches of 10 pixels side by side in one line, `apart` pixels from one to the next. */
function line(values: readonly number[], apart = 10): ImageActivations {
  return {
    values: [Float32Array.from(values)],
    box: (_, patch) => ({ x0: patch * apart, y0: 0, width0: 10, height0: 10 }),
  };
}

function found(top: TopPatches): [image: number, x0: number, activation: number][] {
  return top.rows()[0]!.map(({ image, box, activation }) => [image, box.x0, activation]);
}

describe("the patches that excite a neuron most", () => {
  it("are kept over several images, most excited first, without missing ones", () => {
    const top = new TopPatches(1, { columns: 3, perImage: 3 });
    top.add(line([1, Number.NaN, 5]));
    top.add(line([4, 2]));
    top.add(line([3]));
    expect(found(top)).toEqual([
      [0, 20, 5],
      [1, 0, 4],
      [2, 0, 3],
    ]);
  });

  it("are few of each image", () => {
    const top = new TopPatches(1, { columns: 4, perImage: 1 });
    top.add(line([9, 8, 7]));
    top.add(line([1, 2]));
    expect(found(top)).toEqual([
      [0, 0, 9],
      [1, 10, 2],
    ]);
  });

  it("do not overlap within an image", () => {
    const top = new TopPatches(1, { columns: 4, perImage: 4 });
    top.add(line([5, 9, 8, 7, 1, 2], 4));
    expect(found(top)).toEqual([
      [0, 4, 9],
      [0, 20, 2],
    ]);
  });

  it("of equals are the earlier ones", () => {
    const top = new TopPatches(1, { columns: 2, perImage: 2 });
    top.add(line([1, 1, 1]));
    top.add(line([1, 1]));
    expect(found(top)).toEqual([
      [0, 0, 1],
      [0, 10, 1],
    ]);
  });
});
