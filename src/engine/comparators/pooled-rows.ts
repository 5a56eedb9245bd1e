import type { PooledSet } from "../classification-training/collect-bags.ts";

/** Gathers one row per image and view. */
export class PooledRows {
  readonly #rows: ArrayLike<number>[] = [];
  readonly #images: number[] = [];
  readonly #isPlain: number[] = [];

  add(image: number, isPlain: boolean, row: ArrayLike<number>): void {
    this.#rows.push(row);
    this.#images.push(image);
    this.#isPlain.push(isPlain ? 1 : 0);
  }

  result(cols: number): PooledSet {
    const features = new Float32Array(this.#rows.length * cols);
    this.#rows.forEach((row, k) => {
      features.set(row, k * cols);
    });
    return { features, cols, images: Int32Array.from(this.#images), isPlain: Uint8Array.from(this.#isPlain) };
  }
}
