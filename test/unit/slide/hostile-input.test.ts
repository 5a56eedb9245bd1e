import { mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { BOMB_OUTCOMES, BOMBS } from "../../fuzz/bombs.ts";
import type { CaseResult } from "../../fuzz/cases.ts";
import { hasHostileFiles } from "../../fuzz/fixtures.ts";
import { reportOf } from "../../fuzz/report.ts";
import { runFuzz } from "../../fuzz/run-fuzz.ts";

const REPORT = "out/fuzz/report.md";
/** Mutations of this run; `npm run fuzz` reads ten thousand. */
const OPTIONS = { seed: 1, count: 1500, isBrief: true };
const TIMEOUT_MS = 600_000;

describe("a slide or one sentence, within 5 s and 256 MB above rest, and the next file opens as before", () => {
  let results: CaseResult[] = [];

  beforeAll(async () => {
    results = await runFuzz(OPTIONS);
    mkdirSync("out/fuzz", { recursive: true });
    writeFileSync(REPORT, reportOf(results, OPTIONS));
  }, TIMEOUT_MS);

  function faultsOf(found: readonly CaseResult[]): string[] {
    const faulty = found.filter(({ outcome }) => outcome === "fault");
    return faulty.map(({ title, kind, faults }) => `${title} (${kind}): ${faults.join("; ")}`);
  }

  test(`for ${OPTIONS.count} damaged slides (${REPORT} tells of each kind)`, () => {
    const mutations = results.filter(({ title }) => title.includes("#"));
    expect(mutations.length).toBe(OPTIONS.count);
    expect(faultsOf(mutations)).toEqual([]);
  });

  test("for good slides, which are read but where the product says that it does not", () => {
    const good = results.filter(({ title }) => /^(made|written|profile|real)\/[^#]*$/.test(title));
    expect(faultsOf(good)).toEqual([]);
    const refused = good
      .filter(({ outcome }) => outcome !== "read")
      .map(({ title, outcome }) => `${title}: ${outcome}`);
    expect(refused).toEqual([
      "made/jpeg-12-bit.tif: slide/unsupported-format",
      "made/jpegxl-grey-16.tif: slide/unsupported-format",
    ]);
  });

  test.skipIf(!hasHostileFiles())("for malformed files of others (needs ../shared/data/hostile)", () => {
    const hostile = results.filter(({ title }) => title.startsWith("hostile/"));
    expect(hostile.length).toBeGreaterThan(50);
    expect(faultsOf(hostile)).toEqual([]);
  });

  test.each(Object.entries(BOMB_OUTCOMES))("for a file made to do harm: %s (%s)", (name, outcome) => {
    const found = results.find(({ title }) => title === `bomb/${name}`);
    expect(found).toMatchObject({ faults: [], outcome });
  });

  test("for each of these files an outcome is named", () => {
    expect(Object.keys(BOMBS).sort()).toEqual(Object.keys(BOMB_OUTCOMES).sort());
  });
});
