import { describe, expect, it } from "vitest";
import type { Executor } from "../../../src/engine/analysis/executor.ts";
import { runAnalysis } from "../../../src/engine/analysis/run.ts";
import type { AnalysisOptions, AnalysisProgress, AnalysisResult } from "../../../src/engine/analysis/types.ts";
import { AppError, isAbortError } from "../../../src/engine/base/errors.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";
import type { Lattice, SupertilePlanes, SupertileTask } from "../../../src/engine/patches/types.ts";
import type { Slide } from "../../../src/engine/slide/types.ts";
import { darknessPack } from "./darkness-pack.ts";
import { darknessOf, FAKE_BACKEND, RecordingExecutor } from "./fake-executor.ts";
import { openSquareSlide } from "./open-square-slide.ts";

const SPEC = {
  width0: 1000,
  height0: 790,
  mppX: 1,
  mppY: 1,
  downsamples: [4],
  margin0: 40,
  square: { x0: 300, y0: 200, width0: 200, height0: 200 },
};

interface RunParts {
  readonly slide?: Slide;
  readonly options?: AnalysisOptions;
  readonly maxPositions?: number;
  readonly loaded?: ReturnType<typeof darknessPack>;
  readonly open?: (slide: Slide, lattice: Lattice) => Executor;
}

async function run(parts: RunParts = {}): Promise<AnalysisResult> {
  const slide = parts.slide ?? (await openSquareSlide(SPEC));
  const open = parts.open ?? ((of, lattice) => new RecordingExecutor(2, darknessOf(of, lattice)));
  return runAnalysis({
    slide,
    loaded: parts.loaded ?? darknessPack(),
    openExecutor: async (lattice) => open(slide, lattice),
    ...(parts.options ? { options: parts.options } : {}),
    ...(parts.maxPositions ? { maxPositions: parts.maxPositions } : {}),
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe("a run", () => {
  it("gives the same map with one worker or many, in any order, however the slide is cut", async () => {
    const expected = await run();
    const random = seededRandom(5);
    for (const { concurrency, maxPositions } of [
      { concurrency: 1, maxPositions: 3 },
      { concurrency: 5, maxPositions: 8 },
      { concurrency: 8, maxPositions: 64 },
    ]) {
      const found = await run({
        maxPositions,
        open: (slide, lattice) => {
          const compute = darknessOf(slide, lattice);
          return new RecordingExecutor(concurrency, async (task) => {
            await wait(random() * 5);
            return compute(task);
          });
        },
      });
      expect(found.grid.tissue).toEqual(expected.grid.tissue);
      expect(found.grid.values).toEqual(expected.grid.values);
    }
  });

  it("knows every tissue cell and nothing else", async () => {
    const { grid } = await run();
    expect(grid.tissue).toContain(1);
    expect(grid.tissue).toContain(0);
    grid.values.forEach((value, at) => {
      if (grid.tissue[at] === 1) expect(value).toSatisfy((known: number) => known >= 0 && known <= 1);
      else expect(value).toBeNaN();
    });
  });

  it("says what it was made with", async () => {
    const result = await run({ options: { stride: 4 } });
    expect(result).toMatchObject({
      packId: "darkness",
      mode: "dense",
      stride: 4,
      backend: FAKE_BACKEND,
      pixelSize: { mppX: 1, mppY: 1, origin: "file" },
    });
    expect(Number.isNaN(Date.parse(result.startedAt))).toBe(false);
    expect(result.grid).toMatchObject({ stride0X: 16, stride0Y: 16, width0: 1000, height0: 790 });
  });

  it("works patch by patch as well, every position once and coarse first", async () => {
    const executors: RecordingExecutor[] = [];
    const loaded = darknessPack({ sampling: { mode: "patchwise", patch: 32, windows: [32] } });
    const { grid } = await run({
      loaded,
      open: (slide, lattice) => {
        // A cell's darkness stands in for the patch's: one value per position is all that matters here.
        const executor = new RecordingExecutor(2, darknessOf(slide, lattice));
        executors.push(executor);
        return executor;
      },
    });
    const steps = executors[0]?.asked.map((task) => task.step) ?? [];
    expect(steps).toEqual(steps.toSorted((a, b) => b - a));
    grid.values.forEach((value, at) => {
      expect(Number.isNaN(value)).toBe(grid.tissue[at] !== 1);
    });
  });

  it("closes what computes, also after a failure", async () => {
    const executors: RecordingExecutor[] = [];
    const failing = run({
      open: () => {
        const executor = new RecordingExecutor(2, async () => {
          throw new AppError("slide/decode-failed", "A tile is damaged.");
        });
        executors.push(executor);
        return executor;
      },
    });
    await expect(failing).rejects.toMatchObject({ code: "slide/decode-failed" });
    expect(executors[0]).toMatchObject({ isClosed: true, running: 0 });
  });

  it("never passes on a value that is no number", async () => {
    const failing = run({
      open: () =>
        new RecordingExecutor(1, async ({ cols, rows }) => {
          return { planes: 1, cols, rows, data: new Float32Array(cols * rows).fill(Number.NaN) };
        }),
    });
    await expect(failing).rejects.toMatchObject({ code: "features/run-failed" });
  });
});

describe("a cancelled run", () => {
  it("stops soon, starts nothing more and leaves no task running", async () => {
    const controller = new AbortController();
    const executors: RecordingExecutor[] = [];
    const cancelled = run({
      maxPositions: 4,
      options: { signal: controller.signal },
      open: () => {
        const executor = new RecordingExecutor(3, (_task, signal) => endless(signal));
        executors.push(executor);
        setTimeout(() => controller.abort(), 20);
        return executor;
      },
    });
    await expect(cancelled).rejects.toSatisfy(isAbortError);
    expect(executors[0]).toMatchObject({ isClosed: true, running: 0 });
    expect(executors[0]?.asked).toHaveLength(3);
  });

  it("does not begin when it was cancelled before", async () => {
    const opened: string[] = [];
    const cancelled = run({
      options: { signal: AbortSignal.abort() },
      open: () => {
        opened.push("executor");
        return new RecordingExecutor(1, () => endless(undefined));
      },
    });
    await expect(cancelled).rejects.toSatisfy(isAbortError);
    expect(opened).toEqual([]);
  });
});

function endless(signal: AbortSignal | undefined): Promise<SupertilePlanes> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("The job was cancelled.", "AbortError")));
  });
}

describe("progress", () => {
  it("comes at most ten times a second, ends known, and its maps grow to the result", async () => {
    const seen: { readonly atMs: number; readonly progress: AnalysisProgress }[] = [];
    const result = await run({
      maxPositions: 4,
      options: { onProgress: (progress) => seen.push({ atMs: performance.now(), progress }) },
      open: (slide, lattice) => {
        const compute = darknessOf(slide, lattice);
        return new RecordingExecutor(2, async (task: SupertileTask) => {
          await wait(20);
          return compute(task);
        });
      },
    });
    const gaps = seen.slice(1).map(({ atMs }, index) => atMs - seen[index]!.atMs);
    // A timer may fire a fraction of a millisecond early.
    expect(Math.min(...gaps)).toBeGreaterThan(98);
    const grids = seen.flatMap(({ progress }) => progress.grid ?? []);
    expect(grids.length).toBeGreaterThan(1);
    const knownCells = grids.map((grid) => grid.values.filter((value) => !Number.isNaN(value)).length);
    expect(knownCells).toEqual(knownCells.toSorted((a, b) => a - b));
    expect(knownCells.at(-1)).toBeLessThanOrEqual(result.grid.values.filter((value) => !Number.isNaN(value)).length);
    const phases = seen.map(({ progress }) => progress.phase);
    expect(phases[0]).toBe("tissue");
    expect(seen.at(-1)?.progress.secondsLeft).not.toBeNull();
    expect(seen.at(-1)?.progress.backend).toEqual(FAKE_BACKEND);
  });
});

describe("a run that cannot begin", () => {
  it("says why what computes did not open, and looks for no more tissue", async () => {
    const failing = run({
      open: () => {
        throw new AppError("features/self-test-failed", "The numbers are wrong.");
      },
    });
    await expect(failing).rejects.toMatchObject({ code: "features/self-test-failed" });
  });

  it("closes what computes when there is no tissue", async () => {
    const executors: RecordingExecutor[] = [];
    const slide = await openSquareSlide({ ...SPEC, margin0: 500, square: { x0: 0, y0: 0, width0: 0, height0: 0 } });
    const failing = run({
      slide,
      open: (of, lattice) => {
        const executor = new RecordingExecutor(1, darknessOf(of, lattice));
        executors.push(executor);
        return executor;
      },
    });
    await expect(failing).rejects.toMatchObject({ code: "tissue/none-found" });
    expect(executors.map(({ isClosed, asked }) => [isClosed, asked.length])).toEqual([[true, 0]]);
  });
});

describe("what a run refuses", () => {
  it("a slide without a pixel size, unless one is given, and then it says so", async () => {
    const known = await openSquareSlide(SPEC);
    const slide: Slide = {
      info: { ...known.info, pixelSize: null },
      readTile: (tile, options) => known.readTile(tile, options),
      readRegion: (region, options) => known.readRegion(region, options),
      readAssociated: (name, options) => known.readAssociated(name, options),
      close: () => known.close(),
    };
    await expect(run({ slide })).rejects.toMatchObject({ code: "slide/pixel-size-unknown" });
    const assumed = await run({ slide, options: { pixelSize: { mppX: 2, mppY: 2, origin: "assumed" } } });
    expect(assumed.pixelSize.origin).toBe("assumed");
    expect(assumed.notes.join(" ")).toContain("2 µm was assumed");
  });

  it("a fluorescence image, before anything is computed", async () => {
    const known = await openSquareSlide(SPEC);
    const channel = { name: "DAPI", isShown: true, colour: [0, 0, 255], low: 0, high: 255, most: 255 } as const;
    const slide: Slide = { ...known, info: { ...known.info, channels: [channel, channel] } };
    const openExecutor = () => Promise.reject(new Error("nothing may be opened"));
    await expect(runAnalysis({ slide, loaded: darknessPack(), openExecutor })).rejects.toMatchObject({
      code: "analysis/not-brightfield",
      message: expect.stringContaining("found a fluorescence image with 2 channels"),
    });
  });

  it("a pixel size that is none", async () => {
    for (const mppX of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(run({ options: { pixelSize: { mppX, mppY: 1, origin: "assumed" } } })).rejects.toMatchObject({
        code: "analysis/out-of-range",
      });
    }
  });

  it("the other mode than the pack's", async () => {
    await expect(run({ options: { mode: "patchwise" } })).rejects.toMatchObject({
      code: "analysis/mode-mismatch",
      message: expect.stringContaining("patch by patch"),
    });
  });

  it("a slide without tissue", async () => {
    const slide = await openSquareSlide({ ...SPEC, margin0: 500, square: { x0: 0, y0: 0, width0: 0, height0: 0 } });
    await expect(run({ slide })).rejects.toMatchObject({ code: "tissue/none-found" });
  });

  it("a stride that cuts patches", async () => {
    await expect(run({ options: { stride: 3 } })).rejects.toMatchObject({ code: "analysis/out-of-range" });
  });
});

describe("the notes of a run", () => {
  it("are empty when there is nothing to say", async () => {
    expect((await run()).notes).toEqual([]);
  });

  it("name a slide coarser than the training data, pixels that are not square, another stride and another pixel size", async () => {
    const coarse = await openSquareSlide({ ...SPEC, mppX: 9, mppY: 10 });
    expect((await run({ slide: coarse })).notes.join(" ")).toMatch(/coarser .* not square/);
    const { notes } = await run({ options: { stride: 4, pixelSize: { mppX: 2, mppY: 2, origin: "assumed" } } });
    expect(notes.join(" ")).toMatch(/assumed.*The file gives a pixel size of 1 µm; 2 µm was used.*stride of 4/);
  });
});
