import { sha256Hex } from "../../engine/base/sha256.ts";

/** What a release says of one of its files. */
export interface ReleaseFile {
  /** From the page's folder. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface Release {
  readonly version: string;
  readonly files: readonly ReleaseFile[];
}

/** `not-here`: this computer has not needed the file yet, so that there is nothing to check. */
export type FileState = "equal" | "unequal" | "not-here";

export interface CheckedFile extends ReleaseFile {
  readonly state: FileState;
}

export interface CheckedRelease {
  readonly version: string;
  /** SHA-256 of release.json itself: it stands for all the others. */
  readonly sha256: string;
  readonly files: readonly CheckedFile[];
}

export interface ReleaseParts {
  /** The bytes of a file as this browser has them, without asking the network; null where it has none. */
  readonly bytesHere: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly list: Uint8Array<ArrayBuffer>;
  readonly onProgress: (done: number, total: number) => void;
}

/** Hashes what this browser has of a release's files. Throws a RangeError for a list that is none. */
export async function checkRelease({ bytesHere, list, onProgress }: ReleaseParts): Promise<CheckedRelease> {
  const { version, files } = parseRelease(JSON.parse(new TextDecoder().decode(list)));
  const checked: CheckedFile[] = [];
  for (const file of files) {
    onProgress(checked.length, files.length);
    const bytes = await bytesHere(file.path);
    checked.push({ ...file, state: bytes ? await stateOf(file, bytes) : "not-here" });
  }
  return { version, sha256: await sha256Hex(list), files: checked };
}

/** Throws a RangeError for anything but `{ version, files: [{ path, bytes, sha256 }, ...] }`. */
export function parseRelease(value: unknown): Release {
  const version = fieldOf(value, "version");
  const files = fieldOf(value, "files");
  if (typeof version !== "string" || !Array.isArray(files)) throw new RangeError("release.json lists no files");
  return {
    version,
    files: files.map((file: unknown) => {
      const path = fieldOf(file, "path");
      const bytes = fieldOf(file, "bytes");
      const sha256 = fieldOf(file, "sha256");
      const isWhole = typeof path === "string" && typeof bytes === "number" && typeof sha256 === "string";
      if (!isWhole) throw new RangeError("release.json lists a file without path, bytes and sha256");
      return { path, bytes, sha256 };
    }),
  };
}

async function stateOf(file: ReleaseFile, bytes: Uint8Array<ArrayBuffer>): Promise<FileState> {
  return bytes.length === file.bytes && (await sha256Hex(bytes)) === file.sha256 ? "equal" : "unequal";
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
