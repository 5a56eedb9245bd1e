import { nodeBackend } from "../../engine/features/backend-node.ts";
import { writePack } from "../../engine/modelpack/write.ts";
import { packCard } from "../../engine/training/card.ts";
import { classCard } from "../../engine/training/class-card.ts";
import type { RecordedClassFigures } from "../../engine/training/class-figures.ts";
import type { RecordedFigures } from "../../engine/training/figures.ts";
import type { MaskClass } from "../../engine/training/mask-classes.ts";
import { withHaemorrhageColour } from "../../engine/training/refinements.ts";
import { trainClasses } from "../../engine/training/train-classes.ts";
import { trainSegmentation } from "../../engine/training/train-segmentation.ts";
import type { TrainingImage } from "../../engine/training/training-image.ts";
import type { TrainingRequest } from "../../engine/training/training-request.ts";
import type { MaskColour } from "../../engine/training/truth.ts";
import { appVersion } from "../app-version.ts";
import { parseCommandArgs, requiredOption, usageError } from "../args.ts";
import type { Command } from "../command.ts";
import { groupsBy } from "../groups-by.ts";
import { type MaskedImage, pairImages, parseColour, parseMpp, readMask } from "../image-pairs.ts";
import { readMaskClasses } from "../mask-classes.ts";
import { openStainedFile } from "../open-slide.ts";
import { makeFolder } from "../output-folder.ts";
import { checkSharedBackbone, quoted, withoutCache, writePackFiles } from "../pack-output.ts";
import { imageRowStore } from "../row-store.ts";
import { checkNoMore, checkTask } from "../task.ts";
import { CLASSIFICATION_USAGE, trainClassificationPack } from "./train-classification.ts";
import { readSetup, type TrainingSetup } from "./train-setup.ts";

const USAGE = `palisade train segmentation --images DIR --masks DIR (--positive R,G,B | --classes FILE|NAME=R,G,B;...)
    --groups REGEX --mpp N [--haemorrhage R,G,B] [--backbone PACK] [--config FILE] [--cache DIR] --out DIR
  Trains a pack from images and painted masks of the same names. --positive: colour of the class in the masks (white is
  background, every other colour is other tissue). --classes: three or more classes and their colours instead, one SVM for
  each pair of them. --groups: what of a name tells images that belong together (first capture group, or the whole match),
  such as "^([^.]+)"; they never lie in two folds. --mpp: micrometres per pixel.
  --haemorrhage: colour of haemorrhage in the masks, trained as the negative class (docs/training.md has the colour rule for masks without).
  --cache: a folder where features taken patch by patch are kept, so that an interrupted or repeated training goes on from there.`;

export const train: Command = {
  usage: `${USAGE}\n${CLASSIFICATION_USAGE}`,
  run: async ([task, ...args]) => {
    if (checkTask("train", task) === "segmentation") await trainSegmentationPack(args);
    else await trainClassificationPack(args);
  },
};

const OPTIONS = {
  images: { type: "string" },
  masks: { type: "string" },
  positive: { type: "string" },
  haemorrhage: { type: "string" },
  classes: { type: "string" },
  groups: { type: "string" },
  mpp: { type: "string" },
  backbone: { type: "string" },
  config: { type: "string" },
  cache: { type: "string" },
  out: { type: "string" },
} as const;

async function trainSegmentationPack(args: string[]): Promise<void> {
  const { values, positionals } = parseCommandArgs(args, OPTIONS, USAGE);
  checkNoMore(positionals);
  const groupOf = groupsBy(requiredOption(values.groups, "groups", USAGE));
  const learned = await readLearned(values);
  const mpp = parseMpp(requiredOption(values.mpp, "mpp", USAGE));
  const out = requiredOption(values.out, "out", USAGE);
  const pairs = await pairImages(
    requiredOption(values.images, "images", USAGE),
    requiredOption(values.masks, "masks", USAGE),
  );
  const setup = withHaemorrhage(await readSetup(values.config, values.backbone), values.haemorrhage);
  await checkSharedBackbone(setup.config.backbone.file, setup.backboneBytes, out);
  const { cache } = values;
  if (cache !== undefined) await makeFolder(cache);
  const images = await trainingImages(pairs, groupOf, { ...setup, mpp, cache });
  const { pack, card, found } = await trainOn(learned, {
    images,
    mpp,
    config: setup.config,
    backboneBytes: setup.backboneBytes,
    backend: await nodeBackend(),
    command: ["palisade train segmentation", ...withoutCache(args).map(quoted)].join(" "),
    appVersion: await appVersion(),
  });
  const files = await writePack(pack, setup.backboneBytes);
  files.set("CARD.md", new TextEncoder().encode(card));
  await writePackFiles(out, files);
  console.log(`${pack.name}: ${found}; written to ${out}`);
}

/** What is told apart: one class from all others, or several from one another. */
type Learned = { readonly positive: MaskColour } | { readonly classes: readonly MaskClass[] };

async function readLearned(values: {
  readonly positive?: string;
  readonly classes?: string;
  readonly haemorrhage?: string;
}): Promise<Learned> {
  const { positive, classes, haemorrhage } = values;
  if (classes === undefined) return { positive: parseColour(requiredOption(positive, "positive", USAGE)) };
  if (positive !== undefined) throw usageError("Expected --positive or --classes, found both.", USAGE);
  if (haemorrhage !== undefined) {
    throw usageError("Expected haemorrhage as one of the classes, found --haemorrhage beside --classes.", USAGE);
  }
  return { classes: await readMaskClasses(classes) };
}

async function trainOn(learned: Learned, request: Omit<TrainingRequest, "positive">) {
  const options = { onStep: (step: string) => process.stderr.write(`${step}\n`) };
  if ("classes" in learned) {
    const trained = await trainClasses({ ...request, ...learned }, options);
    return { pack: trained.pack, card: classCard(trained, request.config), found: describeClasses(trained.figures) };
  }
  const trained = await trainSegmentation({ ...request, ...learned }, options);
  for (const { haemorrhage, round, figures } of trained.refinements) {
    console.log(`haemorrhage ${haemorrhage ? "relabelled" : "as painted"}, round ${round}: ${describe(figures)}`);
  }
  return { pack: trained.pack, card: packCard(trained, request.config), found: describe(trained.figures) };
}

export function withHaemorrhage(setup: TrainingSetup, colour: string | undefined): TrainingSetup {
  if (colour === undefined) return setup;
  const refinements = withHaemorrhageColour(setup.config.refinements, parseColour(colour, "haemorrhage"));
  return { ...setup, config: { ...setup.config, refinements } };
}

/** Images that are opened when their turn comes; with a cache, features taken patch by patch are kept there. */
export function trainingImages(
  pairs: readonly MaskedImage[],
  groupOf: (name: string) => string,
  { cache, ...kept }: TrainingSetup & { readonly mpp: number; readonly cache: string | undefined },
): Promise<TrainingImage[]> {
  const images = pairs.map(async ({ name, image, mask }): Promise<TrainingImage> => {
    const plain = {
      name,
      group: groupOf(name),
      openSlide: () => openStainedFile(image),
      readMask: () => readMask(mask),
    };
    return cache === undefined ? plain : { ...plain, store: await imageRowStore({ ...kept, folder: cache }, image) };
  });
  return Promise.all(images);
}

function describe({ meanScore, meanFalsePositiveFraction }: RecordedFigures): string {
  const score = meanScore === null ? "no image with the class" : `mean S ${meanScore.toFixed(3)}`;
  const share =
    meanFalsePositiveFraction === null
      ? "no image without it"
      : `mean false share ${(meanFalsePositiveFraction * 100).toFixed(1)} %`;
  return `cross-validated ${score}, ${share}`;
}

function describeClasses({ accuracy, balancedAccuracy }: RecordedClassFigures): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return `cross-validated accuracy ${percent(accuracy)}, balanced ${percent(balancedAccuracy)}`;
}
