import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import type { Slide } from "../../../src/engine/slide/types.ts";
import {
  compareInfo,
  comparePixels,
  greySha256,
  type OracleEntry,
  type ReadableSlide,
  stackViews,
} from "../../support/oracle.ts";

const FOLDER = resolve("../shared/data/slides");
const golden: Record<string, OracleEntry> = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/oracle_golden.json", import.meta.url), "utf8"),
);

function readable(slide: Slide): ReadableSlide {
  return { info: slide.info, region: (request) => slide.readRegion(request) };
}

describe.skipIf(!existsSync(FOLDER))(
  "in Node, what other readers say of real slides (needs ../shared/data/slides)",
  () => {
    for (const [name, entry] of Object.entries(golden)) {
      test(`of ${name} is said here too: levels, sizes, pixel size, properties and pixels`, async () => {
        const slide = await openSlideFile(resolve(FOLDER, name));
        expect(compareInfo(slide.info, entry)).toEqual([]);
        expect(await comparePixels(readable(slide), entry)).toEqual([]);
        for (const { view, sha256, name: plane } of stackViews(slide.info, entry)) {
          const shown = await openSlideFile(resolve(FOLDER, name), { view });
          expect(await greySha256(readable(shown)), plane).toBe(sha256);
          shown.close();
        }
        slide.close();
      });
    }
  },
);
