import { AppError } from "../base/errors.ts";
import type { ByteSource } from "./types.ts";

/** Reads a dropped `File` or any `Blob` by slices; nothing is held. Throws as `ByteSource.read` says. */
export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    async read(offset, length) {
      checkRange(name, blob.size, offset, length);
      let buffer: ArrayBuffer;
      try {
        buffer = await blob.slice(offset, offset + length).arrayBuffer();
      } catch (cause) {
        throw new AppError("slide/unreadable", changedSentence(name), { offset, length }, { cause });
      }
      if (buffer.byteLength !== length) throw shortRead(name, offset, length, buffer.byteLength);
      return new Uint8Array(buffer);
    },
  };
}

/** The same over bytes in memory. */
export function bytesSource(bytes: Uint8Array<ArrayBuffer>, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(offset, length) {
      checkRange(name, bytes.length, offset, length);
      return bytes.slice(offset, offset + length);
    },
  };
}

/** Throws `slide/truncated` unless [offset, offset + length) lies inside of a source of `size` bytes. */
export function checkRange(name: string, size: number, offset: number, length: number): void {
  const isRange = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (isRange && offset + length <= size) return;
  throw new AppError(
    "slide/truncated",
    `Expected ${length} bytes at byte ${offset} of ${name}, but the file ends at byte ${size}: it is incomplete or damaged. Copy or download it again.`,
    { offset, length, size },
  );
}

/** `slide/unreadable` for a read that came back short. */
export function shortRead(name: string, offset: number, length: number, found: number): AppError {
  return new AppError("slide/unreadable", changedSentence(name), { offset, length, found });
}

/** What a person is told of a file that is not any more what was opened. */
export function changedSentence(name: string): string {
  return `Expected to read ${name} as it was opened, but the file was changed, moved or its drive removed; choose it again.`;
}
