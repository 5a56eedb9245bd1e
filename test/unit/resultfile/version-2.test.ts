import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseResultFile } from "../../../src/engine/resultfile/parse.ts";
import { madeMapRecord } from "../../support/made-results.ts";
import { madeTrust } from "../../support/made-trust.ts";

/** test/fixtures/resultfile/version-2.palisade, written when version 2 was new: whatever changes, it opens. */
describe("a result file of version 2", () => {
  it("opens with the report of how like the training its slide was", async () => {
    const file = await parseResultFile(new Uint8Array(readFileSync("test/fixtures/resultfile/version-2.palisade")));
    const made = await madeMapRecord();
    expect(file.record).toEqual({ ...made, result: { ...made.result, trust: madeTrust() } });
  });
});
