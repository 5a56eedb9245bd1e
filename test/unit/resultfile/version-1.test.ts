import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parseResultFile } from "../../../src/engine/resultfile/parse.ts";
import { isSummarySound } from "../../../src/engine/resultfile/verify.ts";
import { madeClassesRecord, madeClassRecord, madeMapRecord } from "../../support/made-results.ts";

const FILES = {
  "version-1": madeMapRecord,
  "version-1-classes": madeClassesRecord,
  "version-1-class": madeClassRecord,
};

/** Files of test/fixtures/resultfile, written when version 1 was new: whatever changes, they open. */
describe("a result file of version 1", () => {
  it.each(Object.entries(FILES))("opens for ever: %s", async (name, made) => {
    const bytes = await readFile(new URL(`../../fixtures/resultfile/${name}.palisade`, import.meta.url));
    const file = await parseResultFile(new Uint8Array(bytes));
    expect(file.record).toEqual(await made());
    expect(isSummarySound(file)).toBe(true);
  });
});
