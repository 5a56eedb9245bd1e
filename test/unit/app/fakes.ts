import { signal } from "@preact/signals";
import { type App, type AppDeps, createApp } from "../../../src/app/state/app.ts";
import type { KeepingStore } from "../../../src/app/state/kept.ts";
import type { AssumedSize } from "../../../src/app/state/pixel-size.ts";
import { showLanguage } from "../../../src/app/words/words.ts";
import type { AnalysisProgress, AnalysisResult } from "../../../src/engine/analysis/types.ts";
import { AppError } from "../../../src/engine/base/errors.ts";
import type { ClassificationResult } from "../../../src/engine/classification/types.ts";
import { MapMeter } from "../../../src/engine/heatmap/measure-map.ts";
import type { ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import type { LoadedPack, ModelPack } from "../../../src/engine/modelpack/types.ts";
import type { SupertilePlanes } from "../../../src/engine/patches/types.ts";
import type { SlideFingerprint } from "../../../src/engine/slide/fingerprint.ts";
import type { PixelSize, SlideInfo } from "../../../src/engine/slide/types.ts";
import type {
  AnalysisClient,
  AnalysisRequest,
  ClassifyRequest,
  NeuronFindings,
  NeuronRequest,
  PlanRequest,
  SlideForecast,
} from "../../../src/workers/analysis.api.ts";
import type { Measurer } from "../../../src/workers/measure.api.ts";
import type { SlideClient } from "../../../src/workers/slide.api.ts";
import type { OnTasks, TaskBatch } from "../../../src/workers/task-batches.ts";
import { plainSlideInfo } from "../../support/plain-slide-info.ts";

export const OWN_PIXEL_SIZE: PixelSize = { mppX: 0.5, mppY: 0.5, origin: "file" };

const FAKE_SIZE = { width: 4000, height: 2000 };

export function slideInfo(name: string, pixelSize: PixelSize | null): SlideInfo {
  return plainSlideInfo(name, FAKE_SIZE, {
    byteSize: 1234,
    format: "tiled TIFF",
    levels: [{ ...FAKE_SIZE, downsampleX: 1, downsampleY: 1, tileWidth: 256, tileHeight: 256 }],
    compression: "JPEG",
    pixelSize,
  });
}

/** A slide that remembers whether it was closed. */
export class FakeSlide implements SlideClient {
  readonly info: SlideInfo;
  isClosed = false;

  constructor(info: SlideInfo) {
    this.info = info;
  }

  tile(): Promise<ImageBitmap> {
    return new Promise(() => {});
  }

  region(): Promise<never> {
    return Promise.reject(new Error("No test here reads regions."));
  }

  associated(): Promise<never> {
    return Promise.reject(new Error("No test here looks at a label."));
  }

  /** The name stands for the content. */
  fingerprint(): Promise<SlideFingerprint> {
    return Promise.resolve({ sha256: this.info.name, files: [] });
  }

  close(): void {
    this.isClosed = true;
  }
}

/** One run at a time, driven by the test. */
export class FakeAnalysisClient implements AnalysisClient {
  readonly requests: AnalysisRequest[] = [];
  readonly classifyRequests: ClassifyRequest[] = [];
  readonly neuronRequests: NeuronRequest[] = [];
  readonly planRequests: PlanRequest[] = [];
  isPaused = false;
  #settlePlan: { resolve: (forecast: SlideForecast) => void; reject: (error: unknown) => void } | null = null;
  #settleNeurons: { resolve: (findings: NeuronFindings) => void; reject: (error: unknown) => void } | null = null;
  #settle: { resolve: (result: AnalysisResult) => void; reject: (error: unknown) => void } | null = null;
  #settleClass: { resolve: (result: ClassificationResult) => void; reject: (error: unknown) => void } | null = null;
  #onProgress: ((progress: AnalysisProgress) => void) | null = null;
  #onTasks: OnTasks<SupertilePlanes> | null = null;

  classify(...[request, options = {}]: Parameters<AnalysisClient["classify"]>): Promise<ClassificationResult> {
    this.classifyRequests.push(request);
    this.#onProgress = options.onProgress ?? null;
    return new Promise((resolve, reject) => {
      this.#settleClass = { resolve, reject };
      options.signal?.addEventListener("abort", () => reject(new DOMException("Cancelled.", "AbortError")));
    });
  }

  analyze(...[request, options = {}]: Parameters<AnalysisClient["analyze"]>): Promise<AnalysisResult> {
    this.requests.push(request);
    this.#onProgress = options.onProgress ?? null;
    this.#onTasks = options.onTasks ?? null;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      options.signal?.addEventListener("abort", () => reject(new DOMException("Cancelled.", "AbortError")));
    });
  }

  exciteNeurons(...[request, options = {}]: Parameters<AnalysisClient["exciteNeurons"]>): Promise<NeuronFindings> {
    this.neuronRequests.push(request);
    this.#onProgress = options.onProgress ?? null;
    return new Promise((resolve, reject) => {
      this.#settleNeurons = { resolve, reject };
      options.signal?.addEventListener("abort", () => reject(new DOMException("Cancelled.", "AbortError")));
    });
  }

  planSlide(...[request, options = {}]: Parameters<AnalysisClient["planSlide"]>): Promise<SlideForecast> {
    this.planRequests.push(request);
    return new Promise((resolve, reject) => {
      this.#settlePlan = { resolve, reject };
      options.signal?.addEventListener("abort", () => reject(new DOMException("Cancelled.", "AbortError")));
    });
  }

  finishPlan(forecast: SlideForecast): void {
    this.#settlePlan?.resolve(forecast);
  }

  failPlan(error: unknown): void {
    this.#settlePlan?.reject(error);
  }

  findNeurons(findings: NeuronFindings): void {
    this.#settleNeurons?.resolve(findings);
  }

  probeBackend(): ReturnType<AnalysisClient["probeBackend"]> {
    return Promise.resolve({ name: "WASM", reason: "No WebGPU adapter.", device: "", runtime: "fake 1" });
  }

  setPaused(isPaused: boolean): void {
    this.isPaused = isPaused;
  }

  close(): void {}

  progress(progress: Partial<AnalysisProgress>): void {
    this.#onProgress?.({
      phase: "fine",
      done: 0,
      total: 0,
      secondsLeft: null,
      backend: null,
      grid: null,
      ...progress,
    });
  }

  /** Resolves once the batch is kept, or given up. */
  async finishTasks(batch: TaskBatch<SupertilePlanes>): Promise<void> {
    await this.#onTasks?.(batch);
  }

  finish(grid: ConfidenceGrid, pixelSize: PixelSize, part?: AnalysisResult["part"]): void {
    this.#settle?.resolve({
      grid,
      ...(part ? { part } : {}),
      pixelSize,
      backend: { name: "WASM", reason: "No WebGPU adapter.", device: "", runtime: "fake 1" },
      packId: "fake",
      packSha256: "0",
      mode: "dense",
      stride: 8,
      colour: "stored",
      startedAt: "2026-01-01T00:00:00.000Z",
      seconds: 1,
      notes: ["A note on how the run went, long enough to need a line of its own."],
    });
  }

  finishClass(result: ClassificationResult): void {
    this.#settleClass?.resolve(result);
  }

  fail(error: unknown): void {
    this.#settle?.reject(error);
    this.#settleClass?.reject(error);
  }
}

/** 4 x 2 cells of 1000 level-0 pixels: all tissue, confidence 0.1 but for 0.9 in one cell and 0.6 in another. */
export function smallGrid(): ConfidenceGrid {
  return {
    cols: 4,
    rows: 2,
    stride0X: 1000,
    stride0Y: 1000,
    width0: 4000,
    height0: 2000,
    values: Float32Array.of(0.9, 0.1, 0.1, 0.6, 0.1, 0.1, 0.1, 0.1),
    tissue: new Uint8Array(8).fill(1),
  };
}

/** One neuron with two places on a slide of 4000 x 2000 pixels. */
export const NEURON_FINDINGS: NeuronFindings = {
  rows: [
    {
      neuron: { feature: 3, channel: 3, window: 0, side: 64, weight: -0.25, speaksFor: "other", against: "necrosis" },
      patches: [
        { image: 0, box: { x0: 100, y0: 200, width0: 640, height0: 640 }, activation: 2 },
        { image: 0, box: { x0: 1100, y0: 200, width0: 640, height0: 640 }, activation: 1 },
      ],
    },
  ],
  tasks: 3,
  tasksInAll: 9,
};

/** A pack as far as the page looks at one. */
export function fakePack(id: string, threshold = 0.5): LoadedPack {
  const pack: Partial<ModelPack> = {
    id,
    name: id,
    task: "segmentation",
    classes: ["other", "necrosis"],
    svms: [],
    threshold,
    // The cast: of the network nothing but its cells is looked at.
    backbone: { kind: "map", cell: 8 } as ModelPack["backbone"],
    sampling: { mpp: 10, mppRange: [8, 12], patch: 64, stride: 8, resizeTo: 64, mode: "dense", windows: [64] },
    postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
    training: { data: "", groups: [], command: "", seed: 0, appVersion: "", settings: {}, figures: {} },
  };
  // The cast: the page never looks at the rest of a pack, and a whole one would hide what it does look at.
  return { pack: pack as ModelPack, backboneBytes: new Uint8Array(0), packSha256: "0" };
}

/** A pack that classifies, as far as the page looks at one. */
export function fakeClassifier(id: string): LoadedPack {
  const loaded = fakePack(id);
  const pack: ModelPack = { ...loaded.pack, task: "classification", classes: ["tumour", "haemorrhage"] };
  return { ...loaded, pack };
}

/** A slide of 4000 x 2000 level-0 pixels in 4 x 2 patches of 1000, one of them blank, that speak for haemorrhage and against it. */
export function smallClassification(parts: Partial<ClassificationResult> = {}): ClassificationResult {
  return {
    classes: ["tumour", "haemorrhage"],
    predicted: "haemorrhage",
    probabilities: [0.18, 0.82],
    pairs: [{ positive: "haemorrhage", negative: "tumour", decision: 0.7, confidence: 0.82 }],
    grid: {
      patch: 50,
      lefts: [0, 50, 100, 150],
      tops: [0, 50],
      downsampleX: 20,
      downsampleY: 20,
      width0: 4000,
      height0: 2000,
    },
    kept: Int32Array.of(0, 1, 2, 4, 5, 6, 7),
    evidence: Float64Array.of(0.5, -0.1, 0.2, 0.3, -0.4, 0.1, 0.1),
    pixelSize: OWN_PIXEL_SIZE,
    colour: "stored",
    backend: { name: "WASM", reason: "No WebGPU adapter.", device: "", runtime: "fake 1" },
    packId: "fake",
    packSha256: "0",
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 1,
    notes: [],
    ...parts,
  };
}

export interface TestApp {
  readonly app: App;
  readonly client: FakeAnalysisClient;
  readonly slides: FakeSlide[];
  readonly kept: Map<string, AssumedSize>;
}

/** Measures at once and on this thread. */
export function hereMeasurer(): Measurer {
  return {
    ask: ({ map, threshold }, hear) => hear(new MapMeter(map).finish(threshold)),
    forget: () => {},
  };
}

/** As in a private window. */
export function refusingStore(): KeepingStore {
  const refuse = () =>
    Promise.reject(new AppError("storage/refused", "Expected to keep slides, but the browser refuses."));
  return {
    recent: refuse,
    slide: refuse,
    saveSlide: refuse,
    results: refuse,
    result: refuse,
    saveResult: refuse,
    saveThreshold: refuse,
    checkpoints: refuse,
    earlier: refuse,
    append: refuse,
    removeCheckpoint: refuse,
    forgetSlide: refuse,
    forgetEverything: refuse,
    tidy: refuse,
    persist: async () => false,
    estimate: async () => null,
  };
}

/** The page's state without workers, network, storage or frames. Files named "own..." carry a pixel size, "broken..." do not open. */
export function createTestApp(overrides: Partial<AppDeps> = {}): TestApp {
  const client = new FakeAnalysisClient();
  const slides: FakeSlide[] = [];
  const kept = new Map<string, AssumedSize>();
  const app = createApp({
    openSlide: async ({ files }) => {
      const name = files[0]?.name ?? "";
      if (name.startsWith("broken")) throw new RangeError("broken");
      const slide = new FakeSlide(slideInfo(name, name.startsWith("own") ? OWN_PIXEL_SIZE : null));
      slides.push(slide);
      return slide;
    },
    browserLanguages: ["en"],
    showLanguage,
    folder: "https://site.test/palisade/",
    now: () => Date.now(),
    slideOrigins: [],
    askHttpFile: async () => {
      throw new Error("no web host is asked here");
    },
    address: { read: () => "https://site.test/palisade/", replace: () => {} },
    prove: async () => {
      throw new Error("nothing is put to the test here");
    },
    fetchDemo: async () => new File(["demo"], "own-demo.tif"),
    pixelSizes: {
      load: async (file) => kept.get(file.name) ?? null,
      save: async (file, _, size) => void (size ? kept.set(file.name, size) : kept.delete(file.name)),
    },
    listPacks: async () => [
      { id: "first", name: "First" },
      { id: "second", name: "Second" },
    ],
    loadPack: async (id) => fakePack(id, id === "first" ? 0.5 : 0.8),
    cardUrl: (id) => `models/${id}/CARD.md`,
    startClient: () => client,
    trustChecker: null,
    measurer: hereMeasurer(),
    runtimeBase: "https://example.org/ort/",
    hardwareThreads: 4,
    onFrame: (callback) => callback(),
    openOfflineDoor: async () => "Not in a test.",
    reload: () => {},
    store: refusingStore(),
    queueStore: { load: async () => null, save: () => {} },
    claim: (_, onTurn) => {
      onTurn(true);
      return { answered: Promise.resolve(), release: () => {} };
    },
    isClaimed: async () => false,
    speeds: { load: async () => [], save: async () => {} },
    makeThumbnail: async () => null,
    handles: { of: async () => [], open: async () => null },
    surroundings: {
      isHidden: signal(false),
      isOnBattery: signal(false),
      knowsBattery: signal(true),
      wantsContrast: signal(false),
    },
    openRecorded: async ({ record }) => {
      const slide = new FakeSlide(slideInfo("a result", record.result.pixelSize));
      slides.push(slide);
      return slide;
    },
    ...overrides,
  });
  return { app, client, slides, kept };
}

/** Lets promises that are ready go on. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
