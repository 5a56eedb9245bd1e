import { expect, test } from "vitest";
import { parseTrustReport } from "../../../src/engine/trust/parse.ts";
import { trustLine, trustRecord } from "../../../src/engine/trust/record.ts";
import { lookAt, madeSquare, madeTissue, slideOf } from "./slides.ts";

test("a report survives being written and read", async () => {
  const report = await lookAt(slideOf(madeTissue(256)));
  expect(parseTrustReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

test("damage is named by its field", async () => {
  const report = await lookAt(slideOf(madeTissue(256)));
  const read = (changes: object) => () => parseTrustReport({ ...report, ...changes });
  expect(read({ light: "blue" })).toThrow("trust.light");
  expect(read({ version: 2 })).toThrow("trust.version");
  expect(read({ checks: [{ ...report.checks[0], facts: { a: [] } }] })).toThrow("trust.checks[0].facts.a");
  expect(() => parseTrustReport("green")).toThrow("an object");
});

test("the record for files holds light and sentences", async () => {
  const report = await lookAt(slideOf(madeTissue(256)));
  expect(trustRecord(report)).toMatchObject({
    light: report.light,
    checks: [{ id: "pixel-size" }, {}, {}, {}, {}, {}, {}],
  });
});

test("a table's cell names the light and what is doubted", async () => {
  const empty = await lookAt(slideOf(madeSquare([255, 255, 255], 128)));
  expect(trustLine(empty)).toMatch(/^red: .*No tissue was found/);
  expect(trustLine({ ...empty, light: "green", checks: [], isOverruled: true })).toBe("green Analyzed all the same.");
});
