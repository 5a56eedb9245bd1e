import { asNumber, badField, type JsonField, member } from "./json-field.ts";
import { type MeasureRange, RANGE_NAMES, type RangeName, type ReferenceRanges } from "./types.ts";
import { asTriple } from "./values.ts";

/** Throws `modelpack/bad-field`. */
export function parseRanges(field: JsonField): ReferenceRanges {
  const measures = member(field, "measures");
  const entries = RANGE_NAMES.map((name): [RangeName, MeasureRange] => [name, parseRange(member(measures, name))]);
  return {
    images: asNumber(member(field, "images"), { min: 1, integer: true }),
    haematoxylin: asTriple(member(field, "haematoxylin"), { min: 0, max: 1 }),
    eosin: asTriple(member(field, "eosin"), { min: 0, max: 1 }),
    // The cast: there is an entry for every name.
    measures: Object.fromEntries(entries) as Record<RangeName, MeasureRange>,
  };
}

function parseRange(field: JsonField): MeasureRange {
  const range = asTriple(field, { min: 0, max: 1e6 });
  if (range[0] > range[1] || range[1] > range[2]) throw badField(field, "low, middle and high in this order");
  return range;
}
