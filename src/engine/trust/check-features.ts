import type { ModelPack } from "../modelpack/types.ts";
import type { TrustOptions } from "./options.ts";
import { rounded, sentence } from "./sentence.ts";
import type { TrustCheck } from "./types.ts";

/** Whether the network sees on the slide what it saw in training. `distance`: as `featureDistance`. */
export function checkFeatures(
  distance: number,
  patches: number,
  reference: NonNullable<ModelPack["reference"]>,
  { amberDistance, redDistance }: TrustOptions,
): TrustCheck {
  // Without measured ranges: features of training lie about one standard deviation from their mean.
  const held = reference.ranges?.measures.featureDistance[2] ?? 1.25;
  const facts = {
    distance_sd: rounded(distance),
    trainedTo_sd: rounded(held),
    amberFrom_sd: rounded(amberDistance * held),
    redFrom_sd: rounded(redDistance * held),
    patches,
  };
  const id = "features";
  const numbers = [distance, patches, held] as const;
  if (distance >= redDistance * held)
    return {
      id,
      light: "red",
      ...sentence(
        "What the network sees lies {0} standard deviations from training (in {1} places; training images held out: up to {2}): far from anything it has learned.",
        ...numbers,
      ),
      facts,
    };
  if (distance >= amberDistance * held)
    return {
      id,
      light: "amber",
      ...sentence(
        "What the network sees lies {0} standard deviations from training (in {1} places; training images held out: up to {2}).",
        ...numbers,
      ),
      facts,
    };
  return {
    id,
    light: "green",
    ...sentence(
      "What the network sees is like training: {0} standard deviations away (in {1} places; training images held out: up to {2}).",
      ...numbers,
    ),
    facts,
  };
}
