import type { KeptResult, KeptResultFacts } from "../state/kept.ts";
import { isMapResult } from "../state/kept.ts";
import { decodeGrid, encodeGrid } from "./grid-bytes.ts";
import type { GridFiles } from "./grid-files.ts";
import { type ParsedResult, parseKeptResult, resultRecord, withGrid } from "./result-record.ts";
import type { PalisadeDatabase } from "./schema.ts";

/** Larger grids lie in files, where the browser has any: a database that is read as a whole stays small. */
const LARGE_BYTES = 4 * 2 ** 20;
const STRICT = { durability: "strict" } as const;

/** A grid on its way into the store: in a file already, or to be written with its record. */
export interface PlacedGrid {
  readonly file: string | null;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** To be awaited before the database is asked: nothing else may be waited for within a transaction. */
export async function placeGrid(kept: KeptResult, files: GridFiles): Promise<PlacedGrid> {
  if (!isMapResult(kept.result)) return { file: null, bytes: null };
  const bytes = encodeGrid(kept.result.grid);
  if (bytes.length < LARGE_BYTES) return { file: null, bytes };
  const name = `${crypto.getRandomValues(new BigUint64Array(2)).join("-")}.grid`;
  return (await files.write(name, bytes)) ? { file: name, bytes: null } : { file: null, bytes };
}

export async function putResult(database: PalisadeDatabase, kept: KeptResult, placed: PlacedGrid): Promise<void> {
  const transaction = database.transaction(["results", "grids"], "readwrite", STRICT);
  const grids = transaction.objectStore("grids");
  void transaction.objectStore("results").put(resultRecord(kept, placed.file), kept.key);
  if (placed.bytes) void grids.put(placed.bytes, kept.key);
  else void grids.delete(kept.key);
  await transaction.done;
}

/** Null where it is gone or damaged. */
export async function readResult(
  run: <T>(work: (database: PalisadeDatabase) => Promise<T>) => Promise<T>,
  key: string,
  files: GridFiles,
): Promise<KeptResult | null> {
  const record = await run(async (database) => parseKeptResult(await database.get("results", key)));
  if (!record) return null;
  const { content, ...facts } = record;
  if (content.kind === "class") return { ...facts, result: content.result };
  const bytes =
    content.file === null ? await run((database) => database.get("grids", key)) : await files.read(content.file);
  const grid = bytes instanceof Uint8Array ? decodeGrid(Uint8Array.from(bytes), content.shape) : null;
  return grid ? { ...facts, result: withGrid(content, grid) } : null;
}

export async function putThreshold(database: PalisadeDatabase, key: string, threshold: number): Promise<void> {
  const transaction = database.transaction("results", "readwrite");
  const record = await transaction.store.get(key);
  if (typeof record === "object" && record !== null && parseKeptResult(record)) {
    void transaction.store.put({ ...record, threshold }, key);
  }
  await transaction.done;
}

/** Newest first. */
export function resultFacts(records: readonly unknown[]): KeptResultFacts[] {
  return parsedResults(records)
    .map(({ content: _, ...facts }) => facts)
    .toSorted((a, b) => b.keptAt - a.keptAt);
}

/** Names of the grid files of results. */
export function filesOf(records: readonly unknown[]): string[] {
  return parsedResults(records)
    .map(({ content }) => (content.kind === "map" ? content.file : null))
    .filter((file) => file !== null);
}

function parsedResults(records: readonly unknown[]): ParsedResult[] {
  return records.map(parseKeptResult).filter((result) => result !== null);
}
