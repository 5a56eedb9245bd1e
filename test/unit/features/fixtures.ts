import { readFileSync } from "node:fs";
import type { GoldenList } from "../../support/golden-features.ts";

const fixtures = new URL("../../fixtures/features/", import.meta.url);
const models = new URL("../../../public/models/", import.meta.url);

/** Address of onnxruntime's files for the wasm backend in Node. */
export const runtimeBase = new URL("../../../node_modules/onnxruntime-web/dist/", import.meta.url).href;

export function readGoldenList(): GoldenList {
  return JSON.parse(readFileSync(new URL("golden.json", fixtures), "utf8"));
}

export function readGoldenValues(name: string): Float32Array {
  return new Float32Array(new Uint8Array(readFileSync(new URL(`${name}.f32`, fixtures))).buffer);
}

/** A shipped network by its path under public/models. */
export function readModel(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, models)));
}
