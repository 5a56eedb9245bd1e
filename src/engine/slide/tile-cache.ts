import type { RgbaImage } from "./types.ts";

/**
 * Decoded pieces, the least recently used dropped first, bounded in bytes. Two readers of one piece share its decoding;
 * a failed one is forgotten, so that the next reader tries again.
 */
export class TileCache {
  #maxBytes: number;
  readonly #kept = new Map<string, RgbaImage>();
  readonly #pending = new Map<string, Promise<RgbaImage>>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of pixels now held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Raises the bound to `bytes` if it is lower. */
  reserve(bytes: number): void {
    this.#maxBytes = Math.max(this.#maxBytes, bytes);
  }

  async get(key: string, decode: () => Promise<RgbaImage>): Promise<RgbaImage> {
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const pending = this.#pending.get(key);
    if (pending) return await pending;
    const started = decode();
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

  #keep(key: string, image: RgbaImage): void {
    const bytes = image.data.byteLength;
    if (bytes > this.#maxBytes) return;
    this.#kept.set(key, image);
    this.#bytes += bytes;
    for (const [oldest, dropped] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= dropped.data.byteLength;
    }
  }
}
