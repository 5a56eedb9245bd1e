/**
 * Writes the table of the pack haemorrhage-20x from the labels of the 20x tiles: haemorrhage on at least 10 % of the tile against
 * tumour on at least 95 % of it, a line per tile, grouped by patient.
 *
 *     node --import tsx tools/packs/haemorrhage-table.ts LABELS.csv TABLE.csv
 *
 * LABELS.csv has the columns file, patient, tumour, haemorrhage (fractions of the area) and its tiles in the folder `images` beside it.
 */
import { readFile, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { csvRows } from "../../src/cli/csv-rows.ts";

/** Micrometres per pixel of the tiles: 20x, inferred (docs/accuracy.md). */
const TILE_MPP = 0.456;
const HAEMORRHAGE_FROM = 0.1;
const TUMOUR_FROM = 0.95;

export function haemorrhageTable(labels: string, imageFolder: string): string {
  const [head, ...rows] = csvRows(labels);
  const column = (name: string): number => {
    const index = head?.fields.indexOf(name) ?? -1;
    if (index >= 0) return index;
    throw new Error(`Expected the column ${name} in the labels, found ${head?.fields.join(", ") ?? "an empty file"}.`);
  };
  const [file, patient, tumour, haemorrhage] = ["file", "patient", "tumour", "haemorrhage"].map(column) as [
    number,
    number,
    number,
    number,
  ];
  const lines = rows.flatMap(({ fields }) => {
    const label = labelOf(Number(fields[haemorrhage]), Number(fields[tumour]));
    return label === null ? [] : [`${imageFolder}/${fields[file]},${label},${fields[patient]},${TILE_MPP}`];
  });
  return `${["image,label,group,mpp", ...lines].join("\n")}\n`;
}

function labelOf(haemorrhage: number, tumour: number): "haemorrhage" | "tumour" | null {
  if (haemorrhage >= HAEMORRHAGE_FROM) return "haemorrhage";
  return tumour >= TUMOUR_FROM ? "tumour" : null;
}

async function main([labelsPath, tablePath]: readonly string[]): Promise<void> {
  if (labelsPath === undefined || tablePath === undefined) {
    throw new Error("Usage: node --import tsx tools/packs/haemorrhage-table.ts LABELS.csv TABLE.csv");
  }
  const images = relative(dirname(resolve(tablePath)), resolve(dirname(labelsPath), "images")).replaceAll("\\", "/");
  await writeFile(tablePath, haemorrhageTable(await readFile(labelsPath, "utf8"), images));
}

if (import.meta.filename === process.argv[1]) await main(process.argv.slice(2));
