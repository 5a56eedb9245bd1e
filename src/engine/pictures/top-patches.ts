/** A rectangle of a slide, level-0 pixels; it may reach over the slide's edge. */
export interface Box0 {
  readonly x0: number;
  readonly y0: number;
  readonly width0: number;
  readonly height0: number;
}

/** A patch that excites a neuron. */
export interface ExcitedPatch {
  /** Index of the image. */
  readonly image: number;
  readonly box: Box0;
  /** The neuron's value. */
  readonly activation: number;
}

/** What one image has for each neuron. */
export interface ImageActivations {
  /** For each neuron its value at every patch; NaN where there is none. */
  readonly values: readonly Float32Array[];
  /** Where a neuron looks at a patch. */
  box(neuron: number, patch: number): Box0;
}

export interface TopPatchOptions {
  /** Patches kept for each neuron. */
  readonly columns: number;
  /** Patches of one image at most, so that a row does not show one place. */
  readonly perImage: number;
}

/**
 * The patches that excite each neuron most, over images that come one after another; keeps no more than it will show. Patches of
 * one row and one image never overlap. Of equals the earlier stays, so the result depends on the images and their order alone.
 */
export class TopPatches {
  readonly #options: TopPatchOptions;
  readonly #rows: ExcitedPatch[][];
  #images = 0;

  constructor(neurons: number, options: TopPatchOptions) {
    this.#options = options;
    this.#rows = Array.from({ length: neurons }, () => []);
  }

  /** O(neurons x patches x log patches). */
  add(activations: ImageActivations): void {
    const image = this.#images++;
    for (const [neuron, row] of this.#rows.entries()) {
      row.push(...bestOf(activations, neuron, Math.min(this.#options.perImage, this.#options.columns), image));
      row.sort((a, b) => b.activation - a.activation);
      row.splice(this.#options.columns);
    }
  }

  /** For each neuron its patches, most excited first. */
  rows(): readonly (readonly ExcitedPatch[])[] {
    return this.#rows;
  }
}

function bestOf({ values, box }: ImageActivations, neuron: number, count: number, image: number): ExcitedPatch[] {
  const own = values[neuron];
  if (!own) throw new RangeError(`no values of neuron ${neuron}`);
  const order = Int32Array.from(own.keys()).filter((patch) => !Number.isNaN(own[patch]!));
  order.sort((a, b) => own[b]! - own[a]! || a - b);
  const found: ExcitedPatch[] = [];
  for (const patch of order) {
    if (found.length >= count) break;
    const place = box(neuron, patch);
    if (!found.some((other) => doOverlap(other.box, place))) {
      found.push({ image, box: place, activation: own[patch]! });
    }
  }
  return found;
}

function doOverlap(a: Box0, b: Box0): boolean {
  const isApart = (from: number, length: number, other: number, otherLength: number) =>
    from + length <= other || other + otherLength <= from;
  return !isApart(a.x0, a.width0, b.x0, b.width0) && !isApart(a.y0, a.height0, b.y0, b.height0);
}
