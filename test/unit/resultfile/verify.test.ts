import { describe, expect, it } from "vitest";
import type { AnalysisResult } from "../../../src/engine/analysis/types.ts";
import type { MapRecord } from "../../../src/engine/resultfile/types.ts";
import { verdictWords, verifyRun } from "../../../src/engine/resultfile/verify.ts";
import { madeClassesRecord, madeClassRecord, madeMapRecord } from "../../support/made-results.ts";

/** The same run again, every confidence moved by `shift`. */
function again({ result }: MapRecord, shift = 0, parts: Partial<AnalysisResult> = {}): AnalysisResult {
  const { grid } = result;
  const values = Float32Array.from(grid.values, (value) => value + shift);
  return { ...result, grid: { ...grid, values, tissue: grid.tissue.slice() }, ...parts };
}

const SAME = { packSha256: "d".repeat(64), appVersion: "0.1.0" };

describe("a second run of a map", () => {
  it("with the same bits is identical", async () => {
    const record = await madeMapRecord();
    const found = verifyRun(record, { ...SAME, result: again(record) });
    expect(found).toMatchObject({ verdict: "identical", largest: 0, mean: 0, compared: 740, isConfirmed: true });
    expect(found.circumstances).toEqual([]);
    expect(verdictWords(found)).toBe("Identical: all 740 confidences are the same to the last bit.");
  });

  it("agrees within the tolerance, and tells the largest and the mean difference and both shares", async () => {
    const record = await madeMapRecord();
    const found = verifyRun(record, { ...SAME, result: again(record, 1e-4) });
    expect(found.verdict).toBe("within");
    expect(found.isConfirmed).toBe(true);
    expect(found.largest).toBeCloseTo(1e-4, 6);
    expect(found.mean).toBeCloseTo(1e-4, 6);
    expect(verdictWords(found)).toMatch(/^Agrees within the tolerance of 0.01: largest difference .* 0.00010, .*%/);
  });

  it("differs from a larger difference on, and says what differs", async () => {
    const record = await madeMapRecord();
    const found = verifyRun(record, { ...SAME, result: again(record, 0.03) });
    expect(found).toMatchObject({ verdict: "differs", isConfirmed: false });
    expect(found.differences.join(" ")).toMatch(
      /Confidences lie up to 0.030 apart; 0.01 is allowed.*Shares of the tissue/,
    );
  });

  it("differs where other tissue was found, or another lattice laid", async () => {
    const record = await madeMapRecord();
    const other = again(record);
    other.grid.tissue[50] = 0;
    expect(verifyRun(record, { ...SAME, result: other }).differences).toEqual([
      "1 cells are tissue in one and not in the other.",
    ]);
    const { grid } = record.result;
    const wider = again(record, 0, { grid: { ...grid, cols: 80, rows: 10 } });
    expect(verifyRun(record, { ...SAME, result: wider })).toMatchObject({ verdict: "differs", compared: 0 });
  });

  it("looks at every class", async () => {
    const record = await madeClassesRecord();
    const { grid } = record.result;
    const values = grid.classes!.values.slice();
    values[values.length - 1]! += 0.5;
    const classes = { count: 3, values };
    const result = again(record, 0, { grid: { ...grid, values: values.subarray(0, 800), classes } });
    expect(verifyRun(record, { ...SAME, result })).toMatchObject({
      verdict: "differs",
      largest: expect.closeTo(0.5, 6),
    });
  });

  it("by another model is not confirmed, whatever the numbers; another program or backend is told", async () => {
    const record = await madeMapRecord();
    const backend = { ...record.result.backend, name: "native", runtime: "made 2" } as const;
    const found = verifyRun(record, {
      packSha256: "e".repeat(64),
      appVersion: "0.2.0",
      result: again(record, 0, { backend }),
    });
    expect(found).toMatchObject({ verdict: "identical", isConfirmed: false });
    expect(found.circumstances).toHaveLength(3);
    expect(found.circumstances[0]).toContain(
      '"Made pack" has other bytes here: SHA-256 eeeeeeeeeeee in place of dddddddddddd',
    );
    expect(found.circumstances[1]).toContain("Palisade 0.1.0 and checked by 0.2.0");
    expect(found.circumstances[2]).toContain("native (made 2)");
  });
});

describe("a second run of a class", () => {
  it("is identical, within the tolerance, or another class", async () => {
    const record = await madeClassRecord();
    expect(verifyRun(record, { ...SAME, result: record.result }).verdict).toBe("identical");
    const near = { ...record.result, probabilities: [0.1801, 0.8199] };
    expect(verifyRun(record, { ...SAME, result: near }).verdict).toBe("within");
    const other = { ...record.result, predicted: "tumour", probabilities: [0.6, 0.4] };
    expect(verifyRun(record, { ...SAME, result: other }).differences.join(" ")).toMatch(
      /class is tumour in place of haemorrhage/,
    );
    const fewer = { ...record.result, kept: Int32Array.of(0) };
    expect(verifyRun(record, { ...SAME, result: fewer }).verdict).toBe("differs");
  });
});
