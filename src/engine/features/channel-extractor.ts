import type { LoadedPack } from "../modelpack/types.ts";
import { denseFeatures } from "./dense.ts";
import { type Extractor, positionsOf, samplingOn } from "./extractor.ts";
import { hasHeadInGraph, openPlainSession, openProjection, patchBatching } from "./pack-session.ts";
import { patchwiseFeatures } from "./patchwise.ts";
import type { Backend } from "./types.ts";

/**
 * Opens the pack's network to answer with some of its channels, a plane each, instead of with the SVM's projection. `dense`: the
 * channel at each feature cell; `patchwise`: of each patch, pooled, 0 for patches that would reach beyond the lattice.
 * Where the graph yields a map that is averaged, the other channels never leave the device. Throws `features/bad-model`.
 */
export async function openChannelExtractor(from: {
  readonly backend: Backend;
  readonly loaded: LoadedPack;
  readonly channels: readonly number[];
}): Promise<Extractor> {
  const { backend, loaded, channels } = from;
  const { backbone, sampling, pooling } = loaded.pack;
  const isInGraph = hasHeadInGraph(loaded.pack);
  const session = isInGraph
    ? await openProjection(backend, loaded, choosing(channels, backbone.channels))
    : await openPlainSession(backend, loaded);
  const answered = isInGraph ? channels.length : backbone.channels;
  const columns = isInGraph ? channels.map((_, index) => index) : channels;
  return {
    run: async (task, lattice, readSource, options) => {
      const own = samplingOn(lattice, loaded.pack);
      if (sampling.mode === "dense") return denseFeatures(session, backbone, own, readSource, task, options);
      const positions = positionsOf(task, lattice);
      const rows = await patchwiseFeatures(session, backbone, own, readSource, positions, {
        pooling,
        channels: answered,
        ...patchBatching(backend),
        ...options,
      });
      const area = task.cols * task.rows;
      const data = new Float32Array(columns.length * area);
      positions.forEach(({ index }, row) => {
        columns.forEach((column, plane) => {
          data[plane * area + index] = rows.data[row * answered + column]!;
        });
      });
      return { planes: columns.length, cols: task.cols, rows: task.rows, data };
    },
    close: () => session.close(),
  };
}

/** The projection that picks channels: one weight of 1 in each plane. */
function choosing(chosen: readonly number[], channels: number) {
  const weights = new Float32Array(chosen.length * channels);
  chosen.forEach((channel, plane) => {
    weights[plane * channels + channel] = 1;
  });
  return { channels, planes: chosen.length, weights };
}
