import { throwIfAborted } from "../base/errors.ts";
import { type DrawnView, drawView, isPlainView } from "../classification-training/bag-view.ts";
import { enlarged, named, pixelSizeOf, viewsOf } from "../classification-training/collect-bags.ts";
import type { ClassificationConfig } from "../classification-training/config.ts";
import type { FitOptions } from "../classification-training/fit-bags.ts";
import type { LabelledImage } from "../classification-training/labelled-image.ts";
import type { PixelSize, Slide } from "../slide/types.ts";
import { streamFor } from "../training/training-image.ts";

/** What every classification method is given: the same images, classes, folds, views and options. */
export interface BagStudy {
  /** By name. */
  readonly images: readonly LabelledImage[];
  readonly config: ClassificationConfig;
  readonly fit: FitOptions;
  /** Fold of each image. */
  readonly foldOf: Int32Array;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: string) => void;
}

/** An image under one view, opened for the time of a visit. */
export interface SeenImage {
  readonly image: number;
  readonly slide: Slide;
  /** With the view's enlargement. */
  readonly pixelSize: PixelSize;
  readonly drawn: DrawnView;
  readonly isPlain: boolean;
}

/** Opens every image in turn and shows it under every view, by the same draws as for the network's features. */
export async function forEachSeen(
  study: BagStudy,
  what: string,
  use: (seen: SeenImage) => Promise<void>,
): Promise<void> {
  const { images, config } = study;
  for (const [index, image] of images.entries()) {
    throwIfAborted(study.signal);
    study.onStep?.(`${what} of ${image.name} (${index + 1} of ${images.length})`);
    const slide = await named(image, () => image.openSlide());
    try {
      const pixelSize = pixelSizeOf(image, slide);
      for (const [number, view] of viewsOf(config).entries()) {
        const drawn = drawView(view, streamFor(config.seed, image.name, number));
        const seen = { image: index, slide, drawn, isPlain: isPlainView(view) };
        await named(image, () => use({ ...seen, pixelSize: enlarged(pixelSize, drawn.scale) }));
      }
    } finally {
      slide.close();
    }
  }
}
