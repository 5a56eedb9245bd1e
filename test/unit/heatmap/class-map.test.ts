import { describe, expect, it } from "vitest";
import { classLabels, gridOfClass, NO_CLASS } from "../../../src/engine/heatmap/class-labels.ts";
import { classMap, classRegions, renderClasses } from "../../../src/engine/heatmap/class-map.ts";
import { encodeConfidenceTiff } from "../../../src/engine/heatmap/confidence-tiff.ts";
import { LETTER_CLASSES as CLASSES, gridOfLetters } from "./letter-grid.ts";
import { exampleProvenance } from "./provenance-example.ts";

const SCALE = { mppX: 10, mppY: 10, origin: "file" } as const;

const GRID = gridOfLetters(["nnt.", "nttt", "bttn"]);

describe("a class map", () => {
  it("names the most likely class of each cell of tissue, the first of equal ones", () => {
    const { labels } = classMap(GRID, CLASSES, SCALE);
    expect([...labels]).toEqual([0, 0, 1, NO_CLASS, 0, 1, 1, 1, 2, 1, 1, 0]);
    const equal = Float32Array.of(0.2, 0.5, 0.4, 0.5, 0.4, 0);
    expect([...classLabels({ count: 3, values: equal }, Uint8Array.of(1, 1))]).toEqual([1, 0]);
  });

  it("has areas that add up to the tissue, in mm² where the pixel size is known", () => {
    const { areas } = classMap(GRID, CLASSES, SCALE);
    expect(areas.map(({ name, area0 }) => [name, area0])).toEqual([
      ["Necrosis", 400],
      ["Cellular tumour", 600],
      ["Background", 100],
    ]);
    expect(areas[1]?.fraction).toBeCloseTo(6 / 11, 12);
    expect(areas[1]?.mm2).toBeCloseTo(0.06, 12);
    expect(classMap(GRID, CLASSES, null).areas[0]?.mm2).toBeNull();
  });

  it("tells how far each share moves with 0.1 less or more confidence of the class", () => {
    // Cells of 10 pixels: n leads by 0.05, by 0.3, and trails by 0.08.
    const values = Float32Array.of(0.45, 0.6, 0.4, 0.4, 0.3, 0.48, 0.15, 0.1, 0.12);
    const { classes: _, ...alone } = gridOfLetters(["nnt"]);
    const { areas } = classMap({ ...alone, classes: { count: 3, values } }, CLASSES, SCALE);
    const ranges = areas.map(({ range }) => range.map((share) => Math.round(3 * share)));
    expect(areas.map(({ fraction }) => Math.round(3 * fraction))).toEqual([2, 1, 0]);
    expect(ranges).toEqual([
      [1, 3],
      [0, 2],
      [0, 0],
    ]);
  });

  it("has the confidence of any class as a map of its own", () => {
    const tumour = gridOfClass(GRID, 1);
    expect(tumour.classes).toBeUndefined();
    expect(tumour.values[2]).toBeCloseTo(0.8, 6);
    expect(() => gridOfClass(GRID, 3)).toThrow("a class below 3");
    expect(() => gridOfClass(tumour, 0)).toThrow("a class below 0");
  });

  it("has outlines by class, without specks and corner contacts", () => {
    const map = classMap(GRID, CLASSES, SCALE);
    const all = classRegions(GRID, map, 0, { minRegionUm2: 0, pixelSize: SCALE });
    expect(all.map(({ area0 }) => area0)).toEqual([300, 100]);
    const large = classRegions(GRID, map, 0, { minRegionUm2: 20_000, pixelSize: SCALE });
    expect(large.map(({ area0 }) => area0)).toEqual([300]);
    expect(large[0]?.meanConfidence).toBeCloseTo(0.8, 6);
  });

  it("is drawn in the colours of the classes, background and glass clear", () => {
    const { data } = renderClasses(GRID, classMap(GRID, CLASSES, SCALE).labels, CLASSES);
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
    expect([...data.subarray(8, 12)]).toEqual([0, 158, 115, 255]);
    expect(data[3 * 4 + 3]).toBe(0);
    expect(data[8 * 4 + 3]).toBe(0);
  });

  it("refuses a grid that does not have these classes", () => {
    expect(() => classMap(gridOfClass(GRID, 0), CLASSES, SCALE)).toThrow("Expected 3 classes");
  });
});

it("the float TIFF has a page for each class, with its name", () => {
  const bytes = encodeConfidenceTiff(
    GRID,
    exampleProvenance(),
    CLASSES.map(({ name }) => name),
  );
  const text = new TextDecoder("latin1").decode(bytes);
  for (const { name } of CLASSES) expect(text).toContain(`"class":"${name}"`);
  expect(text.split('"format":"palisade-confidence"')).toHaveLength(4);
});
