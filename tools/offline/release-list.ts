import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { FileGroup, PrecacheFile, ReleaseFile } from "../../src/service-worker/protocol.ts";

/** `release.json` of the built page: what a person can check the page against. */
export interface Release {
  readonly format: "palisade-release";
  readonly version: string;
  /** Null where the page was built from no commit, or from one with changes on top. */
  readonly commit: string | null;
  /** Every file but release.json itself and sw.js, which holds the hash of release.json. */
  readonly files: readonly ReleaseFile[];
}

/** The files below `folder`, by path; those that `isLeftOut` names are not among them. */
export async function listFiles(folder: string, isLeftOut: (path: string) => boolean = () => false) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !isLeftOut(path))
    .sort((a, b) => (a < b ? -1 : 1));
  const files: ReleaseFile[] = [];
  for (const path of paths) files.push(describeFile(path, await readFile(join(folder, path))));
  return files;
}

export function describeFile(path: string, bytes: Uint8Array): ReleaseFile {
  return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

export function withGroup(file: ReleaseFile): PrecacheFile {
  return { ...file, group: groupOf(file.path) };
}

function groupOf(path: string): FileGroup {
  const build = /^ort\/.*\.(jspi|asyncify)\./.exec(path)?.[1];
  return build === "jspi" || build === "asyncify" ? `webgpu-${build}` : "all";
}

export function cleanCommit(root: string): string | null {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
    return git("status", "--porcelain") === "" ? git("rev-parse", "HEAD") : null;
  } catch {
    return null;
  }
}
