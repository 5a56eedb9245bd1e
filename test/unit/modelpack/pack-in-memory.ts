import { AppError } from "../../../src/engine/base/errors.ts";
import type { ModelPack, PackFiles } from "../../../src/engine/modelpack/types.ts";
import { writePack } from "../../../src/engine/modelpack/write.ts";
import { smallPack } from "../../support/small-packs.ts";

/** Stands for a network where nothing runs it. */
export const NETWORK = new TextEncoder().encode("a network");

export type FileMap = Map<string, Uint8Array<ArrayBuffer>>;

/** 11 x 8 cells of 8 x 8: what a case of 90 x 70 is answered with. */
export const ANSWER = { seed: 1, width: 90, height: 70, decisions: Array.from({ length: 88 }, (_, i) => i / 7) };

export async function validPack(parts: Partial<ModelPack> = {}): Promise<ModelPack> {
  const { pack } = await smallPack(NETWORK, { selfTest: { cases: [ANSWER], tolerance: 0.01 }, ...parts });
  return pack;
}

export async function filesOf(pack: ModelPack): Promise<FileMap> {
  return writePack(pack, NETWORK);
}

export function packFiles(files: FileMap): PackFiles {
  return async (path) => {
    const bytes = files.get(path);
    if (!bytes) throw new AppError("modelpack/missing-file", `no ${path}`);
    return bytes;
  };
}

/** The same files with pack.json changed; `change` gets the parsed JSON to alter in place. */
export function withJson(files: FileMap, change: (json: Record<string, unknown>) => void): FileMap {
  const json = JSON.parse(new TextDecoder().decode(files.get("pack.json")));
  change(json);
  return new Map([...files, ["pack.json", new TextEncoder().encode(JSON.stringify(json))]]);
}
