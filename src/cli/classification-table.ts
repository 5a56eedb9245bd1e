import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, parse } from "node:path";
import { AppError } from "../engine/base/errors.ts";
import { type CsvRow, csvRows } from "./csv-rows.ts";

/** A line of a classification table. */
export interface TableImage {
  /** As the table writes it: the path relative to the table. */
  readonly name: string;
  readonly path: string;
  /** File name without folder and ending, where no other image of the table has the same; else `name`. For the record of a training. */
  readonly shortName: string;
  readonly label: string;
  readonly group: string;
  /** Micrometres per pixel; null where the table does not say. */
  readonly mpp: number | null;
}

const COLUMNS = ["image", "label", "group"] as const;

/**
 * Reads a CSV with the columns `image` (path, relative to the CSV), `label`, `group` (patient or slide) and, where wanted, `mpp`, in
 * any order; other columns are passed over. Throws `cli/io` when the file cannot be read, `training/bad-data` naming line and column
 * for everything that is missing or wrong.
 */
export async function readClassificationTable(path: string): Promise<TableImage[]> {
  return parseClassificationTable(await readText(path), path);
}

export function parseClassificationTable(text: string, path: string): TableImage[] {
  const [head, ...rows] = csvRows(text);
  const names = head?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  for (const column of COLUMNS) {
    if (names.filter((name) => name === column).length === 1) continue;
    const found = names.length === 0 ? "an empty file" : names.map((name) => `"${name}"`).join(", ");
    throw bad(path, `the columns image, label, group and perhaps mpp, once each, in the first line, found ${found}`);
  }
  if (rows.length === 0) throw bad(path, "a line for each image, found none");
  const images = withShortNames(rows.map((row) => parseRow(row, names, path)));
  const seen = new Map<string, number>();
  images.forEach(({ name }, index) => {
    const line = rows[index]!.line;
    const before = seen.get(name);
    if (before !== undefined) throw bad(path, `each image once, found "${name}" in lines ${before} and ${line}`);
    seen.set(name, line);
  });
  return images;
}

function withShortNames(images: readonly Omit<TableImage, "shortName">[]): TableImage[] {
  const counts = new Map<string, number>();
  for (const { path } of images) counts.set(parse(path).name, (counts.get(parse(path).name) ?? 0) + 1);
  return images.map((image) => {
    const short = parse(image.path).name;
    return { ...image, shortName: counts.get(short) === 1 ? short : image.name };
  });
}

function parseRow({ line, fields }: CsvRow, names: readonly string[], path: string): Omit<TableImage, "shortName"> {
  if (fields.length !== names.length) {
    throw bad(path, `${names.length} fields in line ${line} as in the first line, found ${fields.length}`);
  }
  const value = (column: string): string => fields[names.indexOf(column)]?.trim() ?? "";
  for (const column of COLUMNS) {
    if (value(column) === "") throw bad(path, `a value for ${column} in line ${line}, found none`);
  }
  const image = value("image");
  return {
    name: image,
    path: isAbsolute(image) ? image : join(dirname(path), image),
    label: value("label"),
    group: value("group"),
    mpp: names.includes("mpp") ? parseMppField(value("mpp"), line, path) : null,
  };
}

function parseMppField(text: string, line: number, path: string): number | null {
  if (text === "") return null;
  const mpp = Number(text);
  if (mpp > 0 && mpp < 1000) return mpp;
  throw bad(path, `micrometres per pixel such as 0.5 for mpp in line ${line}, found "${text}"`);
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (cause) {
    const found = cause instanceof TypeError ? "one that is not UTF-8 text" : "no readable file";
    throw new AppError("cli/io", `Expected a table (CSV) at ${path}, found ${found}.`, {}, { cause });
  }
}

function bad(path: string, expectedAndFound: string): AppError {
  return new AppError("training/bad-data", `Expected in the table ${path} ${expectedAndFound}.`);
}
