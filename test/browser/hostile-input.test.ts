import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "vitest/browser";
import type { SlideInfo } from "../../src/engine/slide/types.ts";
import type { SlideClient } from "../../src/workers/slide.api.ts";
import { openSlideInWorker } from "../../src/workers/slide.client.ts";
import { blankFaults } from "../fuzz/blanks.ts";
import { type CaseResult, LIMITS } from "../fuzz/cases.ts";
import { type Examined, examine } from "../fuzz/examine.ts";
import type { Bytes } from "../fuzz/mutations/bytes.ts";
import { mutate } from "../fuzz/mutations/mutate.ts";
import type { OpenedSlide } from "../fuzz/opened-slide.ts";
import { reportOf } from "../fuzz/report.ts";
import type { fuzzCommands } from "../support/fuzz-commands.ts";
import { madeNdpi } from "../support/made-slides/ndpi.ts";
import { fluorescenceSlide, stainedOmeSlide } from "../support/made-slides/ome.ts";
import { VENDOR_SLIDES } from "../support/made-slides/vendors.ts";
import { OneSlideWorker } from "./workers/one-slide-worker.ts";

declare module "vitest/internal/browser" {
  interface BrowserCommands {
    brokenFiles(): ReturnType<typeof fuzzCommands.brokenFiles>;
    pageBytes(): Promise<ReturnType<typeof fuzzCommands.pageBytes>>;
    writeFuzzReport(text: string): Promise<void>;
  }
}

const SEED = 1;
const MUTATIONS = 200;
const TIMEOUT_MS = 600_000;

const urls = import.meta.glob<string>("../fixtures/slides/made/*", { query: "?url", import: "default", eager: true });

/** Good slides by name. */
async function loadFixtures(): Promise<[string, Bytes][]> {
  const made = Object.entries(urls).map(async ([path, url]): Promise<[string, Bytes]> => {
    return [path.slice(path.lastIndexOf("/") + 1), new Uint8Array(await (await fetch(url)).arrayBuffer())];
  });
  const written = Object.entries(VENDOR_SLIDES).map(([name, make]): [string, Bytes] => [name, make()]);
  return [
    ...(await Promise.all(made)),
    ...written,
    ["starts.ndpi", madeNdpi()],
    ["fluorescence.ome.tif", fluorescenceSlide()],
    ["stained.ome.tif", stainedOmeSlide()],
  ];
}

function openedClient(client: SlideClient): OpenedSlide {
  const info: SlideInfo = client.info;
  return {
    info,
    async tile(address) {
      const bitmap = await client.tile(address);
      const { width, height } = bitmap;
      bitmap.close();
      return { width, height };
    },
    region: (region) => client.region(region),
    associated: (name) => client.associated(name),
    close: () => client.close(),
  };
}

const worker = new OneSlideWorker();

/** In one worker for all files, or as the page does it, in one of its own. */
function readInWorker(name: string, bytes: Bytes, isAlone = false): Promise<Examined> {
  const file = new File([bytes], name);
  if (!isAlone) return examine(() => worker.open(file));
  return examine(async () => openedClient(await openSlideInWorker({ files: [file], view: {} })));
}

/** Reads while it watches what pages and workers hold. */
async function watched(
  name: string,
  bytes: Bytes,
  isAlone: boolean,
): Promise<{ examined: Examined; peakBytes: number }> {
  const rest = (await commands.pageBytes()) ?? 0;
  let peak = rest;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      peak = Math.max(peak, (await commands.pageBytes()) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const examined = await readInWorker(name, bytes, isAlone);
  isDone = true;
  await watching;
  return { examined, peakBytes: peak - rest };
}

interface BrowserCase {
  readonly title: string;
  readonly fixture: string;
  readonly kind: string;
  readonly bytes: Bytes;
  readonly isAlone?: boolean;
}

async function run({ title, fixture, kind, bytes, isAlone = false }: BrowserCase): Promise<CaseResult & Examined> {
  let { examined, peakBytes } = await watched(fixture, bytes, isAlone);
  // Garbage of earlier files may have been counted in.
  if (peakBytes > LIMITS.peakBytes) ({ examined, peakBytes } = await watched(fixture, bytes, true));
  const faults = [...examined.faults];
  if (peakBytes > LIMITS.peakBytes) faults.push(`${peakBytes >> 20} MB above rest`);
  const outcome = faults.length > 0 ? "fault" : examined.outcome;
  return { ...examined, title, fixture, kind, outcome, faults, cpuMs: 0, peakBytes };
}

describe("in the browser's worker too: a slide or one sentence, and the next file opens as before", () => {
  const results: CaseResult[] = [];
  const stray: string[] = [];

  beforeAll(async () => {
    addEventListener("unhandledrejection", (event) => stray.push(String(event.reason)));
    const fixtures = await loadFixtures();
    const originals = new Map<string, Examined>();
    for (const { name, base64 } of await commands.brokenFiles()) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      results.push(await run({ title: name, fixture: name, kind: "as it is", bytes }));
    }
    for (let i = 0; i < MUTATIONS; i++) {
      const [name, original] = fixtures[(i * 7) % fixtures.length] ?? ["", new Uint8Array(0)];
      const { bytes, kind } = mutate([original], name, SEED, i);
      const result = await run({ title: `${name}#${i}`, fixture: name, kind, bytes, isAlone: i % 10 === 0 });
      const before = originals.get(name) ?? (await readInWorker(name, original));
      originals.set(name, before);
      const blanks = blankFaults({ bytes: original, examined: before }, { bytes, examined: result });
      const faults = [...result.faults, ...blanks];
      results.push({ ...result, faults, outcome: faults.length > 0 ? "fault" : result.outcome });
    }
    worker.close();
    await commands.writeFuzzReport(reportOf(results, { seed: SEED }));
  }, TIMEOUT_MS);

  test(`for ${MUTATIONS} damaged slides and malformed files of others (out/fuzz/report-chromium.md tells of each)`, () => {
    const faults = results.filter(({ outcome }) => outcome === "fault");
    expect(faults.map(({ title, kind, faults: found }) => `${title} (${kind}): ${found.join("; ")}`)).toEqual([]);
    expect(stray).toEqual([]);
  });

  test("a good slide reads in another worker afterwards", async () => {
    const [name, bytes] = (await loadFixtures()).find(([title]) => title === "jpeg-ycbcr-420.tif") ?? [
      "",
      new Uint8Array(0),
    ];
    expect((await readInWorker(name, bytes, true)).outcome).toBe("read");
  });
});
