import { sha256Hex } from "../base/sha256.ts";
import type { ByteSource } from "./types.ts";

/** Bytes looked at, at each of three places: what two slides of one scanner have in common is shorter. */
const PIECE = 65_536;
const MARKS = { classic: 42, big: 43 } as const;

/** What one file of a slide is known by. Hashes are SHA-256, lower-case hex. */
export interface FileFingerprint {
  readonly byteSize: number;
  /** Of the first 64 KiB. */
  readonly head: string;
  /** Of the last 64 KiB. */
  readonly tail: string;
  /** Of the 64 KiB from the first TIFF directory on; null for another format. */
  readonly directory: string | null;
}

/** What a slide is known by without reading it whole: the same for every copy of its files, whatever their names and dates. */
export interface SlideFingerprint {
  /** SHA-256 over those of the files: a name for all of it. */
  readonly sha256: string;
  /** Sorted, so that it does not matter in which order the files were given. */
  readonly files: readonly FileFingerprint[];
}

/**
 * Reads three pieces of each file. A change in the middle of a file that leaves its size alone is not seen: this tells slides apart,
 * it does not prove them unchanged. Throws as `ByteSource.read`.
 */
export async function slideFingerprint(sources: readonly ByteSource[]): Promise<SlideFingerprint> {
  const files: FileFingerprint[] = [];
  for (const source of sources) files.push(await fileFingerprint(source));
  files.sort((a, b) => (lineOf(a) < lineOf(b) ? -1 : 1));
  return { sha256: await fingerprintHash(files), files };
}

/** The hash that belongs to the files, for whoever reads a fingerprint that was kept. */
export async function fingerprintHash(files: readonly FileFingerprint[]): Promise<string> {
  return await sha256Hex(new TextEncoder().encode(files.map(lineOf).join("\n")));
}

export function isSameSlide(a: Pick<SlideFingerprint, "sha256">, b: Pick<SlideFingerprint, "sha256">): boolean {
  return a.sha256 === b.sha256;
}

async function fileFingerprint(source: ByteSource): Promise<FileFingerprint> {
  const piece = async (offset: number) => await source.read(offset, Math.min(PIECE, source.size - offset));
  const head = await piece(0);
  const directory = directoryOffset(head);
  const isThere = directory !== null && directory < source.size;
  return {
    byteSize: source.size,
    head: await sha256Hex(head),
    tail: await sha256Hex(await piece(Math.max(0, source.size - PIECE))),
    directory: isThere ? await sha256Hex(await piece(directory)) : null,
  };
}

/**
 * Where the first directory of a TIFF lies (TIFF 6.0, section 2; BigTIFF by the design of 2004); null for another file. Files of more
 * than 4 GB that break these rules (NDPI) give a place within them all the same, always the same one.
 */
function directoryOffset(head: Uint8Array<ArrayBuffer>): number | null {
  if (head.length < 16) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const isLittle = order === 0x4949;
  const mark = view.getUint16(2, isLittle);
  if (mark === MARKS.classic) return view.getUint32(4, isLittle);
  if (mark !== MARKS.big) return null;
  const offset = view.getBigUint64(8, isLittle);
  return offset <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(offset) : null;
}

function lineOf({ byteSize, head, tail, directory }: FileFingerprint): string {
  return `${byteSize} ${head} ${tail} ${directory ?? "-"}`;
}
