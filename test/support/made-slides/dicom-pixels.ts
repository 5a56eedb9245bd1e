import { delimiter, type ElementWriter, elementHead, joinBytes } from "./dicom-elements.ts";

/** Where a reader finds the frames of compressed pixel data. */
export type OffsetTable = "basic" | "extended" | "none";

const PIXEL_DATA = 0x7fe00010;

export function nativePixelData(frames: readonly Uint8Array[], bits: number, writer: ElementWriter): Uint8Array {
  const bytes = joinBytes(frames);
  return joinBytes([elementHead(PIXEL_DATA, bits > 8 ? "OW" : "OB", bytes.length, writer), bytes]);
}

/** PS3.5 section A.4: a table, which may be empty, then each frame in `pieces` fragments. */
export function encapsulatedPixelData(
  frames: readonly Uint8Array[],
  { table, pieces, writer }: { readonly table: OffsetTable; readonly pieces: number; readonly writer: ElementWriter },
): Uint8Array {
  const fragments = frames.map((frame) => joinBytes(cut(even(frame), pieces).map((piece) => item(piece))));
  const offsets = new Uint8Array(table === "basic" ? frames.length * 4 : 0);
  if (table === "basic") {
    const view = new DataView(offsets.buffer);
    for (const [i, offset] of startsOf(fragments).entries()) view.setUint32(i * 4, offset, true);
  }
  return joinBytes([
    elementHead(PIXEL_DATA, "OB", 0xffffffff, writer),
    item(offsets),
    ...fragments,
    delimiter(0xfffee0dd, 0),
  ]);
}

/** Offsets and lengths of the Extended Offset Table; each frame in one fragment. */
export function extendedTable(frames: readonly Uint8Array[]): {
  readonly offsets: number[];
  readonly lengths: number[];
} {
  const fragments = frames.map((frame) => item(even(frame)));
  return { offsets: startsOf(fragments), lengths: fragments.map(({ length }) => length - 8) };
}

function startsOf(fragments: readonly Uint8Array[]): number[] {
  let next = 0;
  return fragments.map(({ length }) => {
    const start = next;
    next += length;
    return start;
  });
}

function item(bytes: Uint8Array): Uint8Array {
  return joinBytes([delimiter(0xfffee000, bytes.length), bytes]);
}

function even(bytes: Uint8Array): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : joinBytes([bytes, new Uint8Array(1)]);
}

function cut(bytes: Uint8Array, pieces: number): Uint8Array[] {
  const length = Math.ceil(bytes.length / pieces / 2) * 2;
  return Array.from({ length: pieces }, (_, i) => bytes.slice(i * length, (i + 1) * length));
}

/** RLE of PS3.5 annex G: the frame's byte planes, each as runs and literals. `frame`: interleaved samples. */
export function rleFrame(frame: Uint8Array, samples: number, bits: number): Uint8Array {
  const bytesEach = bits / 8;
  const pixels = frame.length / samples / bytesEach;
  const segments: Uint8Array[] = [];
  for (let sample = 0; sample < samples; sample++) {
    for (let byte = bytesEach - 1; byte >= 0; byte--) {
      const plane = new Uint8Array(pixels);
      for (let i = 0; i < pixels; i++) plane[i] = frame[(i * samples + sample) * bytesEach + byte] ?? 0;
      segments.push(even(packBits(plane)));
    }
  }
  const header = new Uint8Array(64);
  const view = new DataView(header.buffer);
  view.setUint32(0, segments.length, true);
  for (const [i, start] of startsOf(segments).entries()) view.setUint32(4 + i * 4, 64 + start, true);
  return joinBytes([header, ...segments]);
}

function packBits(plane: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < plane.length; ) {
    let run = 1;
    while (run < 128 && at + run < plane.length && plane[at + run] === plane[at]) run++;
    if (run > 1) {
      out.push(257 - run, plane[at] ?? 0);
      at += run;
      continue;
    }
    let end = at + 1;
    while (end < plane.length && end - at < 128 && plane[end] !== plane[end + 1]) end++;
    out.push(end - at - 1, ...plane.subarray(at, end));
    at = end;
  }
  return Uint8Array.from(out);
}
