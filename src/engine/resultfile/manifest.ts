import { AppError } from "../base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import { sha256Hex } from "../base/sha256.ts";
import { asList, asNumber, asText, type JsonField, member } from "../modelpack/json-field.ts";
import { prettyJson } from "../modelpack/pretty-json.ts";
import { asHash } from "../modelpack/values.ts";
import {
  ENTRY_LIMITS,
  type EntryName,
  isEntryName,
  isReadable,
  MANIFEST,
  RESULT_FORMAT,
  RESULT_VERSION,
} from "./format.ts";
import { notAResult, tampered } from "./refusals.ts";

/** An entry as the manifest knows it. */
export interface ListedEntry {
  readonly name: EntryName;
  /** Bytes, unpacked. */
  readonly byteSize: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly entries: readonly ListedEntry[];
  /** Of the manifest, with zeros in this place. */
  readonly sha256: string;
}

const NO_HASH = "0".repeat(64);

/** Its own hash is that of its text with zeros in the hash's place. */
export async function writeManifest(
  entries: ReadonlyMap<EntryName, Uint8Array<ArrayBuffer>>,
  appVersion: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const listed: ListedEntry[] = [];
  for (const [name, bytes] of entries) {
    listed.push({ name, byteSize: bytes.length, sha256: await sha256Hex(bytes) });
  }
  const text = (sha256: string) =>
    `${prettyJson({
      format: RESULT_FORMAT,
      version: RESULT_VERSION,
      application: "Palisade",
      appVersion,
      notice: RESEARCH_USE_NOTICE,
      entries: listed,
      sha256,
    })}\n`;
  return encode(text(await sha256Hex(encode(text(NO_HASH)))));
}

/**
 * Throws `resultfile/not-a-result`, `resultfile/newer-version`, `resultfile/tampered` when its own hash does not fit, and
 * `resultfile/bad-field`.
 */
export async function parseManifest(bytes: Uint8Array<ArrayBuffer>): Promise<Manifest> {
  const { text, value } = parseText(bytes);
  const root: JsonField = { value, path: "", document: { file: MANIFEST, code: "resultfile/bad-field" } };
  refuseOthers(value);
  const sha256 = asHash(member(root, "sha256"));
  const blank = text.replace(`"sha256": "${sha256}"\n}`, `"sha256": "${NO_HASH}"\n}`);
  if ((await sha256Hex(encode(blank))) !== sha256) throw tampered(`${MANIFEST} has not the SHA-256 that it names`);
  return { entries: asList(member(root, "entries"), parseEntry, { min: 1, max: 16 }), sha256 };
}

function parseText(bytes: Uint8Array): { readonly text: string; readonly value: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch (error) {
    throw notAResult(`a zip whose ${MANIFEST} is no JSON`, error);
  }
}

/** Before the hash: what another version hashes, and how, only that version knows. */
function refuseOthers(value: unknown): void {
  const field = (name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (field("format") !== RESULT_FORMAT) throw notAResult(`a zip whose ${MANIFEST} is of something else`);
  const version = field("version");
  if (isReadable(version)) return;
  if (typeof version !== "number" || version < RESULT_VERSION)
    throw notAResult("one of no version that there ever was");
  const appVersion = field("appVersion");
  const maker = typeof appVersion === "string" ? `, made by Palisade ${appVersion.slice(0, 20)}` : "";
  throw new AppError(
    "resultfile/newer-version",
    `Expected a result file of version ${RESULT_VERSION}, found version ${version}${maker}; update Palisade to open it.`,
    { version },
  );
}

function parseEntry(field: JsonField): ListedEntry {
  const name = asText(member(field, "name"));
  if (!isEntryName(name)) throw tampered(`${MANIFEST} lists "${name.slice(0, 60)}", which no result file has`);
  return {
    name,
    byteSize: asNumber(member(field, "byteSize"), { min: 0, max: ENTRY_LIMITS[name], integer: true }),
    sha256: asHash(member(field, "sha256")),
  };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
