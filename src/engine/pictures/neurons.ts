import type { ModelPack } from "../modelpack/types.ts";

/** One feature that the SVM weighs: a channel of the network (of a dense pack: its mean over one of the windows). */
export interface Neuron {
  /** Index among the SVM's weights. */
  readonly feature: number;
  /** Channel of the backbone's output. */
  readonly channel: number;
  /** Index into `sampling.windows`, and that window's side in source pixels. */
  readonly window: number;
  readonly side: number;
  /** What one standard deviation of the feature adds to the decision; without reference statistics what one unit adds. */
  readonly weight: number;
  /** The class for which a high value speaks, and the one against which. */
  readonly speaksFor: string;
  readonly against: string;
}

type SvmPack = Pick<ModelPack, "svms" | "selected" | "backbone" | "sampling" | "reference">;

/**
 * The neurons with the largest |weight|, largest first (Fig. 5 of Xu et al., ICASSP 2015); of equals the earlier feature. An SVM is
 * trained on standardised features and a pack stores its weights with that scaling folded in, so they are multiplied by the features'
 * deviations again; otherwise a feature of small numbers would seem to weigh more. With several pairs of classes a neuron
 * counts by its largest weight.
 */
export function strongestNeurons(pack: SvmPack, count: number): Neuron[] {
  const features = pack.svms[0]?.weights.length ?? 0;
  const all = Array.from({ length: features }, (_, feature) => neuronOf(pack, feature));
  return all.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.feature - b.feature).slice(0, count);
}

function neuronOf(pack: SvmPack, feature: number): Neuron {
  const { svms, selected, backbone, sampling, reference } = pack;
  const scale = reference?.featureStd[feature] ?? 1;
  const channels = selected?.length ?? backbone.channels;
  const window = Math.floor(feature / channels);
  const place = feature % channels;
  const own = svms.reduce((best, svm) =>
    Math.abs(svm.weights[feature]!) > Math.abs(best.weights[feature]!) ? svm : best,
  );
  const weight = own.weights[feature]! * scale;
  const [speaksFor, against] = weight < 0 ? [own.negative, own.positive] : [own.positive, own.negative];
  return {
    feature,
    channel: selected?.[place] ?? place,
    window,
    side: sampling.windows[window] ?? sampling.patch,
    weight,
    speaksFor,
    against,
  };
}
