import type { RgbaImage } from "../../../src/engine/slide/types.ts";

export interface RestartJpegOptions {
  /** Minimum coded units between two restart markers; 0 writes none. */
  readonly restartInterval: number;
  /** `4:2:0` halves the colour's resolution: units of 16 x 16 pixels rather than 8 x 8. Default: `4:4:4`. */
  readonly sampling?: "4:4:4" | "4:2:0";
  /** Size that the frame tells. Default: the image's own. */
  readonly frameSize?: { readonly width: number; readonly height: number };
}

export interface RestartJpeg {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each piece between restart markers starts, in bytes of the stream. */
  readonly starts: readonly number[];
}

/** Every coefficient is divided by this: little loss, and no table that a decoder could mix up. */
const QUANTISER = 4;

/** Payload of one DHT segment with the four tables of ITU T.81 annex K.3. */
const HUFFMAN_TABLES =
  "AAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+gEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoLEQACAQIEBAMEBwUEBAABAncAAQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo6ery8/T19vf4+fo=";

/** Baseline JPEG (ITU T.81) of an opaque picture in YCbCr with restart markers where a test wants them. */
export function encodeRestartJpeg(image: RgbaImage, options: RestartJpegOptions): RestartJpeg {
  const factor = options.sampling === "4:2:0" ? 2 : 1;
  const payload = Uint8Array.from(atob(HUFFMAN_TABLES), (char) => char.charCodeAt(0));
  const tables = readTables(payload);
  const out: number[] = [];
  writeHeader(out, image, options, factor, payload);
  const planes = planesOf(image);
  const unit = 8 * factor;
  const across = Math.ceil(image.width / unit);
  const units = across * Math.ceil(image.height / unit);
  const starts = [out.length];
  let bits = new BitWriter(out);
  let predicted = [0, 0, 0];
  for (let i = 0; i < units; i++) {
    if (i > 0 && options.restartInterval > 0 && i % options.restartInterval === 0) {
      bits.flush();
      out.push(0xff, 0xd0 | ((starts.length - 1) & 7));
      starts.push(out.length);
      bits = new BitWriter(out);
      predicted = [0, 0, 0];
    }
    const x = (i % across) * unit;
    const y = Math.floor(i / across) * unit;
    for (let block = 0; block < factor * factor; block++) {
      const left = x + (block % factor) * 8;
      const top = y + Math.floor(block / factor) * 8;
      predicted[0] = writeBlock(bits, tables, 0, sample(planes, 0, left, top, 1), predicted[0] ?? 0);
    }
    for (const c of [1, 2]) {
      predicted[c] = writeBlock(bits, tables, 1, sample(planes, c, x, y, factor), predicted[c] ?? 0);
    }
  }
  bits.flush();
  out.push(0xff, 0xd9);
  return { bytes: new Uint8Array(out), starts };
}

function writeHeader(
  out: number[],
  image: RgbaImage,
  { restartInterval, frameSize = image }: RestartJpegOptions,
  factor: number,
  huffman: Uint8Array,
): void {
  const word = (value: number) => [value >> 8, value & 255];
  const { width, height } = frameSize;
  out.push(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
  out.push(0xff, 0xdb, ...word(67), 0, ...new Array<number>(64).fill(QUANTISER));
  out.push(0xff, 0xc4, ...word(huffman.length + 2), ...huffman);
  out.push(0xff, 0xc0, ...word(17), 8, ...word(height), ...word(width), 3);
  out.push(1, (factor << 4) | factor, 0, 2, 0x11, 0, 3, 0x11, 0);
  if (restartInterval > 0) out.push(0xff, 0xdd, 0, 4, ...word(restartInterval));
  out.push(0xff, 0xda, ...word(12), 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0);
}

interface HuffmanTable {
  readonly codes: ReadonlyMap<number, { readonly code: number; readonly length: number }>;
}

/** Tables by class (0 first coefficients, 1 the others) and number: index `class * 2 + number`. */
function readTables(payload: Uint8Array): HuffmanTable[] {
  const tables: HuffmanTable[] = [];
  for (let at = 0; at < payload.length; ) {
    const head = payload[at] ?? 0;
    const counts = payload.subarray(at + 1, at + 17);
    const codes = new Map<number, { code: number; length: number }>();
    let code = 0;
    let next = at + 17;
    for (const [i, count] of counts.entries()) {
      for (let n = 0; n < count; n++) codes.set(payload[next++] ?? 0, { code: code++, length: i + 1 });
      code <<= 1;
    }
    tables[(head >> 4) * 2 + (head & 15)] = { codes };
    at = next;
  }
  return tables;
}

interface Planes {
  readonly width: number;
  readonly height: number;
  readonly channels: readonly Float32Array[];
}

/** YCbCr of JFIF, with 128 taken off. */
function planesOf({ width, height, data }: RgbaImage): Planes {
  const channels = [0, 1, 2].map(() => new Float32Array(width * height));
  for (let i = 0; i < width * height; i++) {
    const [r = 0, g = 0, b = 0] = data.subarray(i * 4, i * 4 + 3);
    const y = 0.299 * r + 0.587 * g + 0.114 * b;
    [y - 128, (b - y) / 1.772, (r - y) / 1.402].forEach((value, c) => {
      (channels[c] as Float32Array)[i] = value;
    });
  }
  return { width, height, channels };
}

/** 8 x 8 means over `factor` x `factor` pixels; what lies outside repeats the edge. */
function sample({ width, height, channels }: Planes, c: number, x: number, y: number, factor: number): Float32Array {
  const block = new Float32Array(64);
  const channel = channels[c] ?? new Float32Array();
  for (let i = 0; i < 64; i++) {
    let sum = 0;
    for (let part = 0; part < factor * factor; part++) {
      const px = Math.min(width - 1, x + (i & 7) * factor + (part % factor));
      const py = Math.min(height - 1, y + (i >> 3) * factor + Math.floor(part / factor));
      sum += channel[py * width + px] ?? 0;
    }
    block[i] = sum / (factor * factor);
  }
  return block;
}

const COSINES = Float32Array.from({ length: 64 }, (_, i) => {
  const u = i >> 3;
  return Math.cos(((2 * (i & 7) + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 0.5;
});

/** Index into a block in the order in which its coefficients are written (T.81 figure A.6). */
const ZIGZAG = Array.from({ length: 64 }, (_, i) => i).sort((a, b) => {
  const [da, db] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
  return da - db || (da % 2 === 0 ? (a & 7) - (b & 7) : (a >> 3) - (b >> 3));
});

/** Writes one block and returns its first coefficient, from which the next one's is told. */
function writeBlock(
  bits: BitWriter,
  tables: readonly HuffmanTable[],
  table: 0 | 1,
  block: Float32Array,
  predicted: number,
): number {
  const coefficients = transform(block);
  const first = Math.round((coefficients[0] ?? 0) / QUANTISER);
  writeSymbol(bits, tables[table], 0, first - predicted);
  let zeros = 0;
  for (const place of ZIGZAG.slice(1)) {
    const value = Math.round((coefficients[place] ?? 0) / QUANTISER);
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) writeSymbol(bits, tables[2 + table], 0xf0, 0);
    writeSymbol(bits, tables[2 + table], zeros << 4, value);
    zeros = 0;
  }
  if (zeros > 0) writeSymbol(bits, tables[2 + table], 0, 0);
  return first;
}

function transform(block: Float32Array): Float32Array {
  const rows = new Float32Array(64);
  const result = new Float32Array(64);
  for (let i = 0; i < 64; i++) {
    for (let n = 0; n < 8; n++) rows[i]! += block[(i & 56) + n]! * COSINES[(i & 7) * 8 + n]!;
  }
  for (let i = 0; i < 64; i++) {
    for (let n = 0; n < 8; n++) result[i]! += rows[n * 8 + (i & 7)]! * COSINES[(i & 56) + n]!;
  }
  return result;
}

/** A symbol, `upper` with the value's number of bits in its lower half, then the bits themselves (T.81 F.1.2). */
function writeSymbol(bits: BitWriter, table: HuffmanTable | undefined, upper: number, value: number): void {
  const size = 32 - Math.clz32(Math.abs(value));
  const symbol = table?.codes.get(upper | size);
  if (!symbol) throw new RangeError(`no code for ${upper | size}`);
  bits.write(symbol.code, symbol.length);
  bits.write(value < 0 ? value + (1 << size) - 1 : value, size);
}

class BitWriter {
  readonly #out: number[];
  #held = 0;
  #count = 0;

  constructor(out: number[]) {
    this.#out = out;
  }

  write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#held = (this.#held << 1) | ((value >> bit) & 1);
      if (++this.#count === 8) this.#push();
    }
  }

  /** Fills the last byte with ones. */
  flush(): void {
    if (this.#count > 0) this.write(0xff, 8 - this.#count);
  }

  #push(): void {
    this.#out.push(this.#held);
    if (this.#held === 0xff) this.#out.push(0);
    this.#held = 0;
    this.#count = 0;
  }
}
