import { writeTiff } from "../slide/write-tiff.ts";
import { type Provenance, provenanceRecord } from "./provenance.ts";
import type { ConfidenceGrid } from "./types.ts";

/**
 * The map as a tiled float32 TIFF, one value per cell, NaN where nothing was computed. ImageDescription is JSON: `format`,
 * `version`, `scale0X` and `scale0Y` (level-0 pixels per value), `originX0` and `originY0` (level-0 position of the first value's upper left
 * corner), and the provenance. Resolution tags give the size of a value on the slide where the pixel size is known.
 */
export function encodeConfidenceTiff(grid: ConfidenceGrid, provenance: Provenance): Uint8Array<ArrayBuffer> {
  const { pixelSize } = provenance;
  const description = {
    format: "palisade-confidence",
    version: 1,
    scale0X: grid.stride0X,
    scale0Y: grid.stride0Y,
    originX0: 0,
    originY0: 0,
    noData: "NaN",
    ...provenanceRecord(provenance),
  };
  return writeTiff([
    {
      width: grid.cols,
      height: grid.rows,
      pixels: { kind: "float32", data: grid.values },
      tileWidth: 256,
      tileHeight: 256,
      compression: "deflate",
      description: asciiJson(description),
      software: `Palisade ${provenance.appVersion}`,
      ...(pixelSize === null ? {} : { mppX: pixelSize.mppX * grid.stride0X, mppY: pixelSize.mppY * grid.stride0Y }),
    },
  ]);
}

/** TIFF's text is 7-bit ASCII; other characters are escaped, which JSON parsers undo. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\u0020-\u007e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
