import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileRowStore } from "../../../src/cli/row-store.ts";
import { keepRows } from "../../../src/engine/training/kept-rows.ts";

let folder = "";
let asked: number[] = [];

/** Three features of a position: the position itself, its half, its negative. */
const compute = async (positions: Int32Array) => {
  asked.push(...positions);
  return Float32Array.from(Array.from(positions).flatMap((at) => [at, at / 2, -at]));
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-rows-"));
  asked = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("rows that were computed once are not computed again, in whatever order they are asked for", async () => {
  const path = join(folder, "one.rows");
  const first = await keepRows(compute, fileRowStore(path), 3)(Int32Array.of(4, 9));
  expect(Array.from(first)).toEqual([4, 2, -4, 9, 4.5, -9]);
  const later = await keepRows(compute, fileRowStore(path), 3)(Int32Array.of(9, 2, 4));
  expect(Array.from(later)).toEqual([9, 4.5, -9, 2, 1, -2, 4, 2, -4]);
  expect(asked).toEqual([4, 9, 2]);
});

test("a record that was cut off is computed again, and the file is whole afterwards", async () => {
  const path = join(folder, "cut.rows");
  await keepRows(compute, fileRowStore(path), 3)(Int32Array.of(4, 9));
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length - 5));
  expect(Array.from(await keepRows(compute, fileRowStore(path), 3)(Int32Array.of(4, 9)))).toEqual([
    4, 2, -4, 9, 4.5, -9,
  ]);
  expect(asked).toEqual([4, 9, 9]);
  expect(await readFile(path)).toEqual(bytes);
});

test("a file of another kind or with another number of features counts as empty", async () => {
  const path = join(folder, "other.rows");
  await writeFile(path, "something else that is long enough to hold a header");
  await keepRows(compute, fileRowStore(path), 3)(Int32Array.of(1));
  const pair = async (positions: Int32Array) => new Float32Array(positions.length * 2).fill(7);
  expect(Array.from(await keepRows(pair, fileRowStore(path), 2)(Int32Array.of(1)))).toEqual([7, 7]);
  expect(asked).toEqual([1]);
});
