import { expect } from "vitest";
import type { Backend } from "../../src/engine/features/types.ts";
import {
  type GoldenCase,
  type GoldenList,
  goldenPixels,
  networkInput,
  relativeDifference,
} from "../support/golden-features.ts";

export const NAMES = { input: "image", output: "cells" };

export async function fetchBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(path);
  expect(response.ok, path).toBe(true);
  return new Uint8Array(await response.arrayBuffer());
}

async function fetchGolden(name: string): Promise<{ known: GoldenCase; expected: Float32Array; tolerance: number }> {
  const response = await fetch("/test/fixtures/features/golden.json");
  const list: GoldenList = await response.json();
  const known = list.cases.find((golden) => golden.name === name);
  if (!known) throw new Error(`no golden case ${name}`);
  const expected = new Float32Array((await fetchBytes(`/test/fixtures/features/${name}.f32`)).buffer);
  return { known, expected, tolerance: list.relativeTolerance };
}

/** How far the cells of a known picture are from PyTorch's, and how far they may be. */
export async function goldenDifference(
  backend: Backend,
  name: string,
): Promise<{ difference: number; tolerance: number }> {
  const { known, expected, tolerance } = await fetchGolden(name);
  const session = await backend.openSession(await fetchBytes(`/models/${known.model}`), NAMES);
  const cells = await session.run(networkInput(goldenPixels(known), known));
  await session.close();
  return { difference: relativeDifference(cells, known, expected), tolerance };
}
