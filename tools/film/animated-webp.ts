import { joinBytes } from "../../src/engine/base/bytes.ts";

/** One step of a film: a rectangle that replaces what was there, shown for so long. */
export interface FilmStep {
  /** Even, as the format halves them. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly milliseconds: number;
  /** A still WebP of one lossy or lossless picture. */
  readonly still: Uint8Array;
}

const LOOP_FOR_EVER = 0;
const ANIMATION_FLAG = 0x02;
/** Bit 1: the rectangle replaces what is below instead of being blended with it. */
const DO_NOT_BLEND = 0x02;
const LONGEST = 0xffffff;

/** An animated WebP. Layout: "WebP Container Specification" of Google, sections "Extended File Format" and "Animation". */
export function animatedWebp(width: number, height: number, steps: readonly FilmStep[]): Uint8Array {
  const head = new Uint8Array(10);
  head[0] = ANIMATION_FLAG;
  write24(head, 4, width - 1);
  write24(head, 7, height - 1);
  const animation = new Uint8Array(6);
  animation[4] = LOOP_FOR_EVER;
  const chunks = [chunk("VP8X", head), chunk("ANIM", animation), ...steps.map((step) => chunk("ANMF", frame(step)))];
  const body = joinBytes([ascii("WEBP"), ...chunks]);
  return joinBytes([ascii("RIFF"), size32(body.length), body]);
}

function frame(step: FilmStep): Uint8Array {
  if (step.x % 2 !== 0 || step.y % 2 !== 0)
    throw new RangeError(`A frame begins at even pixels, not ${step.x}, ${step.y}.`);
  const head = new Uint8Array(16);
  write24(head, 0, step.x / 2);
  write24(head, 3, step.y / 2);
  write24(head, 6, step.width - 1);
  write24(head, 9, step.height - 1);
  write24(head, 12, Math.min(LONGEST, Math.round(step.milliseconds)));
  head[15] = DO_NOT_BLEND;
  return joinBytes([head, ...picturesOf(step.still)]);
}

/** The chunks of a still that hold its pixels: ALPH, VP8 and VP8L, with their heads. */
function picturesOf(still: Uint8Array): Uint8Array[] {
  const view = new DataView(still.buffer, still.byteOffset, still.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 12; at + 8 <= still.length; ) {
    const name = String.fromCharCode(...still.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (["ALPH", "VP8 ", "VP8L"].includes(name)) found.push(still.subarray(at, end));
    at = end;
  }
  return found;
}

function chunk(name: string, payload: Uint8Array): Uint8Array {
  return joinBytes([ascii(name), size32(payload.length), payload, new Uint8Array(payload.length % 2)]);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function size32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function write24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 255;
  bytes[at + 1] = (value >> 8) & 255;
  bytes[at + 2] = (value >> 16) & 255;
}
