import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Zippable, zipSync } from "fflate";
import { describeFile, listFiles } from "../offline/release-list.ts";

export interface ArchiveInput {
  readonly version: string;
  /** Of every file in the archive. */
  readonly date: Date;
  /** The built page. */
  readonly page: string;
  /** What lies beside the page, by its name in the archive. */
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

/** One folder, `palisade-VERSION`, with the page, what helps to host it, and the SHA-256 of all in the form that `sha256sum -c` reads. */
export async function releaseArchive({ version, date, page, beside }: ArchiveInput): Promise<Uint8Array> {
  const files = new Map(beside);
  for (const { path } of await listFiles(page)) files.set(`page/${path}`, await readFile(join(page, path)));
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const sums = sorted.map(([path, bytes]) => `${describeFile(path, bytes).sha256}  ${path}\n`).join("");
  const entries: Zippable = {};
  for (const [path, bytes] of [...sorted, ["SHA256SUMS", Buffer.from(sums)] as const]) {
    entries[`palisade-${version}/${path}`] = bytes;
  }
  return zipSync(entries, { level: 6, mtime: zipDate(date) });
}

/** A zip holds local times of no zone; this one reads as UTC wherever the archive is made. */
function zipDate(date: Date): Date {
  return new Date(date.getTime() + date.getTimezoneOffset() * 60_000);
}

/** What the project puts beside the page. */
export async function filesBeside(
  root: string,
  version: string,
  bill: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const readme = await readFile(join(root, "tools/release/README.txt"), "utf8");
  return new Map<string, Uint8Array>([
    ["README.txt", Buffer.from(readme.replace("VERSION", version))],
    ["serve.mjs", await readFile(join(root, "tools/release/serve.mjs"))],
    ["deploy.md", await readFile(join(root, "docs/deploy.md"))],
    ["LICENSE", await readFile(join(root, "LICENSE"))],
    ["NOTICE", await readFile(join(root, "NOTICE"))],
    ["sbom.cdx.json", Buffer.from(bill)],
  ]);
}
