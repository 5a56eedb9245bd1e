import { describe, expect, it } from "vitest";
import { neuronWords } from "../../../src/engine/pictures/neuron-figure.ts";
import { strongestNeurons } from "../../../src/engine/pictures/neurons.ts";
import { colourClassifier, colourPack } from "./made-scenes.ts";

describe("the strongest neurons of a pack", () => {
  it("come by the size of their weight, with the class for which they speak", () => {
    const neurons = strongestNeurons(colourPack().pack, 4);
    expect(neurons.map(({ feature, channel, side }) => ({ feature, channel, side }))).toEqual([
      { feature: 0, channel: 0, side: 16 },
      { feature: 2, channel: 2, side: 16 },
      { feature: 3, channel: 0, side: 48 },
      { feature: 5, channel: 2, side: 48 },
    ]);
    expect(neurons.map(({ weight }) => weight)).toEqual([2, -1, 1, -0.5]);
    expect(neurons[0]).toMatchObject({ speaksFor: "necrosis", against: "other" });
    expect(neurons[1]).toMatchObject({ speaksFor: "other", against: "necrosis" });
  });

  it("are weighed by the deviation of their feature where the pack tells it", () => {
    const { pack } = colourPack();
    const reference = {
      featureMean: [0, 0, 0, 0, 0, 0],
      featureStd: [0.1, 1, 1, 1, 1, 8],
      rgbMean: [0, 0, 0] as const,
      rgbStd: [1, 1, 1] as const,
    };
    const neurons = strongestNeurons({ ...pack, reference }, 2);
    expect(neurons.map(({ feature, weight }) => [feature, weight])).toEqual([
      [5, -4],
      [2, -1],
    ]);
  });

  it("of selected channels are named by the channel of the network, and of several pairs by the pair that weighs most", () => {
    const { pack } = colourClassifier();
    const svms = [
      pack.svms[0]!,
      { ...pack.svms[0]!, positive: "tumour", negative: "scar", weights: Float32Array.of(0.5, 3) },
    ];
    const neurons = strongestNeurons({ ...pack, svms }, 5);
    expect(neurons).toHaveLength(2);
    expect(neurons[0]).toMatchObject({ feature: 1, channel: 2, weight: 3, speaksFor: "tumour", against: "scar" });
    expect(neurons[1]).toMatchObject({ feature: 0, channel: 0, weight: -2, speaksFor: "blood", against: "tumour" });
  });

  it("are put into words with sign, channel and, where there are several, window", () => {
    const [first, second] = strongestNeurons(colourPack().pack, 2);
    expect(neuronWords(first!, true)).toEqual({ head: "necrosis +2.0", facts: "channel 0, window 16 px" });
    expect(neuronWords(second!, false)).toEqual({ head: "other −1.0", facts: "channel 2" });
  });
});
