import { throwIfAborted } from "../base/errors.ts";
import { necrosisMask } from "../heatmap/mask.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import { withImage } from "../training/collect.ts";
import { chooseThreshold, gridOfCells, type HeldOutImage } from "../training/held-out.ts";
import { scoreMask } from "../training/score.ts";
import { openView, PLAIN_VIEW, streamFor } from "../training/training-image.ts";
import { GRAPH_RLM_OPTIONS, graphRlmRegions, paintRegions } from "./graph-rlm.ts";
import { type KnownRegion, likelyShare } from "./name-regions.ts";
import { RUN_FEATURES } from "./run-lengths.ts";
import { heldOutImage, type MethodOutcome, readLattice, type StudyScene } from "./study.ts";

/** An image with the regions that GraphRLM found on it, and what they really are. */
interface CutImage {
  readonly image: HeldOutImage;
  readonly fold: number;
  /** Region of each lattice cell. */
  readonly painted: Int32Array;
  readonly regions: readonly KnownRegion[];
}

/** Where the share of the truth under like regions becomes "necrosis" is chosen among these. */
const CUTS = { from: 0.05, to: 0.95, count: 19, smooth: 1 };

/**
 * GraphRLM as a comparator: each image is cut without supervision; a region is necrosis when enough of the truth under regions like
 * it, on the training folds, is. How much is enough is chosen on the training folds too, with the same objective as the SVM's threshold.
 * The judged image's truth is never looked at. Specks and holes are treated as for the other methods.
 */
export async function graphRlmStudy(scene: StudyScene, foldOf: Int32Array): Promise<MethodOutcome> {
  const cut: CutImage[] = [];
  for (const [index, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`graph of ${one.name} (${index + 1} of ${scene.images.length})`);
    cut.push(await cutImage(scene, one, foldOf[index]!));
  }
  const { postProcess, threshold } = scene.config;
  const folds = Array.from({ length: Math.max(...foldOf) + 1 }, (_, fold) => fold);
  const options = { postProcess, threshold: { ...CUTS, falseWeight: threshold.falseWeight } };
  const cuts = folds.map((fold) => {
    const others = cut.filter((one) => one.fold !== fold);
    return chooseThreshold(others, (one) => sharesOf(one, knownWithout(cut, [fold, one.fold])), options).threshold;
  });
  return {
    images: cut.map((one) => {
      const shares = sharesOf(one, knownWithout(cut, [one.fold]));
      const mask = necrosisMask(shares, cuts[one.fold]!, postProcess, one.image.pixelSize);
      return { image: one.image, fold: one.fold, mask, score: scoreMask(mask, one.image.cells) };
    }),
    choices: cuts.map((share) => ({ share })),
  };
}

async function cutImage(scene: StudyScene, one: StudyScene["images"][number], fold: number): Promise<CutImage> {
  return await withImage(scene, one, async (slide, truth) => {
    const view = openView(slide, PLAIN_VIEW, scene.pack, scene.pixelSize, () => 0);
    const image = await heldOutImage(one.name, slide, truth, view, scene.signal);
    const random = streamFor(scene.config.seed, one.name, 0);
    const found = graphRlmRegions(await readLattice(view), GRAPH_RLM_OPTIONS, random);
    const { cols, rows, stride } = image.lattice;
    const painted = paintRegions(found, { cols, rows, cell: stride });
    return { image, fold, painted, regions: knownRegions(painted, found.features, found.count, image) };
  });
}

function knownRegions(painted: Int32Array, features: Float64Array, count: number, image: HeldOutImage): KnownRegion[] {
  const tissue = new Float64Array(count);
  const positive = new Float64Array(count);
  painted.forEach((region, cell) => {
    if (region < 0) return;
    tissue[region]! += image.cells.tissue[cell]!;
    positive[region]! += image.cells.positive[cell]!;
  });
  return Array.from(tissue, (area, region) => ({
    features: features.subarray(region * RUN_FEATURES, (region + 1) * RUN_FEATURES),
    area,
    positive: area > 0 ? positive[region]! / area : 0,
  }));
}

/** Regions with tissue of all images whose folds are not left out. */
function knownWithout(cut: readonly CutImage[], out: readonly number[]): KnownRegion[] {
  return cut.filter(({ fold }) => !out.includes(fold)).flatMap(({ regions }) => regions.filter(({ area }) => area > 0));
}

/** Each cell with the likely share of its region. Looks at no truth of this image. */
function sharesOf({ image, painted, regions }: CutImage, known: readonly KnownRegion[]): ConfidenceGrid {
  const shares = regions.map(({ features }) => likelyShare(features, known));
  return gridOfCells(
    image,
    Float32Array.from(painted, (region) => shares[region] ?? 0),
  );
}
