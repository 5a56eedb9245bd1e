import type { RgbaImage } from "./types.ts";

/** What keeping a piece costs beside its pixels: key, objects, a buffer of its own. */
const PIECE_OVERHEAD = 512;
/** What a file's layout can raise the bound to, in bytes. */
const MOST_BYTES = 160 * 1024 * 1024;

/**
 * Decoded pieces, the least recently used dropped first. What is kept and what is being decoded is bounded in bytes together. Two
 * readers of one piece share its decoding; a failed one is forgotten, so that the next reader tries again.
 */
export class TileCache {
  #maxBytes: number;
  readonly #kept = new Map<string, RgbaImage>();
  readonly #pending = new Map<string, Promise<RgbaImage>>();
  #bytes = 0;
  /** Bytes that the pieces now being decoded may take. */
  #working = 0;
  readonly #waiting: { readonly bytes: number; readonly start: () => void }[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of pixels now held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Raises the bound to `bytes` if it is lower, up to 160 MB. */
  reserve(bytes: number): void {
    this.#maxBytes = Math.max(this.#maxBytes, Math.min(bytes, MOST_BYTES));
  }

  /**
   * The piece of that key. `workBytes` is what `decode` takes at most: it waits until the pieces that are being decoded leave room for
   * it, and kept ones are dropped to make room; a piece larger than the bound is decoded alone. `decode` must not ask this cache for
   * anything, unless `workBytes` is 0: then it is not counted.
   */
  async get(key: string, decode: () => Promise<RgbaImage>, workBytes = 0): Promise<RgbaImage> {
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const pending = this.#pending.get(key);
    if (pending) return await pending;
    const started = workBytes > 0 ? this.#decodeInBounds(decode, workBytes) : decode();
    this.#pending.set(key, started);
    try {
      const image = await started;
      this.#keep(key, image);
      return image;
    } finally {
      this.#pending.delete(key);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  async #decodeInBounds(decode: () => Promise<RgbaImage>, bytes: number): Promise<RgbaImage> {
    if (this.#isRoomFor(bytes) && this.#waiting.length === 0) this.#working += bytes;
    else await new Promise<void>((resolve) => this.#waiting.push({ bytes, start: resolve }));
    this.#dropDownTo(this.#maxBytes - this.#working);
    try {
      return await decode();
    } finally {
      this.#working -= bytes;
      for (let next = this.#waiting[0]; next && this.#isRoomFor(next.bytes); next = this.#waiting[0]) {
        this.#waiting.shift();
        this.#working += next.bytes;
        next.start();
      }
    }
  }

  #isRoomFor(bytes: number): boolean {
    return this.#working === 0 || this.#working + bytes <= this.#maxBytes;
  }

  #keep(key: string, image: RgbaImage): void {
    const bytes = costOf(image);
    if (bytes > this.#maxBytes) return;
    this.#kept.set(key, image);
    this.#bytes += bytes;
    this.#dropDownTo(this.#maxBytes);
  }

  #dropDownTo(most: number): void {
    for (const [oldest, dropped] of this.#kept) {
      if (this.#bytes <= most) break;
      this.#kept.delete(oldest);
      this.#bytes -= costOf(dropped);
    }
  }
}

function costOf(image: RgbaImage): number {
  return image.data.byteLength + PIECE_OVERHEAD;
}
