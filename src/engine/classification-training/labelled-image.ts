import type { PixelSize, Slide } from "../slide/types.ts";
import type { RowStore } from "../training/kept-rows.ts";

/** An image whose class is known; it is opened when its turn comes. */
export interface LabelledImage {
  /** Unique. */
  readonly name: string;
  readonly label: string;
  /** Images of one group (a patient, a slide) never lie in two folds. */
  readonly group: string;
  /** What the table says; null: what the image's file says. */
  readonly pixelSize: PixelSize | null;
  /** Closed by whoever asked for it. */
  openSlide(): Promise<Slide>;
  /**
   * Where the features of the image's patches are kept between trainings; `what` is all that they depend on beside image and network.
   * Default: nothing is kept.
   */
  readonly storeFor?: ((what: Readonly<Record<string, unknown>>) => RowStore) | undefined;
}
