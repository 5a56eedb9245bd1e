import { describe, expect, it } from "vitest";
import type { FinishedTask, TaskReport } from "../../../src/engine/analysis/earlier-work.ts";
import type { AnalysisProgress } from "../../../src/engine/analysis/types.ts";
import { isAbortError } from "../../../src/engine/base/errors.ts";
import { openPatchExecutor, type PatchExecutor } from "../../../src/engine/classification/patch-executor.ts";
import { patchBox, patchCount } from "../../../src/engine/classification/patch-grid.ts";
import type { PatchRows } from "../../../src/engine/classification/patch-task.ts";
import { classifySlide } from "../../../src/engine/classification/run.ts";
import type { ClassificationOptions } from "../../../src/engine/classification/types.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { runSelfTest, selfTestDecisions } from "../../../src/engine/features/self-test.ts";
import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import type { Slide } from "../../../src/engine/slide/types.ts";
import { darknessPack } from "../analysis/darkness-pack.ts";
import { PictureSlide, picture } from "../tissue/picture-slide.ts";
import { darkClassifier } from "./dark-classifier.ts";

const PIXEL_SIZE = { mppX: 2, mppY: 2, origin: "file" } as const;

/** 400 x 300 pixels of 2 µm: pale tissue on glass, with a dark square whose corner is at (200, 100). */
function madeSlide(tissue: "pale" | "none" = "pale"): PictureSlide {
  const isTissue = (x: number) => tissue === "pale" && x >= 80;
  const isDark = (x: number, y: number) => x >= 200 && x < 280 && y >= 100 && y < 180;
  const image = picture(400, 300, (x, y) => {
    if (!isTissue(x)) return [235, 235, 235];
    return isDark(x, y) ? [60, 20, 60] : [220, 190, 215];
  });
  return new PictureSlide([image], PIXEL_SIZE);
}

async function classify(
  slide: Slide,
  options: ClassificationOptions = {},
  change: (executor: PatchExecutor) => PatchExecutor = (executor) => executor,
  loaded: LoadedPack = darkClassifier(),
) {
  const backend = await nodeBackend({ threads: 1 });
  return classifySlide({
    slide,
    loaded,
    openExecutor: async (grid) => change(await openPatchExecutor({ slide, grid, loaded, backend })),
    options,
  });
}

describe("a fluorescence image", () => {
  it("is refused before anything is computed", async () => {
    const slide = madeSlide();
    const channel = { name: "DAPI", isShown: true, colour: [0, 0, 255], low: 0, high: 255, most: 255 } as const;
    Object.assign(slide, { info: { ...slide.info, channels: [channel] } });
    await expect(classify(slide)).rejects.toMatchObject({ code: "analysis/not-brightfield" });
  });
});

describe("the class of a slide", () => {
  it("rests on the patches that are not blank, and the dark ones speak for it", async () => {
    const result = await classify(madeSlide());
    // 200 x 150 source pixels: 17 columns and 13 rows, the last ones flush with the edge.
    expect(result.grid.lefts).toHaveLength(17);
    expect(result.grid.tops.at(-1)).toBe(150 - 16);
    expect(patchCount(result.grid)).toBe(17 * 13);
    // Columns at 0, 12 and 24 end before the tissue, which begins at 40.
    expect(result.kept).toHaveLength(14 * 13);
    expect(result.predicted).toBe("dark");
    const sum = result.evidence.reduce((total, one) => total + one, 0);
    expect(sum).toBeCloseTo(result.pairs[0]!.decision, 6);
    const best = patchBox(result.grid, result.kept[result.evidence.indexOf(Math.max(...result.evidence))]!);
    expect(best.x0).toBeGreaterThanOrEqual(200);
    expect(best.x0 + best.width0).toBeLessThanOrEqual(280);
    expect(best.y0).toBeGreaterThanOrEqual(100);
    expect(result.probabilities.reduce((total, one) => total + one, 0)).toBeCloseTo(1, 12);
  });

  it("does not depend on the order in which tasks end", async () => {
    const plain = await classify(madeSlide());
    let turn = 0;
    const late = await classify(madeSlide(), {}, (executor) => ({
      ...executor,
      concurrency: 5,
      run: async (task, signal) => {
        const rows = await executor.run(task, signal);
        await new Promise((resolve) => setTimeout(resolve, (turn++ % 5) * 3));
        return rows;
      },
    }));
    expect(late.kept).toEqual(plain.kept);
    expect(late.evidence).toEqual(plain.evidence);
  });

  it("tells how far it is, up to the end, and closes what it opened", async () => {
    const seen: AnalysisProgress[] = [];
    let closed = 0;
    await classify(madeSlide(), { onProgress: (progress) => seen.push(progress) }, (executor) => ({
      ...executor,
      close: async () => {
        closed++;
        await executor.close();
      },
    }));
    expect(seen[0]?.phase).toBe("warming-up");
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(closed).toBe(1);
  });

  it("stops when it is cancelled", async () => {
    const stop = new AbortController();
    const run = classify(madeSlide(), { signal: stop.signal }, (executor) => ({
      ...executor,
      run: (task, signal) => {
        if (task.id === 2) stop.abort();
        return executor.run(task, signal);
      },
    }));
    await expect(run).rejects.toSatisfy(isAbortError);
  });

  it("is refused without tissue, without a pixel size, and by a pack of another task", async () => {
    await expect(classify(madeSlide("none"))).rejects.toThrow("found only almost white patches");
    const [image] = [picture(40, 40, () => [100, 100, 100])];
    await expect(classify(new PictureSlide([image], null))).rejects.toMatchObject({
      code: "slide/pixel-size-unknown",
    });
    await expect(classify(madeSlide(), {}, undefined, darknessPack())).rejects.toThrow(
      'found the segmentation pack "Darkness"',
    );
  });

  it("comes with a note where the slide is smaller than a patch or its pixel size was assumed", async () => {
    const slide = new PictureSlide([picture(20, 200, () => [60, 20, 60])], null);
    const { notes } = await classify(slide, { pixelSize: { mppX: 4, mppY: 4, origin: "assumed" } });
    expect(notes.join(" ")).not.toMatch(/smaller/);
    const small = new PictureSlide([picture(10, 200, () => [60, 20, 60])], null);
    const found = await classify(small, { pixelSize: { mppX: 4, mppY: 4, origin: "assumed" } });
    expect(found.notes.join(" ")).toMatch(/was assumed.*smaller than one patch/);
    expect(found.predicted).toBe("dark");
  });
});

describe("the self-test of a pack that classifies", () => {
  it("is the decision of each pair on the bag of the picture's whole patches", async () => {
    const backend = await nodeBackend({ threads: 1 });
    const loaded = darkClassifier();
    const question = { seed: 3, width: 50, height: 33 };
    const decisions = await selfTestDecisions(backend, loaded, question);
    expect(decisions).toHaveLength(1);
    const tested = (answer: number[]) => ({
      ...loaded,
      pack: { ...loaded.pack, selfTest: { cases: [{ ...question, decisions: answer }], tolerance: 1e-4 } },
    });
    expect((await runSelfTest(backend, tested(decisions))).passed).toBe(true);
    expect((await runSelfTest(backend, tested([decisions[0]! + 0.01]))).passed).toBe(false);
  });
});

describe("a classification that goes on where another ended", () => {
  it("looks only at the patches that are left and finds the same, bit for bit", async () => {
    const whole = await classify(madeSlide());
    const tasks: FinishedTask<PatchRows>[] = [];
    let last: TaskReport<PatchRows> | null = null;
    const controller = new AbortController();
    const onTask = (report: TaskReport<PatchRows>) => {
      last = report;
      tasks.push(structuredClone(report.task));
      if (tasks.length === 5) controller.abort();
    };
    await expect(classify(madeSlide(), { signal: controller.signal, onTask })).rejects.toSatisfy(isAbortError);
    const { plan, seconds, total } = last as unknown as TaskReport<PatchRows>;
    let computed = 0;
    const resumed = await classify(madeSlide(), { earlier: { plan, tasks, seconds } }, (executor) => ({
      ...executor,
      run: (task, signal) => {
        computed++;
        return executor.run(task, signal);
      },
    }));
    expect(computed).toBe(total - 5);
    expect(resumed.evidence).toEqual(whole.evidence);
    expect(resumed.kept).toEqual(whole.kept);
    expect(resumed.probabilities).toEqual(whole.probabilities);
  });
});
