import { throwIfAborted } from "../base/errors.ts";
import { classLabels } from "../heatmap/class-labels.ts";
import { isBackground } from "../heatmap/class-palette.ts";
import type { ClassPlanes } from "../heatmap/types.ts";
import { cellConfidences } from "../heatmap/windows.ts";
import type { Lattice } from "../patches/types.ts";
import type { PixelSize } from "../slide/types.ts";
import { classPairs } from "../svm/one-vs-one.ts";
import { type ClassRule, coupledProbabilities } from "./class-rule.ts";
import { type Confusion, confusionOf } from "./class-scores.ts";
import { cellClassAreas } from "./class-truth.ts";
import { type ClassScene, withClassImage } from "./collect-classes.ts";
import { exclusionKey } from "./cross-validate.ts";
import { featureView } from "./feature-view.ts";
import type { FittedClasses } from "./fit-classes.ts";
import { tissueOn } from "./judge-images.ts";
import { openView, PLAIN_VIEW } from "./training-image.ts";

/** An image as a model saw it that was trained and calibrated without its fold. */
export interface JudgedImage {
  readonly name: string;
  readonly group: string;
  readonly fold: number;
  readonly lattice: Lattice;
  readonly pixelSize: PixelSize;
  readonly tissue: Uint8Array<ArrayBuffer>;
  readonly planes: ClassPlanes;
  /** Truth on the cells, as `cellClassAreas`. */
  readonly areas0: Float32Array;
  readonly confusion: Confusion;
}

/** Every image, as it is, judged by the model of its fold. 8 bytes x cells x classes are kept of each. */
export async function judgeClasses(
  scene: ClassScene,
  models: ReadonlyMap<string, readonly FittedClasses[]>,
  rules: readonly ClassRule[],
  foldOf: Int32Array,
): Promise<JudgedImage[]> {
  const judged: JudgedImage[] = [];
  const background = scene.classes.findIndex(isBackground);
  for (const [index, one] of scene.images.entries()) {
    throwIfAborted(scene.signal);
    scene.onStep?.(`maps of ${one.name} (${index + 1} of ${scene.images.length})`);
    const fold = foldOf[index]!;
    const rule = rules[fold]!;
    const model = models.get(exclusionKey([fold]))?.[rule.index];
    if (!model) throw new RangeError(`no model without fold ${fold}`);
    judged.push(
      await withClassImage(scene, one, async (slide, truth) => {
        const view = openView(slide, PLAIN_VIEW, scene.pack, scene.pixelSize, () => 0);
        const { lattice, pixelSize } = view;
        const tissue = await tissueOn(slide, lattice, scene.signal);
        const own = await featureView({ ...scene, ...view }).decisions(model.pairs, tissue);
        const planes = planesOf(model, own, rule, lattice, scene.classes.length);
        const areas0 = cellClassAreas(truth, lattice);
        const confusion = confusionOf(classLabels(planes, tissue), areas0, background);
        return { name: one.name, group: one.group, fold, lattice, pixelSize, tissue, planes, areas0, confusion };
      }),
    );
  }
  return judged;
}

function planesOf(
  model: FittedClasses,
  decisions: readonly Float32Array[],
  rule: ClassRule,
  lattice: Lattice,
  classes: number,
): ClassPlanes {
  const places = decisions[0]?.length ?? 0;
  const unknown = new Float32Array(places).fill(Number.NaN);
  const byPair = classPairs(classes).map(({ positive, negative }) => {
    const index = model.pairs.findIndex((pair) => pair.positive === positive && pair.negative === negative);
    return decisions[index] ?? unknown;
  });
  const cells = lattice.cols * lattice.rows;
  const values = new Float32Array(classes * cells);
  coupledProbabilities(rule.calibrations, byPair, classes).forEach((plane, k) => {
    values.set(cellConfidences(plane, lattice), k * cells);
  });
  return { count: classes, values };
}
