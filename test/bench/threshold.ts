import { performance } from "node:perf_hooks";
import { MapMeter } from "../../src/engine/heatmap/measure-map.ts";
import { quantile } from "./quantile.ts";
import { madeGrids } from "./threshold-grids.ts";

/** Sides of the grid: four million cells. */
const SIDE = 2000;
/** Before these the engine has not compiled what it runs. */
const WARM_UP = 10;
const MOVES = 40;

const PIXEL_SIZE = { mppX: 1.25, mppY: 1.25, origin: "file" } as const;
/** As the shipped pack for low power. */
const POST_PROCESS = { minRegionUm2: 192_000, maxHoleUm2: 384_000 };

/** From slider to numbers (`measure`) and to all the rest (`finish`), on one thread, for maps of four million cells. */
export async function runThresholdBench(): Promise<void> {
  console.log(
    "Maps of 2000 x 2000 cells of 10 µm, one thread; least, median and 95th percentile in ms; CPU: time of the process.",
  );
  console.log(
    "| map | foci | once a map | numbers | numbers, CPU | outlines, rims and fields besides | once more for the rims |",
  );
  console.log("|---|---|---|---|---|---|---|");
  for (const { name, grid } of madeGrids(SIDE)) {
    const startedAt = performance.now();
    const meter = new MapMeter({ grid, pixelSize: PIXEL_SIZE, postProcess: POST_PROCESS, isGrowing: false });
    const once = performance.now() - startedAt;
    const first = timed(() => meter.finish(0.5));
    for (let i = 0; i < WARM_UP; i++) meter.measure(thresholdOf(i));
    const moves = Array.from({ length: MOVES }, (_, i) => timed(() => meter.measure(thresholdOf(WARM_UP + i))));
    const ends = Array.from({ length: 5 }, (_, i) => timed(() => meter.finish(thresholdOf(7 * i))));
    const wall = moves.map(({ ms }) => ms);
    const rest = quantile(
      ends.map(({ ms }) => ms),
      0.5,
    );
    const foci = meter.measure(0.5).measures.focusCount;
    console.log(
      `| ${name} | ${foci} | ${once.toFixed(0)} | ${spread(wall)} | ${spread(moves.map(({ cpuMs }) => cpuMs))} | ${(rest - quantile(wall, 0.5)).toFixed(0)} | ${(first.ms - rest).toFixed(0)} |`,
    );
  }
}

/** As a hand moves a slider: up and down between 0.3 and 0.7. */
function thresholdOf(step: number): number {
  return 0.5 + 0.2 * Math.sin(step / 5);
}

function timed(work: () => unknown): { readonly ms: number; readonly cpuMs: number } {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}

function spread(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(0)}, ${quantile(values, 0.5).toFixed(0)}, ${quantile(values, 0.95).toFixed(0)}`;
}
