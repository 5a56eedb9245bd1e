import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MADE_SLIDES } from "../support/made-slides/index.ts";
import { BOMBS } from "./bombs.ts";
import type { Bytes } from "./mutations/bytes.ts";

const MADE = fileURLToPath(new URL("../fixtures/slides/made", import.meta.url));
const SHARED = resolve("../shared/data");
/** Real slides up to so many bytes are mutated too. */
const LARGEST_REAL_FILE = 4 << 20;
/** Real slides of many small files: one stands for all. */
const ONE_IS_ENOUGH = /multifile-Z[2-9]/;

/** A file, or the files of one slide. */
export interface Fixture {
  readonly name: string;
  readonly load: () => Promise<readonly Bytes[]>;
}

/** Good slides, to be damaged: files in test/fixtures, files written by the tests, and real ones where they are present. */
export function goodFixtures(): Fixture[] {
  const written = Object.entries(MADE_SLIDES).map(([name, write]) => ({
    name: `written/${name}`,
    load: async () => [await write()].flat(),
  }));
  const real = filesBelow(join(SHARED, "slides")).filter(
    (path) => statSync(path).size <= LARGEST_REAL_FILE && !ONE_IS_ENOUGH.test(path),
  );
  return [
    ...filesBelow(MADE).map((path) => onDisk(path, `made/${relative(MADE, path)}`)),
    ...written,
    ...real.map((path) => onDisk(path, `real/${relative(join(SHARED, "slides"), path)}`)),
  ];
}

/** Files that came broken: those of others where they are present, and bombs that are made here. */
export function badFixtures(): Fixture[] {
  const hostile = join(SHARED, "hostile");
  return [
    ...filesBelow(hostile).map((path) => onDisk(path, `hostile/${relative(hostile, path)}`)),
    ...Object.entries(BOMBS).map(([name, make]) => ({ name: `bomb/${name}`, load: async () => [await make()].flat() })),
  ];
}

export function hasHostileFiles(): boolean {
  return existsSync(join(SHARED, "hostile"));
}

function onDisk(path: string, name: string): Fixture {
  return { name, load: async () => [new Uint8Array(readFileSync(path))] };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
