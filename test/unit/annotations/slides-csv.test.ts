import { describe, expect, it } from "vitest";
import { type SlideFigures, type SlideLine, slidesToCsv } from "../../../src/engine/annotations/slides-csv.ts";
import { measureMap } from "../../../src/engine/heatmap/measure-map.ts";

const PIXEL_SIZE = { mppX: 10, mppY: 10, origin: "assumed" } as const;

const { measures } = measureMap(
  {
    grid: {
      ...{ cols: 4, rows: 2, stride0X: 1000, stride0Y: 1000, width0: 4000, height0: 2000 },
      values: Float32Array.of(0.9, 0.1, 0.1, 0.6, 0.1, 0.1, 0.1, 0.1),
      tissue: new Uint8Array(8).fill(1),
    },
    postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
    pixelSize: PIXEL_SIZE,
  },
  0.55,
);

const FIGURES: SlideFigures = {
  packId: "necrosis",
  packName: "Necrosis",
  packSha256: "ab",
  appVersion: "1.2.3",
  backend: "WASM",
  startedAt: "2026-01-01T00:00:00.000Z",
  seconds: 12,
  pixelSize: PIXEL_SIZE,
  measures,
  classes: [],
  found: null,
  trust: { light: "amber", reasons: ["Paler than the training slides.", "=1+2"] },
};

const DONE: SlideLine = {
  name: "=HYPERLINK(1).svs",
  fingerprint: "f00d",
  byteSize: 1234,
  size: { width0: 4000, height0: 2000 },
  pixelSize: PIXEL_SIZE,
  state: "done",
  errorCode: null,
  figures: FIGURES,
};

const FAILED: SlideLine = {
  ...DONE,
  ...{ name: 'Müller, "A".svs', fingerprint: null, size: null, pixelSize: null, figures: null },
  state: "failed",
  errorCode: "slide/truncated",
};

function cellsOf(text: string): Record<string, string>[] {
  const [header = "", ...lines] = text.trimEnd().split("\r\n");
  const split = (line: string) =>
    Array.from(line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g), ([, cell = ""]) => cell.replace(/^"|"$/g, ""));
  const names = split(header);
  return lines.map((line) => Object.fromEntries(split(line).map((cell, i) => [names[i] ?? "", cell])));
}

describe("the table of a batch", () => {
  it("has a line a slide with all numbers, their ranges and where they come from", () => {
    const [line] = cellsOf(slidesToCsv([DONE], { hasNames: false }));
    expect(line).toMatchObject({
      slide: "1",
      fingerprint_sha256: "f00d",
      state: "done",
      necrosis_percent_of_tissue: "25",
      necrosis_percent_at_higher_threshold: "12.5",
      necrosis_percent_at_lower_threshold: "25",
      necrosis_mm2: "200",
      tissue_mm2: "800",
      foci: "2",
      trust_light: "amber",
      threshold: "0.55",
      mpp_x_um: "10",
      pixel_size_origin: "assumed",
      pack: "necrosis",
      pack_sha256: "ab",
      app_version: "1.2.3",
      seconds: "12",
    });
    expect(line?.["notice"]).toMatch(/research/i);
  });

  it("holds no name of a file unless it is asked for, not in the errors either", () => {
    const text = slidesToCsv([DONE, FAILED], { hasNames: false });
    expect(text).not.toMatch(/HYPERLINK|Müller|file_name/);
    expect(cellsOf(text)[1]).toMatchObject({ slide: "2", state: "failed", error: "slide/truncated", foci: "" });
  });

  it("gives names that no spreadsheet runs, and that no comma splits", () => {
    const text = slidesToCsv([DONE, FAILED], { hasNames: true });
    expect(text).toContain("\r\n1,'=HYPERLINK(1).svs,f00d,done,");
    expect(text).toContain('\r\n2,"Müller, ""A"".svs",,failed,');
  });

  it("has two columns for each class of a pack of several", () => {
    const classes = [
      { name: "Viable tumour", fraction: 0.75, mm2: 6 },
      { name: "Necrosis", fraction: 0.25, mm2: null },
    ];
    const [line] = cellsOf(
      slidesToCsv([{ ...DONE, figures: { ...FIGURES, measures: null, classes } }], { hasNames: false }),
    );
    expect(line).toMatchObject({ class_viable_tumour_percent_of_tissue: "75", class_viable_tumour_mm2: "6" });
    expect(line).toMatchObject({ class_necrosis_percent_of_tissue: "25", class_necrosis_mm2: "" });
  });
});
