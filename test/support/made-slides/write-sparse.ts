import { open } from "node:fs/promises";
import type { SparseFile } from "./giant-sparse.ts";

/** Writes the parts alone; the rest of the file is a hole, which takes no room on a disk that knows them. */
export async function writeSparse(path: string, { size, parts }: SparseFile): Promise<void> {
  const handle = await open(path, "w");
  try {
    for (const { offset, bytes } of parts) await handle.write(bytes, 0, bytes.length, offset);
    await handle.truncate(size);
  } finally {
    await handle.close();
  }
}
