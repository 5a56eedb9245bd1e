import type { PixelSize, Slide } from "../slide/types.ts";

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
}
