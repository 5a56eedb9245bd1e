import type { BinarySvm, LoadedPack, Sampling } from "../../../src/engine/modelpack/types.ts";
import { classPairs } from "../../../src/engine/svm/one-vs-one.ts";
import { darknessPack } from "./darkness-pack.ts";

/** What speaks for each class, on mean red, green and blue of -1 to 1 each: weights and bias. */
const SCORES = [
  { name: "Dark", weights: [-2, -2, -2], bias: -1 },
  { name: "Pale tissue", weights: [1, -2, 1], bias: 0 },
  { name: "Glass", weights: [0.5, 2, 0.5], bias: -2 },
] as const;

const DETAILS = [
  { colour: "#000000", maskColour: [5, 5, 5], threshold: 0.5 },
  { colour: "#009e73", maskColour: [5, 208, 4], threshold: 0.4 },
  { colour: "#ffffff", maskColour: [255, 255, 255], threshold: 0.6 },
] as const;

/** The network of `darknessPack` with three classes: dark, pale and glass by their colour. Windows weigh alike. */
export function classPack(sampling: Partial<Sampling> = {}): LoadedPack {
  const loaded = darknessPack({ sampling, id: "three" });
  const windows = loaded.pack.sampling.windows.length;
  const svms = classPairs(SCORES.length).map(({ positive, negative }): BinarySvm => {
    const [own, other] = [SCORES[positive]!, SCORES[negative]!];
    const weights = own.weights.map((weight, channel) => (2 * (weight - other.weights[channel]!)) / windows);
    return {
      positive: own.name,
      negative: other.name,
      weights: Float32Array.from({ length: 3 * windows }, (_, i) => weights[i % 3]!),
      bias: 2 * (own.bias - other.bias),
      calibration: { a: -2, b: 0.1 },
    };
  });
  const pack = { ...loaded.pack, classes: SCORES.map(({ name }) => name), classDetails: [...DETAILS], svms };
  return { ...loaded, pack };
}
