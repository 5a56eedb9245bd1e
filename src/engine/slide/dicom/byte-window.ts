import type { ByteSource } from "../types.ts";

/** A moving part of a file: values that lie close together cost one read. All numbers little-endian. */
export class ByteWindow {
  readonly source: ByteSource;
  readonly #windowBytes: number;
  #start = 0;
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);

  /** `windowBytes`: read at once, at least. */
  constructor(source: ByteSource, windowBytes: number) {
    this.source = source;
    this.#windowBytes = windowBytes;
  }

  holds(at: number, length: number): boolean {
    return at >= this.#start && at + length <= this.#start + this.#bytes.length;
  }

  /** Makes [at, at + length) readable by the methods below. Throws `slide/truncated` where the file ends before. */
  async load(at: number, length: number): Promise<void> {
    if (this.holds(at, length)) return;
    const wanted = Math.max(length, Math.min(this.#windowBytes, this.source.size - at));
    this.#bytes = await this.source.read(at, wanted);
    this.#start = at;
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }

  uint8(at: number): number {
    return this.#view.getUint8(at - this.#start);
  }

  uint16(at: number): number {
    return this.#view.getUint16(at - this.#start, true);
  }

  uint32(at: number): number {
    return this.#view.getUint32(at - this.#start, true);
  }

  /** A copy. */
  bytes(at: number, length: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(at - this.#start, at - this.#start + length);
  }
}
