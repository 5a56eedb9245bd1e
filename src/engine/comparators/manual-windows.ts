import { throwIfAborted } from "../base/errors.ts";
import type { Random } from "../base/random.ts";
import { patchPositions } from "../heatmap/windows.ts";
import type { Lattice } from "../patches/types.ts";
import type { RgbaImage } from "../slide/types.ts";
import { haemorrhageOf, withImage } from "../training/collect.ts";
import type { WindowSet } from "../training/fit.ts";
import { patchesAbove, patchTruth, sampleWindows } from "../training/sample-windows.ts";
import { openView, streamFor } from "../training/training-image.ts";
import type { AreaWithin, Truth } from "../training/truth.ts";
import { type Codebook, drawDescriptors, learnCodebook } from "./codebook.ts";
import { denseSift } from "./dense-sift.ts";
import { greyImage } from "./grey.ts";
import { countWords, MANUAL_VALUES, manualImage, manualRows, type SquarePatch } from "./manual-features.ts";
import { readLattice, type StudyScene } from "./study.ts";

/** Descriptors drawn of each view of each image for the codebooks. */
const DRAWN = 1000;

/** Numbers the streams for codebooks apart from those for views. */
const CODEBOOK_STREAM = 1000;

/** One codebook for each set of images that are trained on. */
export async function learnCodebooks(
  scene: StudyScene,
  sets: readonly (readonly number[])[],
  foldOf: Int32Array,
): Promise<Codebook[]> {
  const drawn: { image: number; descriptors: Float32Array }[] = [];
  await forEachView(scene, "descriptors", async ({ image, view, pixels }) => {
    const random = streamFor(scene.config.seed, scene.images[image]!.name, CODEBOOK_STREAM + view);
    drawn.push({ image, descriptors: drawDescriptors(denseSift(greyImage(pixels)).data, DRAWN, random) });
  });
  return sets.map((set, index) => {
    throwIfAborted(scene.signal);
    scene.onStep?.(`codebook ${index + 1} of ${sets.length}`);
    const seen = drawn.filter(({ image }) => !set.includes(foldOf[image]!)).map(({ descriptors }) => descriptors);
    return learnCodebook(seen, streamFor(scene.config.seed, "codebook", CODEBOOK_STREAM));
  });
}

/** The windows on which the network would be trained, by the same draws, as manual features under each set's codebook. */
export async function manualWindows(
  scene: StudyScene,
  sets: readonly (readonly number[])[],
  codebooks: readonly Codebook[],
  foldOf: Int32Array,
): Promise<WindowSet[]> {
  const blocks: Block[][] = sets.map(() => []);
  await forEachView(scene, "features", async ({ image, pixels, lattice, truth, bloody, random }) => {
    const { positions, labels: painted } = sampleWindows(patchTruth(truth, lattice), scene.config.windows, random);
    if (positions.length === 0) return;
    const manual = manualImage(pixels, lattice.stride);
    const patches = patchesAt(positions, lattice);
    const share = scene.config.refinements.haemorrhage?.share ?? 1;
    const isHaemorrhage = bloody ? patchesAbove(bloody, lattice, positions, share) : null;
    const labels = painted.map((label, k) => (isHaemorrhage?.[k] === 1 ? 0 : label));
    for (const [index, set] of sets.entries()) {
      if (set.includes(foldOf[image]!)) continue;
      const rows = manualRows(manual, countWords(manual, codebooks[index]!), patches);
      blocks[index]!.push({ image, rows, labels });
    }
  });
  return blocks.map(joined);
}

/** Patches at positions of the lattice (row * cols of patchPositions + col), in pixels. */
export function patchesAt(positions: Iterable<number>, lattice: Lattice): SquarePatch[] {
  const { cols } = patchPositions(lattice);
  const { stride, patchStrides } = lattice;
  return Array.from(positions, (at) => ({
    x: (at % cols) * stride,
    y: Math.floor(at / cols) * stride,
    size: patchStrides * stride,
  }));
}

interface Block {
  readonly image: number;
  readonly rows: Float32Array;
  readonly labels: Uint8Array;
}

function joined(blocks: readonly Block[]): WindowSet {
  const count = blocks.reduce((sum, { labels }) => sum + labels.length, 0);
  const features = new Float32Array(count * MANUAL_VALUES);
  const labels = new Uint8Array(count);
  const images = new Int32Array(count);
  let row = 0;
  for (const block of blocks) {
    features.set(block.rows, row * MANUAL_VALUES);
    labels.set(block.labels, row);
    images.fill(block.image, row, row + block.labels.length);
    row += block.labels.length;
  }
  return { features, cols: MANUAL_VALUES, labels, images, drawn: count };
}

interface SeenView {
  readonly image: number;
  readonly view: number;
  /** All that the lattice covers. */
  readonly pixels: RgbaImage;
  readonly lattice: Lattice;
  readonly truth: Truth;
  /** Null unless haemorrhage is trained as the negative class. */
  readonly bloody: AreaWithin | null;
  /** As it stands after the view's own draws. */
  readonly random: Random;
}

async function forEachView(scene: StudyScene, what: string, use: (seen: SeenView) => Promise<void>): Promise<void> {
  for (const [image, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`manual ${what} of ${one.name} (${image + 1} of ${scene.images.length})`);
    await withImage(scene, one, async (slide, truth, painted) => {
      const { haemorrhage } = scene.config.refinements;
      const bloody = haemorrhage && (await haemorrhageOf(scene, slide, painted, haemorrhage));
      for (const [view, config] of scene.config.views.entries()) {
        const random = streamFor(scene.config.seed, one.name, view);
        const seen = openView(slide, config, scene.pack, scene.pixelSize, random);
        const pixels = await readLattice(seen);
        await use({ image, view, pixels, lattice: seen.lattice, truth, bloody, random });
      }
    });
  }
}
