/** Pieces of a file that were read last, in whole blocks, up to a number of blocks. The one unused for longest goes first. */
export class BlockCache {
  readonly #blocks = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** What is there, or on its way; it counts as used. */
  get(index: number): Promise<Uint8Array<ArrayBuffer>> | undefined {
    const block = this.#blocks.get(index);
    if (!block) return undefined;
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    return block;
  }

  /** A block that fails is forgotten, so that it is asked for again. */
  set(index: number, block: Promise<Uint8Array<ArrayBuffer>>): void {
    this.#blocks.set(index, block);
    block.catch(() => {
      if (this.#blocks.get(index) === block) this.#blocks.delete(index);
    });
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= this.#most) break;
      this.#blocks.delete(oldest);
    }
  }
}
