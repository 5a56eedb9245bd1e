import { describe, expect, it } from "vitest";
import { failureReport } from "../../../src/app/report/failure-report.ts";
import { struckOut } from "../../../src/app/report/strike-out.ts";
import { AppError, type ErrorCode } from "../../../src/engine/base/errors.ts";
import { createTestApp } from "./fakes.ts";

const FACTS = {
  appVersion: "0.1.0",
  browser: "Mozilla/5.0 Chrome/150",
  backend: { name: "WASM", reason: "", device: "CPU", runtime: "onnxruntime-web 1.30" },
} as const;

/** Names as patients, case numbers and mischief write them. */
const HOSTILE = [
  "Müller, Jane_S12-34567.svs",
  'Expected "Miller" found none; Jane.svs',
  "Miller\nJane\t1945-03-12.ndpi",
  "C:\\Patients\\Miller Jane\\19450312.tif",
  "$& $1 (Miller) [Jane] {0} .* \\.tif",
  "../../Miller/Jane.tif",
  "Miller Jane",
  "𝕄iller🙂Jane.tif",
  "found none of Miller Jane.tif",
  "Jane’s “Miller”.dcm",
];

const SENTENCES: readonly [ErrorCode, (name: string) => string][] = [
  [
    "slide/truncated",
    (name) => `Expected 12 bytes at byte 8 of ${name}, but the file ends at byte 10: it is incomplete.`,
  ],
  [
    "slide/unreadable",
    (name) => `Expected to read ${name} as it was opened, but the file was changed; choose it again.`,
  ],
  [
    "slide/not-a-slide",
    (name) => `Expected one slide, found 3 files; "${name}" was opened, ${name} and 1 more left out.`,
  ],
  ["slide/malformed", (name) => `Expected a scale in the description, found ${name.slice(0, 9)}; the file is damaged.`],
];

describe("a report of a failure", () => {
  it.each(HOSTILE)("holds nothing of a file named %j", async (name) => {
    const { app } = createTestApp();
    app.messages.hide([name]);
    for (const [code, sentence] of SENTENCES) {
      const cause = new DOMException(`The file ${name} could not be read.`, "NotReadableError");
      const error = new AppError(code, sentence(name), { name, at: 8, path: `/home/${name}` }, { cause });
      const report = failureReport(error, FACTS, app.messages.hidden);
      expect(report).not.toMatch(/miller|müller|jane|34567|1945|patients|home/i);
      expect(report).toContain(`Code: ${code}`);
      expect(report).toContain("Details: at 8");
      expect(report).toContain("2. NotReadableError: ");
    }
  });

  it("holds no quotation of a file that nobody knew of", () => {
    const text = struckOut('Expected a DICOM file, found PatientName "Miller^Jane" 1945; copy it again.', []);
    expect(text).not.toMatch(/miller|1945/i);
    expect(struckOut("The host at https://hospital.test/miller/a.svs?x=1 is away.", [])).toBe(
      "The host at […] is away.",
    );
    expect(struckOut("Expected to open scan_0815.mrxs here.", [])).toBe("Expected to open […] here.");
  });

  it("keeps what helps: versions, what computes, the code, the causes, and where in the program", () => {
    const cause = new RangeError("Offset is outside the bounds of the DataView");
    cause.stack = `RangeError: Offset is outside the bounds of the DataView
    at read (https://hospital.test/palisade/assets/index-B1.js:1:234)
    at file:///home/miller/notes.js:1:1`;
    const report = failureReport(
      new AppError("slide/malformed", "Expected tiles, found none.", {}, { cause }),
      FACTS,
      [],
    );
    expect(report).toContain(
      "Version: 0.1.0\nBrowser: Mozilla/5.0 Chrome/150\nBackend: WASM, CPU, onnxruntime-web 1.30",
    );
    expect(report).toContain("1. AppError: Expected tiles, found none.");
    expect(report).toContain("2. RangeError: Offset is outside the bounds of the DataView\n   at index-B1.js:1:234");
    expect(report).not.toMatch(/hospital|miller/);
  });

  it("knows the names of all files that were dropped, chosen or compared", async () => {
    const { app } = createTestApp();
    await app.slide.openFiles([new File([], "broken-Miller.svs")]);
    await app.comparison.open(new File([], "Jane.geojson"));
    expect([...app.messages.hidden]).toEqual(["broken-Miller.svs", "Jane.geojson"]);
    expect(failureReport(app.messages.alert.value?.error, FACTS, app.messages.hidden)).not.toMatch(/miller|jane/i);
  });
});
