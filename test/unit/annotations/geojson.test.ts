import GeometryFactory from "jsts/org/locationtech/jts/geom/GeometryFactory.js";
import GeoJSONReader from "jsts/org/locationtech/jts/io/GeoJSONReader.js";
import IsSimpleOp from "jsts/org/locationtech/jts/operation/IsSimpleOp.js";
import IsValidOp from "jsts/org/locationtech/jts/operation/valid/IsValidOp.js";
import { describe, expect, it } from "vitest";
import { regionsToGeoJson } from "../../../src/engine/annotations/geojson.ts";
import { parseGeoJson } from "../../../src/engine/annotations/parse-geojson.ts";
import { RESEARCH_USE_NOTICE } from "../../../src/engine/base/research-use.ts";
import { necrosisMask } from "../../../src/engine/heatmap/mask.ts";
import { findRegions } from "../../../src/engine/heatmap/regions.ts";
import type { ConfidenceGrid, Region } from "../../../src/engine/heatmap/types.ts";
import { exampleProvenance } from "../heatmap/provenance-example.ts";
import { gridOf, gridOfPicture, noiseGrid } from "../heatmap/synthetic-grid.ts";

const KEEP_ALL = { minRegionUm2: 0, maxHoleUm2: 0 };

function regionsOf(grid: ConfidenceGrid): Region[] {
  return findRegions(grid, necrosisMask(grid, 0.5, KEEP_ALL, null));
}

function exportOf(grid: ConfidenceGrid, changes = {}): string {
  return regionsToGeoJson(regionsOf(grid), {
    classification: "Necrosis",
    provenance: exampleProvenance(changes),
  });
}

/** Checks every geometry with JSTS, a port of the JTS that QuPath itself uses, and returns the area that it finds. */
function checkedArea(geoJson: string): number {
  const reader = new GeoJSONReader(new GeometryFactory());
  let area = 0;
  for (const feature of JSON.parse(geoJson).features) {
    const geometry = reader.read(feature.geometry);
    expect(new IsValidOp(geometry).isValid()).toBe(true);
    expect(new IsSimpleOp(geometry).isSimple()).toBe(true);
    area += geometry.getArea();
  }
  return area;
}

function chequers(cols: number, rows: number, size: number): ConfidenceGrid {
  return gridOf(
    cols,
    rows,
    Array.from({ length: cols * rows }, (_, i) => {
      const col = Math.floor((i % cols) / size);
      const row = Math.floor(i / cols / size);
      return (col + row) % 2 === 0 ? 0.9 : 0.1;
    }),
  );
}

const AWKWARD: readonly (readonly [string, ConfidenceGrid])[] = [
  ["single cells of a chequerboard", chequers(15, 12, 1)],
  ["larger squares that touch by their corners", chequers(16, 16, 4)],
  ["rings within rings", gridOfPicture(["#######", "#.....#", "#.###.#", "#.#.#.#", "#.###.#", "#.....#", "#######"])],
  ["holes that touch each other by a corner", gridOfPicture(["#####", "#.###", "##.##", "###.#", "#####"])],
  ["a hole that touches the outside by a corner", gridOfPicture(["####", "##.#", "###.", "####"])],
  ["everything", gridOfPicture(["####", "####"])],
  ["only the border", gridOfPicture(["####", "#..#", "####"])],
  ["one row", gridOfPicture(["##.#.##"])],
  ["one cell", gridOfPicture(["#"])],
];

describe("regionsToGeoJson", () => {
  it.each(AWKWARD)("is valid and simple: %s", (_name, grid) => {
    const expected = regionsOf(grid).reduce((sum, region) => sum + region.area0, 0);
    // Points are rounded to a thousandth of a pixel.
    expect(Math.abs(checkedArea(exportOf(grid)) - expected)).toBeLessThan(
      1e-3 * (grid.width0 + grid.height0) * grid.cols,
    );
  });

  it("is valid and simple, and keeps the area, whatever the noise", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const grid = noiseGrid(40, 33, seed, seed % 5);
      const expected = regionsOf(grid).reduce((sum, region) => sum + region.area0, 0);
      expect(Math.abs(checkedArea(exportOf(grid)) / expected - 1)).toBeLessThan(1e-4);
    }
  });

  it("runs outer rings counter-clockwise and holes clockwise", () => {
    const [region] = parseGeoJson(exportOf(gridOfPicture(["####", "#..#", "####"])));
    const area = (ring: readonly (readonly [number, number])[]) =>
      ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]) / 2, 0);
    expect(area(region!.polygons[0]!.outer)).toBeGreaterThan(0);
    expect(area(region!.polygons[0]!.holes[0]!)).toBeLessThan(0);
  });

  it("is what QuPath reads as annotations: id, class with colour, numbers as measurements, texts as metadata", () => {
    const { type, features } = JSON.parse(exportOf(gridOfPicture(["##..", "....", "...#"])));
    expect(type).toBe("FeatureCollection");
    expect(features).toHaveLength(2);
    const [first] = features;
    expect(first.type).toBe("Feature");
    expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first.properties.objectType).toBe("annotation");
    expect(first.properties.classification).toEqual({ name: "Necrosis", color: [255, 204, 0] });
    expect(first.properties.measurements["Area px^2"]).toBeCloseTo(2 * 16.25 * 15.5, 6);
    expect(first.properties.measurements["Area mm^2"]).toBeCloseTo((2 * 16.25 * 15.5 * 0.5 * 0.25) / 1e6, 12);
    expect(Object.values(first.properties.metadata).every((value) => typeof value === "string")).toBe(true);
  });

  it("gives the same ids for the same result, and others for another region or slide", () => {
    const ids = (text: string): string[] => JSON.parse(text).features.map((feature: { id: string }) => feature.id);
    const grid = noiseGrid(40, 33, 3, 2);
    const first = ids(exportOf(grid));
    expect(ids(exportOf(grid))).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    expect(ids(exportOf(grid, { slideName: "other.svs" })).some((id) => first.includes(id))).toBe(false);
  });

  it("says where it comes from, that the pixel size was assumed, and that it is for research", () => {
    const text = exportOf(gridOfPicture(["#"]));
    const { palisade, features } = JSON.parse(text);
    expect(palisade.assumed).toBe(true);
    expect(palisade.notice).toBe(RESEARCH_USE_NOTICE);
    expect(palisade.pack).toEqual({ id: "necrosis-lowpower", sha256: "ab".repeat(32) });
    expect(features[0].properties.metadata["Pixel size"]).toContain("assumed");
    expect(features[0].properties.metadata.Notice).toBe(RESEARCH_USE_NOTICE);
  });

  it("leaves square millimetres out when the pixel size is unknown, and writes an empty collection without regions", () => {
    const { features } = JSON.parse(exportOf(gridOfPicture(["#"]), { pixelSize: null }));
    expect(features[0].properties.measurements).not.toHaveProperty("Area mm^2");
    expect(JSON.parse(exportOf(gridOfPicture(["."]))).features).toEqual([]);
  });
});

describe("parseGeoJson", () => {
  it("reads back what was written", () => {
    const regions = regionsOf(noiseGrid(30, 30, 9, 3));
    const shapes = parseGeoJson(
      regionsToGeoJson(regions, { classification: "Necrosis", provenance: exampleProvenance() }),
    );
    expect(shapes).toHaveLength(regions.length);
    shapes.forEach((shape, index) => {
      expect(shape.classification).toBe("Necrosis");
      expect(shape.polygons[0]!.holes).toHaveLength(regions[index]!.holes.length);
      shape.polygons[0]!.outer.forEach(([x, y], at) => {
        expect(x).toBeCloseTo(regions[index]!.outer[at]![0], 2);
        expect(y).toBeCloseTo(regions[index]!.outer[at]![1], 2);
      });
    });
  });

  it("reads QuPath's other ways: an array of features, a MultiPolygon, no class, an open ring", () => {
    const square = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ];
    const feature = { type: "Feature", geometry: { type: "MultiPolygon", coordinates: [[square], [square]] } };
    const [shape] = parseGeoJson(JSON.stringify([feature]));
    expect(shape!.polygons).toHaveLength(2);
    expect(shape!.classification).toBeNull();
    expect(shape!.polygons[0]!.outer.at(-1)).toEqual([0, 0]);
  });

  it.each([
    ["not JSON", "<xml>", "not JSON"],
    [
      "another type",
      '{"type":"Point","coordinates":[1,2]}',
      'Expected a Polygon or MultiPolygon as the geometry of the GeoJSON file, found "Point"',
    ],
    [
      "no features",
      '{"type":"FeatureCollection"}',
      "Expected an array of features as features of the GeoJSON file, found nothing",
    ],
    ["a broken point", '{"type":"Polygon","coordinates":[[[0,0],[1,"a"],[1,1]]]}', "point 2 of ring 1"],
    ["a ring of two points", '{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}', "at least three points"],
    ["a missing geometry", '[{"type":"Feature","geometry":null}]', "the geometry of feature 1"],
    ["a number", "7", "found 7"],
  ])("refuses %s with a sentence", (_name, text, message) => {
    expect(() => parseGeoJson(text)).toThrow(message);
  });
});
