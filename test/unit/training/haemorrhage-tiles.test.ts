import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import { readScaled } from "../../../src/engine/slide/scaled.ts";
import { DEFAULT_HAEMORRHAGE_RULE, markBlood } from "../../../src/engine/training/haemorrhage.ts";

const TILES = fileURLToPath(new URL("../../../../shared/data/tiles20x/", import.meta.url));

/** Share of a tile that has the colour of blood, looked at with pixels of about 1.8 um. */
async function bloodyShare(file: string): Promise<number> {
  const slide = await openSlideFile(`${TILES}images/${file}`);
  try {
    const downsample = { downsampleX: 4, downsampleY: 4 };
    const { width0, height0 } = slide.info;
    const seen = await readScaled(slide, { x: 0, y: 0, width: width0 / 4, height: height0 / 4, ...downsample });
    return markBlood(seen, DEFAULT_HAEMORRHAGE_RULE).reduce((sum, mark) => sum + mark, 0) / (seen.width * seen.height);
  } finally {
    slide.close();
  }
}

describe.skipIf(!existsSync(TILES))("the colour rule on tiles at 20x (needs ../shared/data/tiles20x)", () => {
  test("tiles with haemorrhage have the colour of blood on more of their area than tiles without", async () => {
    const lines = readFileSync(`${TILES}labels.csv`, "utf8").trim().split("\n").slice(1);
    const labelled = lines.map((line) => {
      const [file = "", , , haemorrhage] = line.split(",");
      return { file, haemorrhage: Number(haemorrhage) };
    });
    const bloody = labelled.filter(({ haemorrhage }) => haemorrhage >= 0.1);
    const without = labelled.filter(({ haemorrhage }) => haemorrhage < 0.01).filter((_, index) => index % 6 === 0);
    const shares = async (tiles: typeof labelled) => {
      const found: number[] = [];
      for (const { file } of tiles) found.push(await bloodyShare(file));
      return found;
    };
    const high = await shares(bloody);
    const low = await shares(without);
    expect(mean(high)).toBeGreaterThan(0.04);
    expect(mean(low)).toBeLessThan(0.01);
    expect(areaUnderCurve(high, low)).toBeGreaterThan(0.8);
  }, 120_000);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of all pairs, the share in which the positive value is the higher one; equal ones count half. */
function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  const won = positives.flatMap((a) => negatives.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
  return mean(won);
}
