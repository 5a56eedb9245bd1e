import { isAppError } from "../base/errors.ts";
import { sha256Hex } from "../base/sha256.ts";
import {
  type EntryName,
  isEntryName,
  MANIFEST,
  MAX_FILE_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_UNPACKED_BYTES,
} from "./format.ts";
import { type Manifest, parseManifest } from "./manifest.ts";
import { cutShort, notAResult, tampered, tooLarge } from "./refusals.ts";
import { readZipDirectory, unpackEntry, type ZipEntry } from "./zip-directory.ts";

const ZIP_START = [0x50, 0x4b, 0x03, 0x04];
/** Bytes of a zip's entry before its name. */
const LOCAL_HEAD = 30;

/** Bytes that `isResultFile` looks at. */
export const RESULT_HEAD_BYTES = LOCAL_HEAD + MANIFEST.length;

/** Told by its first bytes: a zip whose first entry is the manifest. */
export function isResultFile(head: Uint8Array): boolean {
  return isZip(head) && new TextDecoder().decode(head.subarray(LOCAL_HEAD, RESULT_HEAD_BYTES)) === MANIFEST;
}

/** The content of a result file, every byte of it proven by the manifest. */
export interface UnpackedResult {
  readonly manifest: Manifest;
  readonly entries: ReadonlyMap<EntryName, Uint8Array<ArrayBuffer>>;
}

/**
 * Each entry is proven by the manifest's SHA-256, and the manifest by its own. What the zip's directory says of sizes is checked against
 * the manifest and the limits before anything else is unpacked, and no entry is unpacked further than that.
 *
 * Throws `resultfile/not-a-result`, `resultfile/truncated`, `resultfile/newer-version`, `resultfile/tampered`, `resultfile/too-large`,
 * `resultfile/bad-field`.
 */
export async function unpackResult(zip: Uint8Array<ArrayBuffer>): Promise<UnpackedResult> {
  if (zip.length === 0) throw notAResult("an empty file");
  if (!isZip(zip)) throw notAResult("a file of another kind");
  if (zip.length > MAX_FILE_BYTES)
    throw tooLarge(`this one has ${zip.length} bytes, and ${MAX_FILE_BYTES} are the limit`);
  const directory = readZipDirectory(zip);
  const head = directory.get(MANIFEST);
  if (!head) throw notAResult(`a zip without ${MANIFEST}`);
  if (head.byteSize > MAX_MANIFEST_BYTES) throw tooLarge(`its ${MANIFEST} would unpack to ${head.byteSize} bytes`);
  const manifest = await parseManifest(unpack(head));
  checkSizes(directory, manifest);
  const entries = new Map<EntryName, Uint8Array<ArrayBuffer>>();
  for (const { name, sha256 } of manifest.entries) {
    const entry = directory.get(name);
    if (!entry) throw tampered(`it has no ${name}`);
    const bytes = unpack(entry);
    if ((await sha256Hex(bytes)) !== sha256) throw tampered(`${name} has not the SHA-256 that ${MANIFEST} names`);
    entries.set(name, bytes);
  }
  return { manifest, entries };
}

/** Names and sizes as the manifest says, and not too much in all. */
function checkSizes(directory: ReadonlyMap<string, ZipEntry>, manifest: Manifest): void {
  const sizes = new Map<string, number>(manifest.entries.map(({ name, byteSize }) => [name, byteSize]));
  if (sizes.size < manifest.entries.length) throw tampered(`${MANIFEST} lists an entry twice`);
  for (const { name, byteSize } of directory.values()) {
    if (name === MANIFEST) continue;
    if (!isEntryName(name)) throw tampered(`it holds "${name.slice(0, 60)}", which no result file has`);
    const expected = sizes.get(name);
    if (expected === undefined) throw tampered(`it holds ${name}, which ${MANIFEST} does not list`);
    if (byteSize !== expected) throw tampered(`${name} would unpack to ${byteSize} bytes in place of ${expected}`);
  }
  const total = manifest.entries.reduce((sum, { byteSize }) => sum + byteSize, 0);
  if (total > MAX_UNPACKED_BYTES)
    throw tooLarge(`it would unpack to ${total} bytes, and ${MAX_UNPACKED_BYTES} are the limit`);
}

function unpack(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  try {
    return unpackEntry(entry);
  } catch (error) {
    throw isAppError(error) ? error : cutShort(error);
  }
}

function isZip(bytes: Uint8Array): boolean {
  return ZIP_START.every((byte, i) => bytes[i] === byte);
}
