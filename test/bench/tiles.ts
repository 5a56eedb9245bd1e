import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { writeOutput } from "../../src/cli/write-output.ts";
import type { ReaderName } from "./tile-page/readers.ts";
import { type LevelShape, spreadTiles, type TilePlace } from "./tile-page/spread.ts";
import { type BenchBrowser, startBenchBrowser } from "./tiles/bench-browser.ts";
import {
  COMPARED,
  type Figures,
  figuresOf,
  type MeasuredReader,
  type Ratio,
  type Ratios,
  READERS,
  ratiosOf,
} from "./tiles/figures.ts";
import { levelsBy, measureRound, type Round } from "./tiles/measure.ts";
import { type BenchSlide, benchSlides } from "./tiles/slides.ts";

const text = { type: "string" } as const;
const OPTIONS = { rounds: text, "per-level": text, pan: text, only: text, slides: text, json: text };

interface Settings {
  readonly rounds: number;
  readonly perLevel: number;
  readonly panSeconds: number;
}

interface FileResult {
  readonly file: string;
  /** What a reader said that does not open the file. */
  readonly refusals: Readonly<Partial<Record<ReaderName, string>>>;
  readonly figures: Readonly<Partial<Record<ReaderName, Figures>>>;
  readonly memoryMb: number | null;
  /** Times as long as Palisade. */
  readonly ratios: Readonly<Partial<Record<ReaderName, Ratios>>>;
}

/**
 * `npm run bench -- tiles [--rounds 5] [--per-level 24] [--pan 3] [--only WORD] [--slides DIR] [--json FILE]`: the first view, single
 * tiles and the frames of a moving view, by Palisade and by geotiff-tilesource, in one Chromium, round by round in turn. The peer is
 * shown twice: in OpenSeadragon's own settings, and in those of Palisade's stage.
 */
export async function runTilesBench(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const settings = {
    rounds: Number(values.rounds ?? 5),
    perLevel: Number(values["per-level"] ?? 24),
    panSeconds: Number(values.pan ?? 3),
  };
  const slides = benchSlides(values.slides ?? "../shared/data/slides").filter(({ name }) =>
    name.includes(values.only ?? ""),
  );
  const browser = await startBenchBrowser();
  const machine = { processor: cpus()[0]?.model ?? "unknown", threads: cpus().length, chromium: browser.version };
  const loadAtStart = loadavg()[0] ?? 0;
  console.log(
    `Chromium ${browser.version}, ${machine.processor}, ${machine.threads} threads, load ${loadAtStart.toFixed(1)}.`,
  );
  console.log(
    `Medians of ${settings.rounds} rounds in ms, a fresh page for each; in brackets how many times as long as Palisade, with the range over rounds.`,
  );
  const files: FileResult[] = [];
  try {
    for (const slide of slides) {
      const result = await measureFile(browser, slide, settings);
      files.push(result);
      print(result);
    }
  } finally {
    await browser.close();
  }
  const loads = { start: loadAtStart, end: loadavg()[0] ?? 0 };
  console.log(`\nLoad at the end ${loads.end.toFixed(1)}.`);
  const output = { format: "palisade-bench-tiles", version: 1, machine, loads, settings, files };
  if (values.json !== undefined) await writeOutput(values.json, JSON.stringify(output, null, 1));
}

async function measureFile(browser: BenchBrowser, slide: BenchSlide, settings: Settings): Promise<FileResult> {
  const path = await slide.path();
  const refusals: Partial<Record<ReaderName, string>> = {};
  const levels: Partial<Record<ReaderName, LevelShape[]>> = {};
  for (const reader of READERS) {
    try {
      levels[reader] = await levelsBy(browser, reader, path);
    } catch (error) {
      refusals[reader] = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    }
  }
  const plans = planTiles(levels, settings.perLevel);
  const rounds: Partial<Record<ReaderName, Round[]>> = {};
  for (let round = 0; round < settings.rounds; round++) {
    for (const reader of READERS) {
      const plan = plans[reader];
      if (!plan || refusals[reader] !== undefined) continue;
      try {
        const measured = await measureRound(browser, reader, path, {
          places: plan.places,
          panSeconds: settings.panSeconds,
        });
        rounds[reader] = [...(rounds[reader] ?? []), measured];
      } catch (error) {
        refusals[reader] = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
      }
    }
  }
  const measured = (reader: ReaderName): MeasuredReader | null => {
    const plan = plans[reader];
    const done = rounds[reader];
    return plan && done && refusals[reader] === undefined ? { rounds: done, tilePixels: plan.tilePixels } : null;
  };
  const own = measured("palisade");
  const figures: Partial<Record<ReaderName, Figures>> = {};
  const ratios: Partial<Record<ReaderName, Ratios>> = {};
  for (const reader of READERS) {
    const one = measured(reader);
    if (one) figures[reader] = figuresOf(one);
    if (own && one && reader !== "palisade") ratios[reader] = ratiosOf(own, one);
  }
  const memory = rounds.palisade?.map(({ memoryMb }) => memoryMb).filter((mb) => mb !== null) ?? [];
  return { file: slide.name, refusals, figures, memoryMb: memory.length > 0 ? Math.max(...memory) : null, ratios };
}

interface TilePlan {
  readonly places: readonly TilePlace[];
  readonly tilePixels: number;
}

/** The same tiles for all readers where they see the same levels; else each its own, of all its levels. */
function planTiles(
  levels: Readonly<Partial<Record<ReaderName, LevelShape[]>>>,
  perLevel: number,
): Partial<Record<ReaderName, TilePlan>> {
  const known = Object.values(levels);
  const isShared = (one: LevelShape): boolean => known.every((shapes) => shapes.some((other) => isAlike(one, other)));
  const plans: Partial<Record<ReaderName, TilePlan>> = {};
  for (const reader of READERS) {
    const shapes = levels[reader];
    if (!shapes) continue;
    const shared = shapes.filter(isShared);
    const used = shared.length > 0 ? shared : shapes.slice(-1);
    const places = spreadTiles(used, perLevel);
    const pixels = places
      .map(({ level }) => used.find((shape) => shape.level === level))
      .map((shape) => (shape ? shape.tileWidth * shape.tileHeight : 0));
    plans[reader] = { places, tilePixels: pixels.reduce((sum, count) => sum + count, 0) / Math.max(1, pixels.length) };
  }
  return plans;
}

function isAlike(one: LevelShape, other: LevelShape): boolean {
  const isSameSize = Math.abs(one.width - other.width) <= 1 && Math.abs(one.height - other.height) <= 1;
  return isSameSize && one.tileWidth === other.tileWidth && one.tileHeight === other.tileHeight;
}

const TITLES = {
  firstView: "first view",
  coldMedian: "tile, cold",
  coldP95: "95 %",
  warmMedian: "tile, warm",
  warmP95: "95 %",
  burst: "8 at once",
};

function print({ file, refusals, figures, ratios, memoryMb }: FileResult): void {
  console.log(`\n${file}${memoryMb === null ? "" : `   (page process: ${memoryMb.toFixed(0)} MB above rest at most)`}`);
  console.log(
    `  ${"".padEnd(12)}${COMPARED.map((name) => TITLES[name].padStart(24)).join("")}${"frames > 20 ms".padStart(16)}`,
  );
  for (const reader of READERS) {
    const one = figures[reader];
    if (!one) {
      console.log(`  ${reader.padEnd(12)}does not show it: ${refusals[reader] ?? "nothing said"}`);
      continue;
    }
    const cells = COMPARED.map((name) => `${one[name].toFixed(1)}${inBrackets(ratios[reader]?.[name])}`.padStart(24));
    console.log(`  ${reader.padEnd(12)}${cells.join("")}${`${(one.slowFrames * 100).toFixed(1)} %`.padStart(16)}`);
  }
}

function inBrackets(ratio: Ratio | undefined): string {
  return ratio ? ` (${ratio.median.toFixed(1)}; ${ratio.least.toFixed(1)}-${ratio.most.toFixed(1)})` : "";
}
