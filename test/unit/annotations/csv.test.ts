import { describe, expect, it } from "vitest";
import { CSV_COLUMNS, regionsToCsv } from "../../../src/engine/annotations/csv.ts";
import { centroidOf } from "../../../src/engine/annotations/rings.ts";
import { necrosisMask } from "../../../src/engine/heatmap/mask.ts";
import { measureMap } from "../../../src/engine/heatmap/measure-map.ts";
import { findRegions, summarize } from "../../../src/engine/heatmap/regions.ts";
import { exampleProvenance } from "../heatmap/provenance-example.ts";
import { gridOfPicture, noiseGrid } from "../heatmap/synthetic-grid.ts";

function csvOf(picture: readonly string[], changes = {}): string {
  const provenance = exampleProvenance(changes);
  const grid = gridOfPicture(picture);
  const mask = necrosisMask(grid, 0.5, { minRegionUm2: 0, maxHoleUm2: 0 }, null);
  const regions = findRegions(grid, mask);
  return regionsToCsv(
    regions,
    summarize(grid, mask, regions, { threshold: 0.5, pixelSize: provenance.pixelSize }),
    provenance,
  );
}

/** RFC 4180 as written down there, one character after another. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[""]];
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows.at(-1)!;
    const char = text[i]!;
    if (isQuoted && char === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i]!;
    else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted || !(char === "," || char === "\r")) row[row.length - 1] += char;
    else if (char === ",") row.push("");
    else if (text[++i] === "\n" && i + 1 < text.length) rows.push([""]);
  }
  return rows;
}

function records(text: string): Record<string, string>[] {
  const [header, ...rows] = parseCsv(text);
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])));
}

describe("regionsToCsv", () => {
  it("is one rectangular table: header, a summary, a row per region", () => {
    const rows = parseCsv(csvOf(["##..", "....", "...#"]));
    expect(rows[0]).toEqual([...CSV_COLUMNS]);
    expect(rows.map((row) => row.length)).toEqual(Array(4).fill(CSV_COLUMNS.length));
    expect(rows.slice(1).map((row) => row[0])).toEqual(["summary", "region", "region"]);
  });

  it("gives centroid, box and area of each region, and areas that add up to the summary's", () => {
    const [summary, ...regions] = records(csvOf(["##..", "....", "..#.", "...."]));
    expect(Number(regions[0]!["centroid_x0_px"])).toBeCloseTo(16.25, 6);
    expect(Number(regions[0]!["centroid_y0_px"])).toBeCloseTo(7.75, 6);
    expect(Number(regions[0]!["bbox_width_px"])).toBeCloseTo(32.5, 6);
    const sum = regions.reduce((total, region) => total + Number(region["area_mm2"]), 0);
    expect(sum).toBeCloseTo(Number(summary!["area_mm2"]), 9);
    expect(Number(summary!["necrosis_percent_of_tissue"])).toBeGreaterThan(0);
    expect(summary!["region_count"]).toBe("2");
  });

  it("says on every row whether the pixel size was assumed", () => {
    const assumed = (changes = {}) => records(csvOf(["#."], changes)).map((row) => row["assumed"]);
    expect(assumed()).toEqual(["yes", "yes"]);
    expect(assumed({ pixelSize: { mppX: 1, mppY: 1, origin: "file" } })).toEqual(["no", "no"]);
    expect(assumed({ pixelSize: null })).toEqual(["unknown", "unknown"]);
    expect(records(csvOf(["#."], { pixelSize: null }))[1]!["area_mm2"]).toBe("");
  });

  it.each([
    ['a "b", c.svs', 'a "b", c.svs'],
    ["two\r\nlines.svs", "two\r\nlines.svs"],
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["@x", "'@x"],
    ["-1+2.svs", "'-1+2.svs"],
    ["+x", "'+x"],
    ["\t=1", "'\t=1"],
  ])("carries the slide name %j without breaking the table or running as a formula", (slideName, expected) => {
    for (const row of records(csvOf(["#."], { slideName }))) expect(row["slide"]).toBe(expected);
  });
});

describe("centroidOf", () => {
  it("takes holes off, far from the origin too", () => {
    const ring = (x: number, y: number, size: number) =>
      [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
        [x, y],
      ] as const;
    const [x, y] = centroidOf({ outer: ring(1e5, 2e5, 4), holes: [[...ring(1e5, 2e5, 2)].reverse()] });
    // Three unit squares of side 2 around centres (3, 1), (1, 3), (3, 3).
    expect(x).toBeCloseTo(1e5 + 7 / 3, 6);
    expect(y).toBeCloseTo(2e5 + 7 / 3, 6);
  });
});

describe("the table of a measured map", () => {
  const pixelSize = { mppX: 0.5, mppY: 0.25, origin: "file" } as const;
  const grid = noiseGrid(60, 50, 11, 3);
  const options = { threshold: 0.5, postProcess: { minRegionUm2: 0, maxHoleUm2: 0 }, pixelSize };
  const measured = measureMap({ grid, ...options }, options.threshold);
  const regions = findRegions(grid, measured.mask);
  const text = regionsToCsv(
    regions,
    summarize(grid, measured.mask, regions, options),
    exampleProvenance({ pixelSize, slideName: null, slideSha256: "ab12cd34".repeat(8) }),
    { measured },
  );
  const [summary, ...foci] = records(text);

  it("holds every number that a map gives, each to nine digits", () => {
    const written = new Set(Object.values(summary!).filter((cell) => cell !== ""));
    const { pixelSizeOrigin, fociBySize, ...rest } = measured.measures;
    expect(pixelSizeOrigin).toBe("file");
    const numbers = Object.entries(rest).flatMap(([name, value]) => {
      const scale = name.startsWith("necrosisFraction") ? 100 : 1;
      return (Array.isArray(value) ? value : [value]).filter((one) => one !== null).map((one) => one * scale);
    });
    expect(numbers.length).toBeGreaterThan(18);
    for (const number of [...numbers, ...fociBySize.flatMap(({ count, areaMm2 }) => [count, areaMm2])]) {
      expect(written).toContain(String(Number(number.toPrecision(9))));
    }
  });

  it("has a line for each focus, with the width of its viable rim, and columns of sizes that add up", () => {
    expect(foci).toHaveLength(measured.measures.focusCount);
    const rims = foci.map((focus) => Number(focus["rim_um"]));
    expect(Math.min(...rims)).toBeCloseTo(measured.measures.narrowestRimUm!, 4);
    expect(Number(foci[0]!["equivalent_diameter_um"])).toBeCloseTo(measured.measures.largestFocusDiameterUm!, 4);
    const counts = CSV_COLUMNS.filter((column) => /^region_count_[\d.f]/.test(column));
    expect(counts.reduce((sum, column) => sum + Number(summary![column]), 0)).toBe(foci.length);
  });

  it("keeps the columns of earlier versions in front, and names the slide by its hash where its name is left out", () => {
    expect(CSV_COLUMNS.slice(0, 4)).toEqual(["row", "region", "centroid_x0_px", "centroid_y0_px"]);
    expect(CSV_COLUMNS[23]).toBe("notice");
    expect(new Set(CSV_COLUMNS).size).toBe(CSV_COLUMNS.length);
    expect(foci[0]!["slide"]).toBe("slide ab12cd34");
    expect(summary).toMatchObject({ extent: "whole", trust: "not checked", stride_px: "8", backend: "WASM" });
  });
});
