import { AppError } from "../base/errors.ts";
import type { Polygon, Ring } from "./rings.ts";

/** One feature of a GeoJSON file: its polygons (a MultiPolygon has several) in level-0 pixels, and what QuPath calls it. */
export interface ParsedShape {
  readonly polygons: readonly Polygon[];
  /** Name of the class, or null without one. */
  readonly classification: string | null;
  readonly name: string | null;
}

/**
 * Reads a FeatureCollection, a Feature, an array of Features or a bare geometry; Polygon and MultiPolygon are known, rings are
 * returned closed and otherwise as written. Throws `annotations/bad-geojson` with the place of what is wrong.
 */
export function parseGeoJson(text: string): ParsedShape[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError(
      "annotations/bad-geojson",
      "Expected a GeoJSON file, found text that is not JSON; export the annotations again as GeoJSON.",
      {},
      { cause },
    );
  }
  if (Array.isArray(value)) return value.map((feature, index) => parseFeature(feature, `feature ${index + 1}`));
  if (isRecord(value) && value["type"] === "FeatureCollection") {
    const features = value["features"];
    if (!Array.isArray(features)) throw bad("features", "an array of features", features);
    return features.map((feature, index) => parseFeature(feature, `feature ${index + 1}`));
  }
  if (isRecord(value) && value["type"] === "Feature") return [parseFeature(value, "the feature")];
  return [{ polygons: parseGeometry(value, "the geometry"), classification: null, name: null }];
}

function parseFeature(value: unknown, place: string): ParsedShape {
  if (!isRecord(value) || value["type"] !== "Feature") throw bad(place, 'an object of type "Feature"', value);
  const properties = isRecord(value["properties"]) ? value["properties"] : {};
  const classification = isRecord(properties["classification"]) ? properties["classification"]["name"] : null;
  const name = properties["name"];
  return {
    polygons: parseGeometry(value["geometry"], `the geometry of ${place}`),
    classification: typeof classification === "string" ? classification : null,
    name: typeof name === "string" ? name : null,
  };
}

function parseGeometry(value: unknown, place: string): Polygon[] {
  if (!isRecord(value)) throw bad(place, "a Polygon or MultiPolygon", value);
  const coordinates = value["coordinates"];
  if (value["type"] === "Polygon") return [parsePolygon(coordinates, place)];
  if (value["type"] === "MultiPolygon" && Array.isArray(coordinates)) {
    return coordinates.map((polygon, index) => parsePolygon(polygon, `polygon ${index + 1} of ${place}`));
  }
  throw bad(place, "a Polygon or MultiPolygon", value["type"]);
}

function parsePolygon(value: unknown, place: string): Polygon {
  if (!Array.isArray(value)) throw bad(place, "an array of rings", value);
  const [outer, ...holes] = value.map((ring, index) => parseRing(ring, `ring ${index + 1} of ${place}`));
  if (outer === undefined) throw bad(place, "at least one ring", value);
  return { outer, holes };
}

function parseRing(value: unknown, place: string): Ring {
  if (!Array.isArray(value) || value.length < 3) throw bad(place, "at least three points", value);
  const points = value.map((point: unknown, index): readonly [number, number] => {
    const x: unknown = Array.isArray(point) ? point[0] : undefined;
    const y: unknown = Array.isArray(point) ? point[1] : undefined;
    if (typeof x === "number" && typeof y === "number" && Number.isFinite(x) && Number.isFinite(y)) return [x, y];
    throw bad(`point ${index + 1} of ${place}`, "two numbers", point);
  });
  const first = points[0]!;
  const last = points.at(-1)!;
  return first[0] === last[0] && first[1] === last[1] ? points : [...points, first];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bad(place: string, expected: string, found: unknown): AppError {
  const shown = found === undefined ? "nothing" : (JSON.stringify(found) ?? String(found)).slice(0, 60);
  return new AppError(
    "annotations/bad-geojson",
    `Expected ${expected} as ${place} of the GeoJSON file, found ${shown}.`,
  );
}
