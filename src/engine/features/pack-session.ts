import type { LoadedPack, ModelPack, Sampling } from "../modelpack/types.ts";
import { openPrepared, type PreparedBackbone, prepareBackbone } from "./backbone-session.ts";
import { appendHead, type Head } from "./head.ts";
import { headOfPack, segmentationSvms } from "./pack-head.ts";
import { type PatchPosition, type PatchwiseOptions, patchwiseFeatures } from "./patchwise.ts";
import type { ReadSource } from "./source-reader.ts";
import type { Backend, Session } from "./types.ts";

/** Patches per run: enough for a GPU to be busy; on a processor more bring nothing and cost memory. */
const PATCHES_PER_RUN = { WebGPU: 16, WASM: 8, native: 16 } as const;

const HEAD_OUTPUT = "palisade_decision";

/**
 * A session that answers with the SVMs' projections of the map (SVM by SVM a plane per window, no bias), so that the wide map
 * never leaves the device. Throws `features/bad-model`, and `analysis/mode-mismatch` for a pack of another task.
 */
export async function openHeadedSession(backend: Backend, loaded: LoadedPack): Promise<Session> {
  return openProjection(backend, loaded, headOfPack(loaded.pack));
}

/** A session that answers with any linear projection of the pack's map, [N, planes, rows, cols]. Throws `features/bad-model`. */
export async function openProjection(
  backend: Backend,
  loaded: LoadedPack,
  head: Omit<Head, "output">,
): Promise<Session> {
  const prepared = preparedBackbone(loaded);
  const model = appendHead(prepared.model, { ...head, output: prepared.output }, HEAD_OUTPUT);
  return openPrepared(backend, { ...prepared, model, output: HEAD_OUTPUT });
}

/** How patches are put together on a backend; a GPU sees one shape only. */
export function patchBatching(backend: Backend): { readonly batchSize: number; readonly padBatches: boolean } {
  return { batchSize: PATCHES_PER_RUN[backend.info.name], padBatches: backend.info.name === "WebGPU" };
}

/** Decides patches one by one: bias + w . v. */
export interface PatchDecider {
  /** Row-major, positions x SVMs. */
  decide(
    sampling: Sampling,
    readSource: ReadSource,
    positions: readonly PatchPosition[],
    options?: PatchwiseOptions,
  ): Promise<Float32Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Throws as `openHeadedSession`. */
export async function openPatchDecider(backend: Backend, loaded: LoadedPack): Promise<PatchDecider> {
  const { pack } = loaded;
  const biases = segmentationSvms(pack).map(({ bias }) => bias);
  const isHeaded = hasHeadInGraph(pack);
  const session = isHeaded ? await openHeadedSession(backend, loaded) : await openPlainSession(backend, loaded);
  const channels = isHeaded ? biases.length : pack.backbone.channels;
  const weights = isHeaded ? null : headOfPack(pack).weights;
  return {
    decide: async (sampling, readSource, positions, options) => {
      const rows = await patchwiseFeatures(session, pack.backbone, sampling, readSource, positions, {
        pooling: pack.pooling,
        channels,
        ...options,
      });
      const decisions = new Float32Array(rows.rows * biases.length);
      for (let row = 0; row < rows.rows; row++) {
        biases.forEach((bias, svm) => {
          const own = weights?.subarray(svm * channels, (svm + 1) * channels);
          const projected = own ? dot(rows.data, row * channels, own) : rows.data[row * channels + svm]!;
          decisions[row * biases.length + svm] = bias + projected;
        });
      }
      return decisions;
    },
    close: () => session.close(),
  };
}

/** A session that answers with the backbone's own output. Throws `features/bad-model`. */
export async function openPlainSession(backend: Backend, loaded: LoadedPack): Promise<Session> {
  return openPrepared(backend, preparedBackbone(loaded));
}

function preparedBackbone({ pack, backboneBytes }: LoadedPack): PreparedBackbone {
  return prepareBackbone(backboneBytes, pack.backbone, pack.sampling);
}

/** The mean commutes with the projection; other poolings, and vectors, need the features themselves. */
export function hasHeadInGraph(pack: ModelPack): boolean {
  return pack.backbone.kind === "map" && pack.pooling.kind === "mean";
}

function dot(data: Float32Array, from: number, weights: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += data[from + i]! * weights[i]!;
  return sum;
}
