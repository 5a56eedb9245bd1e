import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { writeTiff } from "../../src/engine/slide/tiff/write-tiff.ts";
import { MADE_SLIDES, type MadeSlide } from "../support/made-slides/index.ts";
import { withProfile } from "../support/made-slides/with-profile.ts";
import { BOMBS } from "./bombs.ts";
import type { Bytes } from "./mutations/bytes.ts";

const MADE = fileURLToPath(new URL("../fixtures/slides/made", import.meta.url));
const PROFILES = fileURLToPath(new URL("../fixtures/slides/colour_golden.json", import.meta.url));
const SHARED = resolve("../shared/data");
/** Real slides up to so many bytes are mutated too. */
const LARGEST_REAL_FILE = 4 << 20;
/** Real slides of many small files: one stands for all. */
const ONE_IS_ENOUGH = /multifile-Z[2-9]/;

export interface FixtureFile {
  readonly name: string;
  readonly bytes: Bytes;
}

/** A file, or the files of one slide. */
export interface Fixture {
  readonly name: string;
  readonly load: () => Promise<readonly FixtureFile[]>;
}

/** Good slides, to be damaged: files in test/fixtures, files written by the tests, and real ones where they are present. */
export function goodFixtures(): Fixture[] {
  const written = Object.entries(MADE_SLIDES).map(([name, write]) => fromMemory(`written/${name}`, write));
  const real = filesBelow(join(SHARED, "slides")).filter(
    (path) => statSync(path).size <= LARGEST_REAL_FILE && !ONE_IS_ENOUGH.test(path),
  );
  return [
    ...filesBelow(MADE).map((path) => onDisk(path, `made/${relative(MADE, path)}`)),
    ...written,
    ...profiles(),
    ...real.map((path) => onDisk(path, `real/${relative(join(SHARED, "slides"), path)}`)),
  ];
}

/** A small slide with each kind of colour profile. */
function profiles(): Fixture[] {
  const golden: { cases: Record<string, { profile: string }> } = JSON.parse(readFileSync(PROFILES, "utf8"));
  return Object.entries(golden.cases).map(([kind, { profile }]) =>
    fromMemory(`profile/${kind}.tif`, async () => {
      const data = new Uint8Array(70 * 50 * 3).map((_, i) => (i * 7) & 255);
      const tiff = writeTiff([
        { width: 70, height: 50, tileWidth: 64, tileHeight: 64, pixels: { kind: "rgb8", data } },
      ]);
      return withProfile(tiff, new Uint8Array(Buffer.from(profile, "base64")));
    }),
  );
}

/** Files that came broken: those of others where they are present, and bombs that are made here. */
export function badFixtures(): Fixture[] {
  const hostile = join(SHARED, "hostile");
  return [
    ...filesBelow(hostile).map((path) => onDisk(path, `hostile/${relative(hostile, path)}`)),
    ...Object.entries(BOMBS).map(([name, make]) => fromMemory(`bomb/${name}`, make)),
  ];
}

export function hasHostileFiles(): boolean {
  return existsSync(join(SHARED, "hostile"));
}

function onDisk(path: string, name: string): Fixture {
  return { name, load: async () => [{ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }] };
}

function fromMemory(name: string, make: MadeSlide): Fixture {
  return {
    name,
    async load() {
      const files = [await make()].flat();
      return files.map((file, i) => ("bytes" in file ? file : { name: `${i} ${basename(name)}`, bytes: file }));
    },
  };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
