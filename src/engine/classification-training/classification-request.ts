import type { Backend } from "../features/types.ts";
import type { ClassificationConfig } from "./config.ts";
import type { LabelledImage } from "./labelled-image.ts";

/** All that a training is made of. */
export interface ClassificationRequest {
  readonly images: readonly LabelledImage[];
  readonly config: ClassificationConfig;
  readonly backboneBytes: Uint8Array<ArrayBuffer>;
  readonly backend: Backend;
  /** As it was typed; for the record. */
  readonly command: string;
  readonly appVersion: string;
}
