import { setImmediate as turn } from "node:timers/promises";
import { nodeDecoders } from "../../src/cli/open-slide.ts";
import { bytesSource } from "../../src/engine/slide/blob-source.ts";
import { openSlide } from "../../src/engine/slide/open.ts";
import type { SlideView } from "../../src/engine/slide/types.ts";
import { blankFaults } from "./blanks.ts";
import { type CaseResult, type FuzzCase, titleOf } from "./cases.ts";
import { type Examined, examine } from "./examine.ts";
import { badFixtures, type Fixture, type FixtureFile, goodFixtures } from "./fixtures.ts";
import { isEqual, mutate } from "./mutations/mutate.ts";
import { openedSlide } from "./opened-slide.ts";
import { startWatchThread } from "./watch.ts";

/** Read again after each refusal: the reader must serve them as before. */
const GOOD_FILES = ["made/jpeg-ycbcr-420.tif", "made/zstd-predictor.tif", "made/rgb.png", "made/aperio-like.svs"];
/** Memory grown by more than this since the last time is cleared of garbage before the next case is measured. */
const GARBAGE_BYTES = 48 * 1024 * 1024;

const decoders = nodeDecoders();
const fixtures = new Map([...goodFixtures(), ...badFixtures()].map((fixture) => [fixture.name, fixture]));
const loaded = new Map<string, Promise<readonly FixtureFile[]>>();
const originals = new Map<string, Promise<Examined>>();
const stray: string[] = [];
let cleanBytes = 0;

process.on("unhandledRejection", (reason) => {
  stray.push(`unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}`);
});

function load(name: string): Promise<readonly FixtureFile[]> {
  const fixture: Fixture | undefined = fixtures.get(name);
  if (!fixture) throw new RangeError(`no fixture ${name}`);
  const files = loaded.get(name) ?? fixture.load();
  loaded.set(name, files);
  return files;
}

function read(files: readonly FixtureFile[], view: SlideView): Promise<Examined> {
  const sources = files.map(({ name, bytes }) => bytesSource(bytes, name));
  return examine(async () => openedSlide(await openSlide(sources, decoders, { view })));
}

function original(name: string): Promise<Examined> {
  const examined = originals.get(name) ?? load(name).then((files) => read(files, {}));
  originals.set(name, examined);
  return examined;
}

async function run(fuzzCase: FuzzCase): Promise<CaseResult> {
  const { fixture, number, seed } = fuzzCase;
  const good = await load(fixture);
  const reference = number === null ? null : await original(fixture);
  const { files, kind } = number === null ? { files: good, kind: "as it is" } : damage(good, { fixture, number, seed });
  const isColoured = fixture.startsWith("profile/") || (number ?? 0) % 4 === 3;
  collectGarbage();
  watch.start();
  const examined = await read(files, isColoured ? { colour: "srgb" } : {});
  await turn();
  const cost = watch.stop();
  const faults = [...examined.faults, ...stray.splice(0)];
  const [before, after] = [good[0], files[0]];
  if (reference && !isColoured && before && after && good.length === 1) {
    faults.push(...blankFaults({ ...before, examined: reference }, { ...after, examined }));
  }
  if (examined.outcome !== "read") faults.push(...(await goodFileFaults()));
  return {
    title: titleOf(fuzzCase),
    fixture,
    kind,
    outcome: faults.length > 0 ? "fault" : examined.outcome,
    sentence: examined.sentence,
    faults,
    ...cost,
  };
}

function damage(
  good: readonly FixtureFile[],
  { fixture, number, seed }: { readonly fixture: string; readonly number: number; readonly seed: number },
): { files: readonly FixtureFile[]; kind: string } {
  const all = good.map(({ bytes }) => bytes);
  const { index, bytes, kind } = mutate(all, fixture, seed, number);
  return { files: good.map((file, i) => (i === index ? { ...file, bytes } : file)), kind };
}

async function goodFileFaults(): Promise<string[]> {
  const faults: string[] = [];
  for (const name of GOOD_FILES) {
    const before = await original(name);
    const after = await read(await load(name), {});
    const isSame = before.levels.every((image, i) => {
      const again = after.levels[i];
      return image && again && isEqual(new Uint8Array(image.data.buffer), new Uint8Array(again.data.buffer));
    });
    if (after.outcome !== "read" || !isSame) faults.push(`${name} reads otherwise afterwards: ${after.outcome}`);
  }
  return faults;
}

function collectGarbage(): void {
  if (process.memoryUsage.rss() <= cleanBytes + GARBAGE_BYTES) return;
  globalThis.gc?.();
  cleanBytes = process.memoryUsage.rss();
}

const watch = startWatchThread();
for (const name of GOOD_FILES) await original(name);
process.on("message", (fuzzCase: FuzzCase) => {
  run(fuzzCase).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(2);
    },
  );
});
process.send?.("ready");
