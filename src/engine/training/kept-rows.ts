/** Feature rows of patch positions, row-major: positions.length x features. */
export interface PatchRows {
  readonly positions: Int32Array;
  readonly rows: Float32Array;
}

/**
 * Keeps the feature rows of one image between runs: patch by patch, an image costs minutes, so that a training that was
 * interrupted, or is repeated with other settings of the SVM, goes on from what is there. Whoever makes one answers for it that image,
 * network, sampling and pixel size are always the same.
 */
export interface RowStore {
  /** All that is kept so far, in any order. */
  load(features: number): Promise<PatchRows>;
  append(found: PatchRows): Promise<void>;
}

type RowsAt = (positions: Int32Array) => Promise<Float32Array>;

/** Positions computed before they are written down: about a quarter of a minute of work. */
const CHUNK = 1024;

/** `rowsAt` that computes only what `store` does not hold, and lets it keep the rest piece by piece. */
export function keepRows(rowsAt: RowsAt, store: RowStore, features: number): RowsAt {
  return async (positions) => {
    const kept = await store.load(features);
    const known = new Set(kept.positions);
    const missing = positions.filter((position) => !known.has(position));
    const placeOf = new Map(Array.from(positions, (position, place) => [position, place]));
    const result = new Float32Array(positions.length * features);
    const copy = ({ positions: from, rows }: PatchRows) => {
      from.forEach((position, row) => {
        const place = placeOf.get(position);
        if (place !== undefined) result.set(rows.subarray(row * features, (row + 1) * features), place * features);
      });
    };
    copy(kept);
    for (let from = 0; from < missing.length; from += CHUNK) {
      const chunk = missing.slice(from, from + CHUNK);
      const found = { positions: chunk, rows: await rowsAt(chunk) };
      await store.append(found);
      copy(found);
    }
    return result;
  };
}
