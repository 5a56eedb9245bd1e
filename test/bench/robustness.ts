import { parseArgs } from "node:util";
import { type Evaluator, evaluateImage } from "../../src/cli/commands/evaluate-image.ts";
import { pairImages, parseColour, readMask } from "../../src/cli/image-pairs.ts";
import { openProvenBackend } from "../../src/cli/open-backend.ts";
import { openSlideFile } from "../../src/cli/open-slide.ts";
import { openPack } from "../../src/cli/pack-files.ts";
import { writeOutput } from "../../src/cli/write-output.ts";
import { openExtractor } from "../../src/engine/features/extractor.ts";
import type { Slide } from "../../src/engine/slide/types.ts";
import { type ImageScore, meanScores } from "../../src/engine/training/score.ts";
import { drawStainJitter, jitterStain } from "../../src/engine/training/stain-jitter.ts";
import { streamFor } from "../../src/engine/training/training-image.ts";
import { readTruth } from "../../src/engine/training/truth.ts";

/** The moderate range of the training's views: what laboratories differ by. */
const STAIN = { gain: [0.8, 1.25], offset: 0.03 } as const;

const text = { type: "string" } as const;
const OPTIONS = {
  pack: text,
  images: text,
  masks: text,
  positive: text,
  scales: text,
  stains: text,
  every: text,
  json: text,
};

/** Images with one change made to all of them. */
interface Condition {
  readonly title: string;
  /** The images are shown this many times as large. */
  readonly scale: number;
  readonly change: (slide: Slide, name: string) => Slide;
}

/**
 * `npm run bench -- robustness [--pack PACK] [--images DIR --masks DIR --positive R,G,B] [--scales 0.7,1,1.4] [--stains 3] [--every 1]
 * [--json FILE]`:
 * the pack's score on the same images enlarged, shrunk and stained differently; with --every n on each n-th of them, with --json also
 * as `{ rows: [{ view, meanScore, meanFalsePositiveFraction }] }`.
 */
export async function runRobustnessBench(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const loaded = await openPack(values.pack ?? "necrosis-lowpower");
  const images = values.images ?? "../shared/data/sections/images";
  const all = await pairImages(images, values.masks ?? "../shared/data/sections/masks");
  const every = Number(values.every ?? 1);
  const pairs = all.filter((_, index) => index % every === 0);
  const positive = parseColour(values.positive ?? "5,5,5");
  const backend = await openProvenBackend(loaded);
  const extractor = await openExtractor({ backend, loaded });
  const evaluator: Evaluator = { loaded, extractor, backend: backend.info };
  console.log(`${loaded.pack.id} at its threshold of ${loaded.pack.threshold} on ${pairs.length} images of ${images}`);
  const rows: ({ readonly view: string } & ReturnType<typeof meanScores>)[] = [];
  try {
    for (const condition of conditions(values.scales ?? "1,0.7,0.85,1.2,1.4", Number(values.stains ?? 3))) {
      const scores: ImageScore[] = [];
      for (const { name, image, mask } of pairs) {
        const slide = await openSlideFile(image);
        try {
          const { width0, height0 } = slide.info;
          const truth = readTruth(await readMask(mask), positive, width0, height0);
          const mpp = loaded.pack.sampling.mpp * condition.scale;
          const pixelSize = { mppX: mpp, mppY: mpp, origin: "assumed" as const };
          scores.push((await evaluateImage(evaluator, condition.change(slide, name), truth, pixelSize)).score);
        } finally {
          slide.close();
        }
      }
      const { meanScore, meanFalsePositiveFraction } = meanScores(scores);
      rows.push({ view: condition.title, meanScore, meanFalsePositiveFraction });
      console.log(
        `${condition.title}: S ${shown(meanScore, 1, 3)}, false ${shown(meanFalsePositiveFraction, 100, 2)} %`,
      );
    }
  } finally {
    await extractor.close();
  }
  if (values.json !== undefined) await writeOutput(values.json, JSON.stringify({ rows }));
}

function conditions(scales: string, stains: number): Condition[] {
  const unchanged = (slide: Slide) => slide;
  const sizes = scales.split(",").map((text) => ({ title: `size x ${text}`, scale: Number(text), change: unchanged }));
  const jitters = Array.from({ length: stains }, (_, index) => ({
    title: `stain ${index + 1}`,
    scale: 1,
    change: (slide: Slide, name: string) => stained(slide, streamFor(index + 1, name, 0)),
  }));
  return [...sizes, ...jitters];
}

/** The slide as if it had been stained differently, by a jitter of its own. */
function stained(slide: Slide, random: () => number): Slide {
  const jitter = drawStainJitter(STAIN, random);
  return { ...slide, readRegion: async (...request) => jitterStain(await slide.readRegion(...request), jitter) };
}

function shown(value: number | null, times: number, digits: number): string {
  return value === null ? "none" : (value * times).toFixed(digits);
}
