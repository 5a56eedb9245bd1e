import { AppError } from "../base/errors.ts";
import { sha256Hex } from "../base/sha256.ts";
import { PACK_FORMAT, PACK_VERSION } from "./format.ts";
import { asRecord, badField, type JsonField, member } from "./json-field.ts";
import { parseManifest } from "./parse-manifest.ts";
import type { LoadedPack, PackFiles } from "./types.ts";
import { readWeights } from "./weights-file.ts";

/** Bytes: a pack.json with many reference statistics stays far below. */
const MAX_JSON_BYTES = 8 * 2 ** 20;

/**
 * Reads a pack and checks everything that can be checked without running it.
 *
 * Throws `modelpack/not-a-pack`, `modelpack/newer-version`, `modelpack/bad-field` (naming the field),
 * `modelpack/hash-mismatch`, and what `files` throws (`modelpack/missing-file`).
 */
export async function loadPack(files: PackFiles): Promise<LoadedPack> {
  const json = await files("pack.json");
  const root = parseJson(json);
  checkFormat(root);
  const { weights, svms, ...rest } = parseManifest(root);
  const [weightBytes, backboneBytes] = await Promise.all([files(weights.file), files(rest.backbone.file)]);
  await checkHash(weights.file, weightBytes, weights.sha256);
  await checkHash(rest.backbone.file, backboneBytes, rest.backbone.sha256);
  const channels = rest.selected?.length ?? rest.backbone.channels;
  const features = rest.sampling.windows.length * channels;
  const rows = readWeights(weights.file, weightBytes, { svms: svms.length, features });
  const pack = { ...rest, svms: svms.map((svm, index) => ({ ...svm, weights: rows[index]! })) };
  return { pack, backboneBytes, packSha256: await sha256Hex(json) };
}

function parseJson(bytes: Uint8Array): JsonField {
  if (bytes.length > MAX_JSON_BYTES) throw notAPack(`a pack.json of ${bytes.length} bytes`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: JSON.parse(text), path: "" };
  } catch (error) {
    throw notAPack("a pack.json that is not JSON", error);
  }
}

function checkFormat(root: JsonField): void {
  if (typeof root.value !== "object" || root.value === null || asRecordOrNull(root)?.["format"] !== PACK_FORMAT) {
    throw notAPack(`a pack.json without "format": "${PACK_FORMAT}"`);
  }
  const version = member(root, "version");
  if (typeof version.value === "number" && version.value > PACK_VERSION) {
    const name = member(root, "name").value;
    const title = typeof name === "string" ? ` of "${name}"` : "";
    throw new AppError(
      "modelpack/newer-version",
      `Expected a pack of version ${PACK_VERSION}, found version ${version.value}${title}; update Palisade to open it.`,
      { version: version.value },
    );
  }
  if (version.value !== PACK_VERSION) throw badField(version, `${PACK_VERSION}`);
}

function asRecordOrNull(field: JsonField): Readonly<Record<string, unknown>> | null {
  return Array.isArray(field.value) ? null : asRecord(field);
}

function notAPack(found: string, cause?: unknown): AppError {
  return new AppError(
    "modelpack/not-a-pack",
    `Expected a Palisade model pack, found ${found}; choose a pack's folder or zip.`,
    {},
    { cause },
  );
}

async function checkHash(file: string, bytes: Uint8Array<ArrayBuffer>, expected: string): Promise<void> {
  const found = await sha256Hex(bytes);
  if (found === expected) return;
  throw new AppError(
    "modelpack/hash-mismatch",
    `Expected ${file} to have the SHA-256 ${expected.slice(0, 12)}... that pack.json names, found ${found.slice(0, 12)}...; the file was changed or is incomplete, get the pack again.`,
    { file, expected, found },
  );
}
