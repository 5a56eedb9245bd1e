import GeometryFactory from "jsts/org/locationtech/jts/geom/GeometryFactory.js";
import GeoJSONReader from "jsts/org/locationtech/jts/io/GeoJSONReader.js";
import IsValidOp from "jsts/org/locationtech/jts/operation/valid/IsValidOp.js";
import { expect } from "vitest";

export interface CheckedFeature {
  /** Of the polygon as the independent library measures it, level-0 pixels squared. */
  readonly area0: number;
}

/** Expects a FeatureCollection of valid polygons of the class Necrosis, by a library that is not ours. */
export function checkGeoJson(text: string): readonly CheckedFeature[] {
  const collection: unknown = JSON.parse(text);
  expect(collection).toMatchObject({ type: "FeatureCollection" });
  const features: unknown = Reflect.get(Object(collection), "features");
  if (!Array.isArray(features)) throw new TypeError("A FeatureCollection has a list of features.");
  const reader = new GeoJSONReader(new GeometryFactory());
  return features.map((feature: unknown) => {
    expect(feature).toMatchObject({
      type: "Feature",
      geometry: { type: "Polygon" },
      properties: { objectType: "annotation", classification: { name: "Necrosis" } },
    });
    const polygon = reader.read(Reflect.get(Object(feature), "geometry"));
    expect(new IsValidOp(polygon).isValid()).toBe(true);
    return { area0: Number(polygon.getArea()) };
  });
}
