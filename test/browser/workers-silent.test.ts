import { describe, expect, it } from "vitest";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";

const started: Worker[] = [];

function startWorker(): Worker {
  const worker = new Worker(new URL("./workers/stuck-slide.worker.ts", import.meta.url), { type: "module" });
  started.push(worker);
  return worker;
}

const LIMITS = { startMs: 30_000, openMs: 1_500, decodeMs: 1_500, stalledMs: 2_000 };

function open(name: string, onRestart = () => {}) {
  started.length = 0;
  const options = { startWorker, limits: LIMITS, onRestart };
  return openSlideInWorker({ files: [new File(["x"], name)], view: {} }, null, options);
}

describe("a slide worker that does not answer", () => {
  it("while it opens a file is ended, and says that the file is at fault", async () => {
    await expect(open("open.svs")).rejects.toMatchObject({
      code: "slide/malformed",
      message: expect.stringMatching(/^Expected "open\.svs" to open, but the reader got stuck .+\.$/),
    });
    expect(started).toHaveLength(1);
  });

  it("and lives, but reads nothing any more, is ended as well", async () => {
    await expect(open("idle.svs")).rejects.toMatchObject({ code: "slide/malformed" });
  });

  it("for long, but reads on, is waited for", async () => {
    const slide = await open("slow.svs");
    expect(slide.info.name).toBe("slow.svs");
    slide.close();
  });

  it("in one tile is ended and started again: that tile fails with a sentence, all others come", async () => {
    const slide = await open("tiles.svs");
    const outcomes = await Promise.allSettled([0, 7, 2, 3].map((row) => slide.tile({ level: 0, col: 0, row })));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    const [, stuck] = outcomes;
    expect(stuck?.status === "rejected" && stuck.reason).toMatchObject({
      code: "workers/silent",
      message: expect.stringMatching(/^Expected a part of "tiles\.svs" .+ started again; .+\.$/),
    });
    expect((await slide.tile({ level: 0, col: 0, row: 1 })).width).toBe(4);
    slide.close();
  });

  it("does not keep a closed slide from ending", async () => {
    const slide = await open("tiles.svs");
    const pending = slide.region({ x0: 0, y0: 0, width: 1, height: 1, level: 0 });
    const outcome = expect(pending).rejects.toMatchObject({ code: "workers/closed" });
    slide.close();
    await outcome;
    expect(started).toHaveLength(1);
  });
});

describe("a slide worker that goes without a word", () => {
  it("is started again, which is told; the tile that it dies of fails, all others come", async () => {
    let restarts = 0;
    const slide = await open("tiles.svs", () => {
      restarts += 1;
    });
    const outcomes = await Promise.allSettled([0, 8, 2, 3].map((row) => slide.tile({ level: 0, col: 0, row })));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect(restarts).toBeGreaterThan(0);
    slide.close();
  });

  it("may do so as often as it likes on a long visit, if it reads well in between", async () => {
    const slide = await open("tiles.svs");
    const read = (row: number) => slide.tile({ level: 0, col: 0, row });
    for (let death = 0; death < 5; death++) {
      await expect(read(8)).rejects.toMatchObject({ code: "workers/crashed" });
      await Promise.all(Array.from({ length: 120 }, () => read(0)));
    }
    expect(started.length).toBeGreaterThan(7);
    slide.close();
  });
});
