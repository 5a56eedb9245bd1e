import { checkRange } from "../../../src/engine/slide/blob-source.ts";
import type { ByteSource } from "../../../src/engine/slide/types.ts";

/** A file of any size of which only some parts are written; zeros lie between them. */
export interface SparseFile {
  readonly size: number;
  readonly parts: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

export interface RecordingSource extends ByteSource {
  /** What was read, in order. */
  readonly reads: { readonly offset: number; readonly length: number }[];
}

/** The whole file in memory. */
export function writtenOut({ size, parts }: SparseFile): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (const part of parts) bytes.set(part.bytes, part.offset);
  return bytes;
}

/** Reads a file without ever holding its gaps, and records what was read. */
export function sparseSource({ size, parts }: SparseFile, name: string): RecordingSource {
  const reads: { offset: number; length: number }[] = [];
  return {
    name,
    size,
    reads,
    async read(offset, length) {
      checkRange(name, size, offset, length);
      reads.push({ offset, length });
      const bytes = new Uint8Array(length);
      for (const part of parts) {
        const from = Math.max(offset, part.offset);
        const to = Math.min(offset + length, part.offset + part.bytes.length);
        if (from < to) bytes.set(part.bytes.subarray(from - part.offset, to - part.offset), from - offset);
      }
      return bytes;
    },
  };
}
