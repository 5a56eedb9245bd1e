import { type TiffImage, writeTiff } from "../slide/tiff/write-tiff.ts";
import { gridOfClass } from "./class-labels.ts";
import { type Provenance, provenanceRecord } from "./provenance.ts";
import type { ConfidenceGrid } from "./types.ts";

/**
 * The map as a tiled float32 TIFF, one value per cell, NaN where nothing was computed. ImageDescription is JSON: `format`,
 * `version`, `scale0X` and `scale0Y` (level-0 pixels per value), `originX0` and `originY0` (level-0 position of the first value's upper left
 * corner), and the provenance. Resolution tags give the size of a value on the slide where the pixel size is known. A grid of several
 * classes gives a page for each, in their order, with its name as `class`; a lone grid may name its one class.
 */
export function encodeConfidenceTiff(
  grid: ConfidenceGrid,
  provenance: Provenance,
  classes: readonly string[] = [],
): Uint8Array<ArrayBuffer> {
  if (!grid.classes) return writeTiff([pageOf(grid, provenance, classes[0])]);
  return writeTiff(
    Array.from({ length: grid.classes.count }, (_, k) =>
      pageOf(gridOfClass(grid, k), provenance, classes[k] ?? `${k}`),
    ),
  );
}

function pageOf(grid: ConfidenceGrid, provenance: Provenance, className: string | undefined): TiffImage {
  const { pixelSize } = provenance;
  const description = {
    format: "palisade-confidence",
    version: 1,
    scale0X: grid.stride0X,
    scale0Y: grid.stride0Y,
    originX0: 0,
    originY0: 0,
    noData: "NaN",
    ...(className === undefined ? {} : { class: className }),
    ...provenanceRecord(provenance),
  };
  return {
    width: grid.cols,
    height: grid.rows,
    pixels: { kind: "float32", data: grid.values },
    tileWidth: 256,
    tileHeight: 256,
    compression: "deflate",
    description: asciiJson(description),
    software: `Palisade ${provenance.appVersion}`,
    ...(pixelSize === null ? {} : { mppX: pixelSize.mppX * grid.stride0X, mppY: pixelSize.mppY * grid.stride0Y }),
  };
}

/** TIFF's text is 7-bit ASCII; other characters are escaped, which JSON parsers undo. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\u0020-\u007e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
