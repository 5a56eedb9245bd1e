import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BackboneConfig, TrainingConfig } from "../engine/training/config.ts";
import type { PatchRows, RowStore } from "../engine/training/kept-rows.ts";
import { hashFile } from "./file-hash.ts";

const MAGIC = "PLRW";
const VERSION = 1;
const HEADER_BYTES = 12;

/** All that the features of an image depend on, beside its own bytes. */
export interface RowStoreScene {
  readonly folder: string;
  readonly config: TrainingConfig;
  readonly mpp: number;
  readonly backboneBytes: Uint8Array;
}

/** Opens the store of one image: a file in the folder, named by a hash of image, network, sampling and pixel size. */
export async function imageRowStore(scene: RowStoreScene, image: string): Promise<RowStore> {
  const { backbone, sampling, folds } = scene.config;
  const { input, output, kind, channelOrder, mean, std } = backbone;
  const { patch, resizeTo } = sampling;
  const stride = folds.stride || sampling.stride;
  const network = createHash("sha256").update(scene.backboneBytes).digest("hex");
  const identity = { image: await hashFile(image), network, input, output, kind, channelOrder, mean, std };
  const place = { mpp: scene.mpp, patch, resizeTo, stride };
  const key = createHash("sha256")
    .update(JSON.stringify({ ...identity, ...place }))
    .digest("hex");
  return fileRowStore(join(scene.folder, `${key}.rows`));
}

/** The stores of one image for classification: a file for each way to see it. */
export async function imageBagStores(
  folder: string,
  backbone: BackboneConfig,
  backboneBytes: Uint8Array,
  image: string,
): Promise<(what: Readonly<Record<string, unknown>>) => RowStore> {
  const { input, output, kind, channelOrder, mean, std } = backbone;
  const network = createHash("sha256").update(backboneBytes).digest("hex");
  const identity = { image: await hashFile(image), network, input, output, kind, channelOrder, mean, std };
  return (what) => {
    const key = createHash("sha256")
      .update(JSON.stringify({ ...identity, ...what }))
      .digest("hex");
    return fileRowStore(join(folder, `${key}.rows`));
  };
}

/**
 * Rows in one growing file, little-endian: `PLRW`, version and features as uint32, then records of a position (int32) and its
 * float32 features. A record that was cut off is written over; a file of another kind counts as empty.
 */
export function fileRowStore(path: string): RowStore {
  return {
    load: async (features) => parseRows(await readFile(path).catch(() => new Uint8Array()), features),
    append: (found) => appendRows(path, found),
  };
}

function parseRows(bytes: Uint8Array, features: number): PatchRows {
  const count = recordCount(bytes, features);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const positions = new Int32Array(count);
  const rows = new Float32Array(count * features);
  const rowBytes = new Uint8Array(rows.buffer);
  for (let record = 0; record < count; record++) {
    const at = HEADER_BYTES + record * recordBytes(features);
    positions[record] = view.getInt32(at, true);
    rowBytes.set(bytes.subarray(at + 4, at + 4 + features * 4), record * features * 4);
  }
  return { positions, rows };
}

async function appendRows(path: string, { positions, rows }: PatchRows): Promise<void> {
  const features = rows.length / positions.length;
  const bytes = new Uint8Array(positions.length * recordBytes(features));
  const view = new DataView(bytes.buffer);
  const rowBytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
  positions.forEach((position, record) => {
    const at = record * recordBytes(features);
    view.setInt32(at, position, true);
    bytes.set(rowBytes.subarray(record * features * 4, (record + 1) * features * 4), at + 4);
  });
  const file = await open(path, constants.O_RDWR | constants.O_CREAT);
  try {
    const header = new Uint8Array(HEADER_BYTES);
    await file.read(header, 0, HEADER_BYTES, 0);
    const { size } = await file.stat();
    const isOurs = isHeader(header, features);
    if (!isOurs) await file.write(headerOf(features), 0, HEADER_BYTES, 0);
    const whole = isOurs ? Math.floor((size - HEADER_BYTES) / recordBytes(features)) : 0;
    const end = HEADER_BYTES + whole * recordBytes(features);
    await file.write(bytes, 0, bytes.length, end);
    await file.truncate(end + bytes.length);
  } finally {
    await file.close();
  }
}

function recordCount(bytes: Uint8Array, features: number): number {
  if (!isHeader(bytes.subarray(0, HEADER_BYTES), features)) return 0;
  return Math.floor((bytes.length - HEADER_BYTES) / recordBytes(features));
}

function recordBytes(features: number): number {
  return 4 + features * 4;
}

function headerOf(features: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  header.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(header.buffer);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, features, true);
  return header;
}

function isHeader(header: Uint8Array, features: number): boolean {
  return Buffer.compare(header, headerOf(features)) === 0;
}
