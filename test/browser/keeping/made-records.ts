import { type KeptResult, type KeptSlide, type RunSubject, subjectKey } from "../../../src/app/state/kept.ts";
import type { AnalysisResult } from "../../../src/engine/analysis/types.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { SupertilePlanes } from "../../../src/engine/patches/types.ts";
import type { TaskBatch } from "../../../src/workers/task-batches.ts";

export function madeSlide(sha256: string, parts: Partial<KeptSlide> = {}): KeptSlide {
  return {
    sha256,
    fingerprints: [{ byteSize: 9, head: "1", tail: "2", directory: null }],
    files: [{ name: `${sha256}.svs`, lastModified: 1_700_000_000_000 }],
    byteSize: 9,
    openedAt: 1,
    isDemo: false,
    thumbnail: null,
    handles: [],
    link: null,
    ...parts,
  };
}

export function madeSubject(slide: string, parts: Partial<RunSubject> = {}): RunSubject {
  return {
    slide,
    kind: "map",
    packId: "first",
    packName: "First",
    packSha256: "0",
    pixelSize: { mppX: 0.5, mppY: 0.5, origin: "file" },
    stride: 8,
    colour: "stored",
    focalPlane: 0,
    numbersVersion: 1,
    ...parts,
  };
}

/** Values that no rounding may touch, NaN among them. */
export function madeGrid(cols: number, rows: number, classes = 1): ConfidenceGrid {
  const cells = cols * rows;
  const all = Float32Array.from({ length: cells * classes }, (_, i) =>
    i % 7 === 0 ? Number.NaN : Math.fround(1 / (i + 3)),
  );
  const tissue = Uint8Array.from({ length: cells }, (_, i) => (i % 7 === 0 ? 0 : 1));
  const shape = { cols, rows, stride0X: 16.25, stride0Y: 16.5, width0: cols * 16, height0: rows * 16, tissue };
  if (classes === 1) return { ...shape, values: all };
  return { ...shape, values: all.subarray(0, cells), classes: { count: classes, values: all } };
}

export function madeMapResult(grid: ConfidenceGrid): AnalysisResult {
  return {
    grid,
    pixelSize: { mppX: 0.5, mppY: 0.5, origin: "file" },
    backend: { name: "WASM", reason: "asked for", device: "CPU", runtime: "made" },
    packId: "first",
    packSha256: "0",
    mode: "dense",
    stride: 8,
    colour: "stored",
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 12,
    notes: ["A note."],
  };
}

export function madeResult(subject: RunSubject, result: KeptResult["result"]): KeptResult {
  return { key: subjectKey(subject), subject, keptAt: 2, appVersion: "0.1.0", threshold: null, result };
}

/** Tasks with the given ids, each 2 x 1 positions in one plane. */
export function madeBatch(
  ids: readonly number[],
  parts: Partial<Omit<TaskBatch<SupertilePlanes>, "tasks">> = {},
): TaskBatch<SupertilePlanes> {
  const tasks = ids.map((id) => ({
    id,
    found: { planes: 1, cols: 2, rows: 1, data: Float32Array.of(id, Math.fround(id / 3)) },
    backend: "WASM" as const,
  }));
  return { plan: "plan", total: 10, seconds: 5, ...parts, tasks };
}
