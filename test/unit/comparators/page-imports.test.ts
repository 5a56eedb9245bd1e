import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("../../../src", import.meta.url));

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.tsx?$/.test(path) && statSync(path).isFile());
}

/** Files of this project that a source file names: imports, exports, dynamic imports and `new URL(..., import.meta.url)`. */
function named(path: string): string[] {
  const text = readFileSync(path, "utf8");
  const names = [...text.matchAll(/(?:from|import|import\(|URL\()\s*"(\.[^"]+\.tsx?)"/g)].map(([, name]) => name!);
  return names.map((name) => resolve(dirname(path), name));
}

function reachableFrom(folders: readonly string[]): Set<string> {
  const reached = new Set(folders.flatMap((folder) => filesUnder(join(SOURCE, folder))));
  for (const path of reached) for (const next of named(path)) reached.add(next);
  return reached;
}

test("nothing that the page or its workers reach imports the comparators", () => {
  const reached = [...reachableFrom(["app", "workers"])].map((path) => relative(SOURCE, path).replaceAll("\\", "/"));
  // The walk is a walk: it comes through workers deep into the engine.
  expect(reached).toContain("engine/svm/kernels.ts");
  expect(reached).toContain("engine/analysis/run.ts");
  expect(reached.filter((path) => path.startsWith("engine/comparators/"))).toEqual([]);
});

test("the command line does reach them", () => {
  const reached = [...reachableFrom(["cli"])].map((path) => relative(SOURCE, path).replaceAll("\\", "/"));
  expect(reached).toContain("engine/comparators/mcil.ts");
  expect(reached).toContain("engine/comparators/dense-sift.ts");
});
