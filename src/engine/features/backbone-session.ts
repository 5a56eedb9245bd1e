import type { Backbone, Sampling } from "../modelpack/types.ts";
import { type AdaptedGraph, adaptGraph } from "./adapt-graph.ts";
import { tryBackbone } from "./backbone-trial.ts";
import { fitGraph } from "./fit-graph.ts";
import { inBatchesOf } from "./fixed-batch.ts";
import { readGraph } from "./graph.ts";
import type { Backend, Session } from "./types.ts";

/** A network, made to take float32 [N, 3, height, width] and to answer with float32 [N, channels, ...]. */
export interface PreparedBackbone extends AdaptedGraph {
  /** Pictures per run; null when free. */
  readonly batch: number | null;
}

type Use = Pick<Sampling, "mode" | "resizeTo">;

/** Throws `features/bad-model` when the graph cannot be the pack's backbone; bytes that are no ONNX are left to the backend. */
export function prepareBackbone(model: Uint8Array<ArrayBuffer>, backbone: Backbone, use: Use): PreparedBackbone {
  const graph = readGraph(model);
  if (!graph) return { model, input: backbone.input, output: backbone.output, batch: null };
  const fit = fitGraph(graph, backbone, use);
  return { ...adaptGraph(model, graph, backbone, fit), batch: fit.batch };
}

export async function openPrepared(backend: Backend, prepared: PreparedBackbone): Promise<Session> {
  const session = await backend.openSession(prepared.model, prepared);
  return prepared.batch === null ? session : inBatchesOf(session, prepared.batch);
}

/**
 * Opens a network for training and tries it on a picture, so that whatever is wrong with it is said before the work begins.
 * Throws `features/bad-model`.
 */
export async function openTriedBackbone(
  backend: Backend,
  model: Uint8Array<ArrayBuffer>,
  backbone: Backbone,
  use: Use,
): Promise<Session> {
  const session = await openPrepared(backend, prepareBackbone(model, backbone, use));
  try {
    await tryBackbone(session, backbone, use);
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}
