import { type Zippable, zipSync } from "fflate";
import { type EntryName, MANIFEST } from "./format.ts";
import { writeManifest } from "./manifest.ts";
import { encodeMap } from "./map-file.ts";
import { mapFindings } from "./map-findings.ts";
import { encodePatches } from "./patches-file.ts";
import { classSummary, recordToJson } from "./record-json.ts";
import type { ResultPictures, ResultRecord } from "./types.ts";

/** Earliest date that a zip can hold, so that the same result gives the same bytes. */
const ZIP_EPOCH = "1980-01-01T00:00:00";
const DEFLATE_LEVEL = 6;

/**
 * The result as one file: the same record and pictures give the same bytes, whenever and wherever. `appVersion`: of the program that
 * writes it.
 */
export async function writeResultFile(
  record: ResultRecord,
  pictures: ResultPictures,
  appVersion: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const entries = new Map<EntryName, Uint8Array<ArrayBuffer>>(contentOf(record));
  entries.set("thumbnail.jpg", pictures.thumbnail);
  if (pictures.overview) entries.set("overview.jpg", pictures.overview);
  const manifest = await writeManifest(entries, appVersion);
  const files: Zippable = { [MANIFEST]: [manifest, { level: DEFLATE_LEVEL }] };
  for (const [name, bytes] of entries) files[name] = [bytes, { level: name.endsWith(".jpg") ? 0 : DEFLATE_LEVEL }];
  return zipSync(files, { mtime: ZIP_EPOCH });
}

function contentOf(record: ResultRecord): [EntryName, Uint8Array<ArrayBuffer>][] {
  const text = (value: string) => new TextEncoder().encode(value);
  if (record.kind === "class") {
    return [
      ["result.json", text(recordToJson(record, classSummary(record)))],
      ["patches.bin", encodePatches(record.result)],
    ];
  }
  const { summary, geoJson } = mapFindings(record);
  return [
    ["result.json", text(recordToJson(record, summary))],
    ["map.bin", encodeMap(record.result.grid)],
    ["outlines.geojson", text(geoJson)],
  ];
}
