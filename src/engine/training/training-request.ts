import type { Backend } from "../features/types.ts";
import type { TrainingConfig } from "./config.ts";
import type { TrainingImage } from "./training-image.ts";
import type { MaskColour } from "./truth.ts";

/** All that a training is made of. */
export interface TrainingRequest {
  readonly images: readonly TrainingImage[];
  /** Colour of the positive class in the masks; white is background, every other colour is other tissue. */
  readonly positive: MaskColour;
  /** Micrometres per pixel of the images, taken as known for all of them. */
  readonly mpp: number;
  readonly config: TrainingConfig;
  readonly backboneBytes: Uint8Array<ArrayBuffer>;
  readonly backend: Backend;
  /** As it was typed; for the record. */
  readonly command: string;
  readonly appVersion: string;
}
