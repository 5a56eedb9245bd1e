import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../../engine/base/errors.ts";
import { parseTrainingConfig, type TrainingConfig } from "../../engine/training/config.ts";
import { openPack } from "../pack-files.ts";

/** What is trained on: the settings and the network. */
export interface TrainingSetup {
  readonly config: TrainingConfig;
  readonly backboneBytes: Uint8Array<ArrayBuffer>;
}

const SHIPPED_BACKBONE = fileURLToPath(
  new URL("../../../public/models/necrosis-lowpower/backbone.onnx", import.meta.url),
);

/**
 * Settings from a training file (defaults without one); network, patches and windows from an existing pack where one is named. Throws
 * `cli/io`, `training/bad-config`, and as `openPack`.
 */
export async function readSetup(configPath: string | undefined, packPath: string | undefined): Promise<TrainingSetup> {
  const config = parseTrainingConfig(configPath === undefined ? {} : await readJson(configPath));
  if (packPath !== undefined) return fromPack(config, packPath);
  const { path } = config.backbone;
  const backbone = path === "" ? SHIPPED_BACKBONE : join(dirname(configPath ?? "."), path);
  return { config, backboneBytes: await readBytes(backbone, "the network") };
}

/** A network that the pack shares with a sibling is copied into the new one, which may lie anywhere. */
async function fromPack(config: TrainingConfig, packPath: string): Promise<TrainingSetup> {
  const { pack, backboneBytes } = await openPack(packPath);
  const { sha256: _, ...backbone } = pack.backbone;
  const file = backbone.file.startsWith("../") ? "backbone.onnx" : backbone.file;
  const { patch, stride, resizeTo, mode, windows } = pack.sampling;
  const sampling = { ...config.sampling, patch, stride, resizeTo, mode, windows };
  return { config: { ...config, backbone: { ...backbone, path: "", file }, sampling }, backboneBytes };
}

/** Throws `cli/io`, `training/bad-config` for other text. */
export async function readJson(path: string): Promise<unknown> {
  const bytes = await readBytes(path, "the training file");
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AppError(
      "training/bad-config",
      `Expected JSON in the training file ${path}, found other text.`,
      {},
      { cause },
    );
  }
}

/** Throws `cli/io`. */
export async function readBytes(path: string, what: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw new AppError("cli/io", `Expected ${what} at ${path}, found no readable file.`, {}, { cause });
  }
}
