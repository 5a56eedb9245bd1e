import type { RunSubject } from "../state/kept.ts";
import type { Fields } from "./fields.ts";

/** As `RunSubject` is written into the records of results and checkpoints. */
export function parseSubject(fields: Fields): RunSubject {
  return {
    slide: fields.text("slide"),
    kind: fields.oneOf("kind", ["map", "class"]),
    packId: fields.text("packId"),
    packName: fields.text("packName"),
    packSha256: fields.text("packSha256"),
    pixelSize: parsePixelSize(fields.fields("pixelSize")),
    stride: fields.number("stride"),
    colour: fields.oneOf("colour", ["stored", "srgb"]),
    focalPlane: fields.count("focalPlane"),
    numbersVersion: fields.count("numbersVersion"),
  };
}

export function parsePixelSize(fields: Fields): RunSubject["pixelSize"] {
  return {
    mppX: fields.number("mppX"),
    mppY: fields.number("mppY"),
    origin: fields.oneOf("origin", ["file", "assumed"]),
  };
}
