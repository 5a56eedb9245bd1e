import { expect, it } from "vitest";
import { MapMeter, type MeasuredMap } from "../../src/engine/heatmap/measure-map.ts";
import type { ConfidenceGrid } from "../../src/engine/heatmap/types.ts";
import { startMeasurer } from "../../src/workers/measure.client.ts";

function mapOf(side: number) {
  const values = Float32Array.from(
    { length: side * side },
    (_, i) => (Math.sin(i / 9) * Math.cos(i / side / 7) + 1) / 2,
  );
  const tissue = Uint8Array.from(values, (_, i) => (i % side > 3 ? 1 : 0));
  const grid: ConfidenceGrid = {
    cols: side,
    rows: side,
    stride0X: 8,
    stride0Y: 8,
    width0: 8 * side,
    height0: 8 * side,
    values,
    tissue,
  };
  return {
    grid,
    postProcess: { minRegionUm2: 500, maxHoleUm2: 500 },
    pixelSize: { mppX: 1, mppY: 1.5, origin: "file" },
    isGrowing: false,
  } as const;
}

it("a small map is measured whole in the worker, as on this thread, and the map stays here", async () => {
  const measurer = startMeasurer();
  const map = mapOf(60);
  const found = await new Promise<MeasuredMap>((resolve) => measurer.ask({ map, threshold: 0.6 }, resolve));
  expect(found).toEqual(new MapMeter(map).finish(0.6));
  expect(map.grid.values).toHaveLength(3600);
  measurer.forget();
});

it("of a large map numbers come first, the rest of the same threshold after a pause, and the newest threshold wins", async () => {
  const measurer = startMeasurer();
  const map = mapOf(600);
  const heard: MeasuredMap[] = [];
  await new Promise<void>((resolve) => {
    for (const threshold of [0.3, 0.4, 0.5, 0.6, 0.7]) {
      measurer.ask({ map, threshold }, (found) => {
        heard.push(found);
        if (found.rest) resolve();
      });
    }
  });
  expect(heard.map(({ threshold, rest }) => [threshold, rest !== null])).toEqual([
    [0.3, false],
    [0.7, false],
    [0.7, true],
  ]);
  expect(heard.at(-1)).toEqual(new MapMeter(map).finish(0.7));
  measurer.forget();
});

it("nothing is heard of a map that was let go of", async () => {
  const measurer = startMeasurer();
  const heard: MeasuredMap[] = [];
  measurer.ask({ map: mapOf(60), threshold: 0.5 }, (found) => heard.push(found));
  measurer.forget();
  const found = await new Promise<MeasuredMap>((resolve) => measurer.ask({ map: mapOf(30), threshold: 0.6 }, resolve));
  expect(found.mask.cols).toBe(30);
  expect(heard).toEqual([]);
  measurer.forget();
});
