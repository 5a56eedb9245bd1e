import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { slidePaths } from "./slide-paths.ts";

/** SHA-256 of a slide's file, lower-case hex, read piece by piece; of a slide of several files one after the other. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of await slidePaths(path)) await pipeline(createReadStream(file), hash, { end: false });
  return hash.digest("hex");
}
