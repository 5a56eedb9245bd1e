/** Things on the slide, filed by the square they may touch; finds those near a rectangle without looking at the rest. */
export interface Bins<T> {
  readonly binUm: number;
  readonly byBin: ReadonlyMap<string, readonly Filed<T>[]>;
}

/** A thing with the rectangle it may touch, in micrometres. */
export interface Filed<T> extends BoundsUm {
  readonly thing: T;
  /** Place in the order of filing: what is found comes in this order, however the slide is cut. */
  readonly order: number;
}

export interface BoundsUm {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Files things by their bounds. */
export function fileInBins<T>(things: readonly T[], boundsOf: (thing: T) => BoundsUm, binUm = 256): Bins<T> {
  const byBin = new Map<string, Filed<T>[]>();
  things.forEach((thing, order) => {
    const bounds = boundsOf(thing);
    for (const key of binKeys(bounds, binUm)) {
      const bin = byBin.get(key) ?? [];
      bin.push({ thing, order, ...bounds });
      byBin.set(key, bin);
    }
  });
  return { binUm, byBin };
}

/** All things whose bounds meet the rectangle, each once, in the order of filing. */
export function findNear<T>(bins: Bins<T>, rectangle: BoundsUm): Filed<T>[] {
  const found = new Map<number, Filed<T>>();
  for (const key of binKeys(rectangle, bins.binUm)) {
    for (const filed of bins.byBin.get(key) ?? []) {
      if (
        filed.left <= rectangle.right &&
        filed.right >= rectangle.left &&
        filed.top <= rectangle.bottom &&
        filed.bottom >= rectangle.top
      ) {
        found.set(filed.order, filed);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.order - b.order);
}

function* binKeys(bounds: BoundsUm, binUm: number): Generator<string> {
  for (let row = Math.floor(bounds.top / binUm); row <= Math.floor(bounds.bottom / binUm); row++) {
    for (let col = Math.floor(bounds.left / binUm); col <= Math.floor(bounds.right / binUm); col++) {
      yield `${col},${row}`;
    }
  }
}
