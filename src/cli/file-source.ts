import type { Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "../engine/base/errors.ts";
import { changedSentence, checkRange, shortRead } from "../engine/slide/blob-source.ts";
import type { ByteSource } from "../engine/slide/types.ts";

/** A file on disk, read at positions through one handle. Whoever opens it closes it. Throws `slide/unreadable`. */
export async function fileSource(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const name = basename(path);
  const handle = await open(path, "r").catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new AppError("slide/unreadable", `Expected a slide file, found that ${path} is a folder or no plain file.`);
  }
  return {
    name,
    size: stat.size,
    async read(offset, length) {
      checkRange(name, stat.size, offset, length);
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled).catch((cause) => {
          throw new AppError("slide/unreadable", changedSentence(name), { offset, length }, { cause });
        });
        if (bytesRead === 0) throw shortRead(name, offset, length, filled);
        filled += bytesRead;
      }
      await refuseChanged(handle, name, stat);
      return bytes;
    },
    close: () => handle.close(),
  };
}

/** Bytes of a file that was written to since it was opened may be of either version. A file that was replaced reads on as it was. */
async function refuseChanged(handle: FileHandle, name: string, opened: Stats): Promise<void> {
  const now = await handle.stat().catch((cause: unknown) => {
    throw new AppError("slide/unreadable", changedSentence(name), {}, { cause });
  });
  if (now.size === opened.size && now.mtimeMs === opened.mtimeMs) return;
  throw new AppError("slide/unreadable", changedSentence(name), { size: now.size, openedSize: opened.size });
}

function unreadable(path: string, cause: unknown): AppError {
  const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  const found = isMissing
    ? "there is no such file"
    : `it cannot be read (${cause instanceof Error ? cause.message : cause})`;
  return new AppError("slide/unreadable", `Expected a slide at ${path}, but ${found}. Check the path.`, {}, { cause });
}
