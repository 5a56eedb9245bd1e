import { type Bytes, concatBytes } from "./mutations/bytes.ts";

export interface RawJpeg {
  readonly width: number;
  readonly height: number;
  readonly components?: number;
  /** 0xc0 baseline (default), 0xc2 progressive. */
  readonly frame?: number;
  /** Header segments before the frame. */
  readonly before?: readonly Uint8Array[];
  /** Quantization and Huffman tables. Default: true. */
  readonly hasTables?: boolean;
  /** Each with its header; default one that shows middle grey. */
  readonly scans?: readonly Uint8Array[];
}

/** Marker and payload, with the length between. */
export function jpegSegment(marker: number, payload: readonly number[] | Uint8Array): Bytes {
  const length = payload.length + 2;
  return new Uint8Array([0xff, marker, length >> 8, length & 255, ...payload]);
}

/** Huffman tables of one code of one bit: a DC difference of zero; and an end of block, or for progressive scans a run of 2^14 of them. */
function tables(isProgressive: boolean): Bytes {
  const oneCode = (kind: number, symbol: number) => [kind, 1, ...new Array<number>(15).fill(0), symbol];
  return concatBytes([
    jpegSegment(0xdb, [0, ...new Array<number>(64).fill(1)]),
    jpegSegment(0xc4, [...oneCode(0x00, 0), ...oneCode(0x10, isProgressive ? 0xe0 : 0)]),
  ]);
}

/** A scan header and its picture data. `from` and `to` are the coefficients of a progressive scan. */
export function jpegScan(components: readonly number[], from: number, to: number, data: Uint8Array): Bytes {
  const header = [components.length, ...components.flatMap((id) => [id, 0]), from, to, 0];
  return concatBytes([jpegSegment(0xda, header), data]);
}

/** A JPEG stream that says whatever it is told to. */
export function rawJpeg(options: RawJpeg): Bytes {
  const { width, height, components = 1, frame = 0xc0, before = [], hasTables = true } = options;
  const ids = Array.from({ length: components }, (_, i) => i + 1);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8) * components;
  const scans = options.scans ?? [jpegScan(ids, 0, 63, new Uint8Array(Math.ceil(blocks / 4)))];
  return concatBytes([
    new Uint8Array([0xff, 0xd8]),
    ...before,
    ...(hasTables ? [tables(frame === 0xc2)] : []),
    jpegSegment(frame, [
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      components,
      ...ids.flatMap((id) => [id, 0x11, 0]),
    ]),
    ...scans,
    new Uint8Array([0xff, 0xd9]),
  ]);
}
