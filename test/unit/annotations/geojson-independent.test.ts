import { check } from "@placemarkio/check-geojson";
import GeometryFactory from "jsts/org/locationtech/jts/geom/GeometryFactory.js";
import GeoJSONReader from "jsts/org/locationtech/jts/io/GeoJSONReader.js";
import IsSimpleOp from "jsts/org/locationtech/jts/operation/IsSimpleOp.js";
import IsValidOp from "jsts/org/locationtech/jts/operation/valid/IsValidOp.js";
import { describe, expect, it } from "vitest";
import { regionsToGeoJson } from "../../../src/engine/annotations/geojson.ts";
import { parseGeoJson } from "../../../src/engine/annotations/parse-geojson.ts";
import { rasterize } from "../../../src/engine/annotations/rasterize.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { necrosisMask } from "../../../src/engine/heatmap/mask.ts";
import { findRegions } from "../../../src/engine/heatmap/regions.ts";
import type { CellMask, ConfidenceGrid } from "../../../src/engine/heatmap/types.ts";
import { exampleProvenance } from "../heatmap/provenance-example.ts";
import { gridOf, gridOfPicture, noiseGrid } from "../heatmap/synthetic-grid.ts";

const PIXEL_SIZE = { mppX: 0.5, mppY: 0.25, origin: "file" } as const;
const THRESHOLD = 0.5;
const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1);

/** Cells that are in or out by chance alone: as many corner contacts, thin bridges and nested holes as there can be. */
function coinGrid(cols: number, rows: number, seed: number, share: number): ConfidenceGrid {
  const random = seededRandom(seed);
  return gridOf(
    cols,
    rows,
    Float64Array.from({ length: cols * rows }, () => (random() < share ? 0.5 + random() / 2 : random() / 2)),
  );
}

/** Squares within squares, each in the hole of the one around it. */
function nested(size: number): ConfidenceGrid {
  return gridOf(
    size,
    size,
    Float64Array.from({ length: size * size }, (_, i) => {
      const col = i % size;
      const row = (i - col) / size;
      return Math.min(col, row, size - 1 - col, size - 1 - row) % 2 === 0 ? 0.9 : 0.1;
    }),
  );
}

const NASTY: readonly (readonly [string, ConfidenceGrid])[] = [
  [
    "a chequerboard",
    gridOf(
      20,
      20,
      Array.from({ length: 400 }, (_, i) => ((i + Math.floor(i / 20)) % 2 === 0 ? 0.9 : 0.1)),
    ),
  ],
  ["squares in the holes of squares", nested(41)],
  ["a diagonal of cells", gridOfPicture(["#...", ".#..", "..#.", "...#"])],
  ["two holes that touch by a corner", gridOfPicture(["######", "#.####", "##.###", "######"])],
  ["a hole that touches the outside by a corner", gridOfPicture(["####", "##.#", "###.", "####"])],
  ["a bridge one cell wide between holes", gridOfPicture(["#######", "#..#..#", "#..#..#", "#######"])],
  ["glass in the middle", gridOfPicture(["#####", "#o#o#", "##o##", "#o#o#", "#####"])],
  ["nothing but one cell at the cut edge", gridOfPicture(["...", "..#"])],
];

/** As the page hands it out, and as the page would take it in for a comparison. */
function roundTrip(grid: ConfidenceGrid, postProcess = { minRegionUm2: 0, maxHoleUm2: 0 }) {
  const mask = necrosisMask(grid, THRESHOLD, postProcess, PIXEL_SIZE);
  const regions = findRegions(grid, mask);
  const text = regionsToGeoJson(regions, {
    classification: "Necrosis",
    provenance: exampleProvenance({ pixelSize: PIXEL_SIZE, width0: grid.width0, height0: grid.height0 }),
  });
  return { mask, regions, text };
}

function expectValid(text: string, expectedAreas0: readonly number[]): void {
  // By RFC 7946: members, types, closed rings of four points and more, no duplicate keys. Throws what is wrong.
  expect(check(text).type).toBe("FeatureCollection");
  const reader = new GeoJSONReader(new GeometryFactory());
  const features: unknown[] = JSON.parse(text).features;
  expect(features).toHaveLength(expectedAreas0.length);
  features.forEach((feature, i) => {
    // By the port of JTS, which QuPath itself uses: no ring touches or crosses itself or another one along a line.
    const polygon = reader.read(Reflect.get(Object(feature), "geometry"));
    expect(new IsValidOp(polygon).isValid()).toBe(true);
    expect(new IsSimpleOp(polygon).isSimple()).toBe(true);
    // Points are rounded to a thousandth of a pixel.
    expect(Math.abs(polygon.getArea() / expectedAreas0[i]! - 1)).toBeLessThan(1e-3);
  });
}

/** No point of a polygon comes twice, so that no ring touches itself or its holes even in a point. */
function expectNoTouch(text: string): void {
  for (const { polygons } of parseGeoJson(text)) {
    for (const { outer, holes } of polygons) {
      const points = [outer, ...holes].flatMap((ring) => ring.slice(1).map(([x, y]) => `${x},${y}`));
      expect(new Set(points).size).toBe(points.length);
    }
  }
}

function expectSameCells(text: string, grid: ConfidenceGrid, mask: CellMask): void {
  const polygons = parseGeoJson(text).flatMap((shape) => shape.polygons);
  const frame = { cols: grid.cols, rows: grid.rows, cell0X: grid.stride0X, cell0Y: grid.stride0Y };
  // The last column and row are cut by the slide's edge, and may end before the middle of a whole cell.
  const cut = {
    x: grid.width0 < (grid.cols - 0.5) * grid.stride0X,
    y: grid.height0 < (grid.rows - 0.5) * grid.stride0Y,
  };
  const back = rasterize(polygons, frame);
  for (let i = 0; i < back.length; i++) {
    const isCut = (cut.x && i % grid.cols === grid.cols - 1) || (cut.y && i >= back.length - grid.cols);
    if (!isCut && back[i] !== mask.data[i])
      throw new Error(`Cell ${i} is ${mask.data[i]} and came back as ${back[i]}.`);
  }
}

describe("GeoJSON as two independent libraries and our own import read it", () => {
  it.each(NASTY)("%s", (_, grid) => {
    const { mask, regions, text } = roundTrip(grid);
    expectValid(
      text,
      regions.map(({ area0 }) => area0),
    );
    expectNoTouch(text);
    expectSameCells(text, grid, mask);
  });

  it.each(SEEDS)("noise of seed %i, from coin tosses to blobs", (seed) => {
    const grids = [
      coinGrid(31, 27, seed, 0.3 + (seed % 5) * 0.12),
      noiseGrid(37, 29, seed, seed % 5),
      noiseGrid(24, 40, seed + 1000, 2),
    ];
    for (const grid of grids) {
      const { mask, regions, text } = roundTrip(grid, { minRegionUm2: 100 * (seed % 3), maxHoleUm2: 200 * (seed % 2) });
      expectValid(
        text,
        regions.map(({ area0 }) => area0),
      );
      expectNoTouch(text);
      expectSameCells(text, grid, mask);
    }
  });

  it("carries area in mm², mean confidence and, for the collection, pack, threshold, trust and the research-use sentence", () => {
    const grid = noiseGrid(30, 30, 5, 3);
    const regions = findRegions(grid, necrosisMask(grid, THRESHOLD, { minRegionUm2: 0, maxHoleUm2: 0 }, PIXEL_SIZE));
    const reason = "The slide is a little blurred: sharpness 0.4, expected 0.6 or more.";
    const text = regionsToGeoJson(regions, {
      classification: "Necrosis",
      provenance: exampleProvenance({
        pixelSize: PIXEL_SIZE,
        trust: {
          version: 1,
          packId: "necrosis-lowpower",
          when: "after",
          light: "amber",
          checks: [{ id: "focus", light: "amber", reason, facts: { sharpness: 0.4 } }],
          isOverruled: false,
        },
        isPartial: true,
      }),
    });
    const { palisade, features } = JSON.parse(text);
    expect(palisade).toMatchObject({
      threshold: 0.5,
      pack: { id: "necrosis-lowpower" },
      extent: "partial",
      trust: { light: "amber", checks: [{ id: "focus", reason }] },
    });
    const sum = features.reduce((all: number, one: { properties: { measurements: Record<string, number> } }) => {
      const { measurements } = one.properties;
      expect(measurements["Mean confidence"]).toBeGreaterThanOrEqual(THRESHOLD);
      return all + (measurements["Area mm^2"] ?? Number.NaN);
    }, 0);
    const area0 = regions.reduce((all, region) => all + region.area0, 0);
    expect(sum).toBeCloseTo((area0 * 0.5 * 0.25) / 1e6, 9);
    expect(features[0].properties.metadata).toMatchObject({ Trust: `amber: ${reason}`, Extent: "partial" });
  });

  it("names the slide by its hash where the name is left out", () => {
    const grid = gridOfPicture(["#"]);
    const { regions } = roundTrip(grid);
    const options = { slideName: null, slideSha256: "1234abcd".repeat(8) };
    const text = regionsToGeoJson(regions, { classification: "Necrosis", provenance: exampleProvenance(options) });
    expect(JSON.parse(text).palisade.slide).toMatchObject({ name: null, sha256: options.slideSha256 });
    expect(text).not.toContain("section 7");
  });
});
