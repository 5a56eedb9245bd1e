import { causeChain, isAbortError, isAppError } from "../base/errors.ts";
import type { LoadedPack, SelfTestCase } from "../modelpack/types.ts";
import { copyPixels, whiteImage } from "../slide/pixels.ts";
import type { RgbaImage } from "../slide/types.ts";
import { cutCells, denseInput } from "./dense.ts";
import { cellSizeSource, denseGeometry } from "./dense-geometry.ts";
import { segmentationSvms } from "./pack-head.ts";
import { openHeadedSession, openPatchDecider, patchBatching } from "./pack-session.ts";
import { decideBag } from "./self-test-bag.ts";
import { selfTestPicture } from "./self-test-picture.ts";
import type { ReadSource } from "./source-reader.ts";
import type { Backend } from "./types.ts";

export { selfTestPicture } from "./self-test-picture.ts";

export interface SelfTestResult {
  readonly passed: boolean;
  /** Of a decision value from the stored one, over all cases and batch sizes; infinite when a value is missing. */
  readonly largestDifference: number;
  /** One sentence. */
  readonly reason: string;
}

/** What a case asks for, without the answer. */
export type SelfTestQuestion = Pick<SelfTestCase, "seed" | "width" | "height">;

/**
 * What the pack makes of a case: the answer that is stored when the pack is written.
 *
 * `dense`: a value per whole feature cell of the picture, the sum of the windows' projections plus the bias; the pass is
 * unshifted, the picture lies on white. `patchwise`: the decision of every whole patch, side by side without overlap. Several
 * SVMs answer one after another. A classification pack: the decision of each pair of classes on the bag of these patches.
 */
export async function selfTestDecisions(
  backend: Backend,
  loaded: LoadedPack,
  question: SelfTestQuestion,
): Promise<number[]> {
  const [decisions] = await decideInBatches(backend, loaded, question, "one");
  return decisions!;
}

/**
 * Runs the pack's cases one by one and in batches and compares with the stored answers: some GPU drivers compute wrongly,
 * some only from the second picture of a batch on. Never throws for what the backend does; a failure is a test not passed.
 * Throws `features/bad-model`: a network that does not fit the pack is not the backend's fault.
 */
export async function runSelfTest(backend: Backend, loaded: LoadedPack): Promise<SelfTestResult> {
  const { cases, tolerance } = loaded.pack.selfTest;
  let largestDifference = 0;
  try {
    for (const known of cases) {
      for (const decisions of await decideInBatches(backend, loaded, known, "one-and-several")) {
        largestDifference = Math.max(largestDifference, difference(decisions, known.decisions));
      }
    }
  } catch (error) {
    if (isAbortError(error) || isAppError(error, "features/bad-model")) throw error;
    return {
      passed: false,
      largestDifference: Number.POSITIVE_INFINITY,
      reason: `The self-test of the pack did not run: ${causeChain(error)[0] ?? "unknown failure"}`,
    };
  }
  const passed = largestDifference <= tolerance;
  const reason = `The pack's self-test ${passed ? "passed" : "failed"}: largest difference ${largestDifference.toPrecision(2)}, allowed ${tolerance}`;
  return { passed, largestDifference, reason };
}

function difference(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  found.forEach((value, index) => {
    const apart = Math.abs(value - expected[index]!);
    largest = Math.max(largest, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
  });
  return largest;
}

type Batches = "one" | "one-and-several";

/** The decisions of every picture of every batch size. */
function decideInBatches(
  backend: Backend,
  loaded: LoadedPack,
  question: SelfTestQuestion,
  batches: Batches,
): Promise<number[][]> {
  const picture = selfTestPicture(question.seed, question.width, question.height);
  const { task, sampling } = loaded.pack;
  const decide = task === "classification" ? decideBag : sampling.mode === "dense" ? decideDense : decidePatches;
  return decide(backend, loaded, picture, batches);
}

async function decideDense(backend: Backend, loaded: LoadedPack, picture: RgbaImage, batches: Batches) {
  const { backbone, sampling } = loaded.pack;
  const svms = segmentationSvms(loaded.pack);
  const cellSource = cellSizeSource(backbone, sampling) ?? sampling.patch;
  const block = {
    col: 0,
    row: 0,
    step: cellSource / sampling.stride,
    cols: Math.floor(picture.width / cellSource),
    rows: Math.floor(picture.height / cellSource),
  };
  const geometry = denseGeometry(backbone, sampling, block);
  const one = await denseInput(geometry, backbone, readerOf(picture));
  const session = await openHeadedSession(backend, loaded);
  try {
    const answers: number[][] = [];
    for (const count of batches === "one" ? [1] : [1, 2]) {
      const data = new Float32Array(count * one.data.length);
      for (let item = 0; item < count; item++) data.set(one.data, item * one.data.length);
      const map = await session.run({ data, dims: [count, ...one.dims.slice(1)] });
      for (let item = 0; item < count; item++) {
        const { planes, data: cells } = cutCells(map, geometry, backbone, block, item);
        const length = cells.length / svms.length;
        const windows = planes / svms.length;
        answers.push(
          svms.flatMap(({ bias }, svm) => sumPlanes(cells.subarray(svm * length, (svm + 1) * length), windows, bias)),
        );
      }
    }
    return answers;
  } finally {
    await session.close();
  }
}

function sumPlanes(cells: Float32Array, planes: number, bias: number): number[] {
  const length = cells.length / planes;
  return Array.from({ length }, (_, index) => {
    let sum = bias;
    for (let plane = 0; plane < planes; plane++) sum += cells[plane * length + index]!;
    return sum;
  });
}

async function decidePatches(backend: Backend, loaded: LoadedPack, picture: RgbaImage, batches: Batches) {
  const { patch } = loaded.pack.sampling;
  const cols = Math.floor(picture.width / patch);
  const rows = Math.floor(picture.height / patch);
  const positions = Array.from({ length: cols * rows }, (_, i) => ({ col: i % cols, row: Math.floor(i / cols) }));
  const sampling = { ...loaded.pack.sampling, stride: patch };
  const decider = await openPatchDecider(backend, loaded);
  try {
    const answers: number[][] = [];
    const several = { ...patchBatching(backend), padBatches: true };
    const one = { batchSize: 1 };
    for (const options of batches === "one" ? [one] : [one, several]) {
      const decisions = await decider.decide(sampling, readerOf(picture), positions, options);
      answers.push(svmBySvm(decisions, loaded.pack.svms.length));
    }
    return answers;
  } finally {
    await decider.close();
  }
}

/** From positions x SVMs to SVMs x positions. */
function svmBySvm(decisions: Float32Array, svms: number): number[] {
  const positions = decisions.length / svms;
  return Array.from(decisions, (_, at) => decisions[(at % positions) * svms + Math.floor(at / positions)]!);
}

/** The picture as a slide of its own: white around it. */
function readerOf(picture: RgbaImage): ReadSource {
  return async (x, y, width, height) => {
    const region = whiteImage(width, height);
    copyPixels(picture, region, -x, -y);
    return region;
  };
}
