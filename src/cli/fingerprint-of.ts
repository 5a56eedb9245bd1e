import { type SlideFingerprint, slideFingerprint } from "../engine/slide/fingerprint.ts";
import { fileSource } from "./file-source.ts";
import { slidePaths } from "./slide-paths.ts";

/** Of the slide at a path, a file or a folder. Throws `slide/unreadable`. */
export async function fingerprintOf(path: string): Promise<SlideFingerprint> {
  const sources: Awaited<ReturnType<typeof fileSource>>[] = [];
  try {
    for (const file of await slidePaths(path)) sources.push(await fileSource(file));
    return await slideFingerprint(sources);
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}
