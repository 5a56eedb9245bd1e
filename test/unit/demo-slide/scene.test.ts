import { beforeAll, describe, expect, it } from "vitest";
import { sampleField } from "../../../tools/demo-slide/field.ts";
import { renderRectangle } from "../../../tools/demo-slide/render.ts";
import { buildScene, type Scene } from "../../../tools/demo-slide/scene.ts";
import type { RgbPixels } from "../../../tools/demo-slide/stain.ts";
import { knownNecrosis, type Truth } from "../../../tools/demo-slide/truth.ts";

describe("the synthetic section", () => {
  let scene: Scene;
  let truth: Truth;
  beforeAll(() => {
    scene = buildScene(7);
    truth = knownNecrosis(scene);
  }, 60_000);

  it("is 10 mm x 8 mm, mostly tissue, a fifth to a third of it dead", () => {
    expect([scene.width0 * scene.mpp, scene.height0 * scene.mpp]).toEqual([10_000, 8_000]);
    const tissue = share(truth.tissue, () => true);
    const dead = share(truth.necrosis, (at) => truth.tissue[at] === 1);
    expect(tissue).toBeGreaterThan(0.6);
    expect(tissue).toBeLessThan(0.85);
    expect(dead).toBeGreaterThan(0.2);
    expect(dead).toBeLessThan(0.34);
  });

  it("gives the same bytes for the same seed and others for another", () => {
    const place = { x0: 1500, y0: 1700, width: 96, height: 64 };
    const first = renderRectangle(scene, place).data;
    expect(renderRectangle(buildScene(7), place).data).toEqual(first);
    expect(renderRectangle(buildScene(8), place).data).not.toEqual(first);
  });

  it("gives the same pixels however the slide is cut", () => {
    const whole = renderRectangle(scene, { x0: 2050, y0: 1210, width: 160, height: 90 });
    const left = renderRectangle(scene, { x0: 2050, y0: 1210, width: 71, height: 90 });
    const right = renderRectangle(scene, { x0: 2121, y0: 1210, width: 89, height: 90 });
    const joined = new Uint8Array(whole.data.length);
    for (let row = 0; row < 90; row++) {
      joined.set(left.data.subarray(row * 71 * 3, (row + 1) * 71 * 3), row * 160 * 3);
      joined.set(right.data.subarray(row * 89 * 3, (row + 1) * 89 * 3), (row * 160 + 71) * 3);
    }
    expect(joined).toEqual(whole.data);
  });

  it("is glass, almost white, off the tissue", () => {
    const { data } = renderRectangle(scene, { x0: 20, y0: 20, width: 64, height: 64 });
    expect(Math.min(...data)).toBeGreaterThan(232);
    expect(Math.max(...data)).toBeLessThan(250);
  });

  it("is paler where the mask says necrosis than in living tumour", () => {
    const dead = windows(scene, truth, "dead").map((place) => meanOf(renderRectangle(scene, place)));
    const living = windows(scene, truth, "living").map((place) => meanOf(renderRectangle(scene, place)));
    expect(dead.length).toBeGreaterThan(5);
    expect(living.length).toBeGreaterThan(5);
    expect(mean(dead) - mean(living)).toBeGreaterThan(18);
  });

  it("has more nuclei in the row around the necrosis than in the necrosis", () => {
    const dark = (place: { x0: number; y0: number; width: number; height: number }) => {
      const { data, width, height } = renderRectangle(scene, place);
      let count = 0;
      for (let at = 0; at < width * height; at++) {
        count += data[at * 3]! < 120 ? 1 : 0;
      }
      return count / (width * height);
    };
    const rows = windows(scene, truth, "palisade").map(dark);
    const dead = windows(scene, truth, "dead").map(dark);
    expect(mean(rows)).toBeGreaterThan(3 * mean(dead));
  });
});

/** Squares of 48 pixels whose surroundings are of one kind, spread over the slide. */
function windows(scene: Scene, truth: Truth, kind: "dead" | "living" | "palisade") {
  const size = 48;
  const found: { x0: number; y0: number; width: number; height: number }[] = [];
  for (let y0 = 200; y0 < scene.height0 - 200 && found.length < 14; y0 += 60) {
    for (let x0 = 200 + (y0 % 240); x0 < scene.width0 - 200 && found.length < 14; x0 += 420) {
      const xUm = (x0 + size / 2) * scene.mpp;
      const yUm = (y0 + size / 2) * scene.mpp;
      const distance = sampleField(scene.necrosis, xUm, yUm);
      const isTumour = sampleField(scene.depth, xUm, yUm) > 200 && sampleField(scene.brain, xUm, yUm) < 0.1;
      const isRow = distance > 25 && distance < 60 && sampleField(scene.palisade, xUm, yUm) > 0.9;
      const fits = { dead: distance < -150, living: distance > 350, palisade: isRow }[kind];
      if (isTumour && fits && sampleField(scene.bleeding, xUm, yUm) === 0) {
        const cell =
          Math.floor(yUm / scene.mpp / truth.downsample) * truth.cols + Math.floor(xUm / scene.mpp / truth.downsample);
        expect(truth.necrosis[cell]).toBe(kind === "dead" ? 1 : 0);
        found.push({ x0, y0, width: size, height: size });
      }
    }
  }
  return found;
}

function share(mask: Uint8Array, counts: (at: number) => boolean): number {
  let all = 0;
  let set = 0;
  mask.forEach((value, at) => {
    if (counts(at)) {
      all++;
      set += value;
    }
  });
  return set / all;
}

function meanOf(pixels: RgbPixels): number {
  return mean([...pixels.data]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
