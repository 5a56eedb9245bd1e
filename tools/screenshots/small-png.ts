import { crc32, deflateSync } from "node:zlib";
import { decode } from "fast-png";

const MOST_COLOURS = 256;
/** Colours that fill surfaces, however small, stay exactly as they are; tissue, where hardly a pixel is as its neighbour, shares the rest. */
const EXACT_COLOURS = 96;
const EXACT_LEAST = 24;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A colour with the number of its pixels. */
interface Counted {
  readonly rgb: readonly [number, number, number];
  readonly count: number;
}

/** The same picture with at most 256 colours: a quarter of the bytes, and nobody sees it. Alpha is left out. */
export function smallPng(png: Uint8Array): Buffer {
  const { width, height, data, channels } = decode(png);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    pixels[i] = (Number(data[at]) << 16) | (Number(data[at + 1]) << 8) | Number(data[at + 2]);
  }
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const indexOf = new Map<number, number>();
  const palette: (readonly [number, number, number])[] = [];
  const isFew = counts.size <= MOST_COLOURS;
  for (const colour of isFew ? counts.keys() : surfaceColours(pixels))
    indexOf.set(colour, palette.push(channelsOf(colour)) - 1);
  if (!isFew) {
    const rest = [...counts].filter(([colour]) => !indexOf.has(colour));
    shareOut(rest, indexOf, palette);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x]!) ?? 0;
  return indexedPng(width, height, palette, rows);
}

/** Colours of many pixels that are as those left of them. */
function surfaceColours(pixels: Uint32Array): readonly number[] {
  const counts = new Map<number, number>();
  for (let i = 1; i < pixels.length; i++) {
    const colour = pixels[i]!;
    if (colour === pixels[i - 1]) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= EXACT_LEAST)
    .sort(([, a], [, b]) => b - a)
    .slice(0, EXACT_COLOURS)
    .map(([colour]) => colour);
}

/** Median cut over bins of 5 bits a channel (Heckbert, Color image quantization for frame buffer display, SIGGRAPH 1982). */
function shareOut(
  rest: readonly (readonly [colour: number, count: number])[],
  indexOf: Map<number, number>,
  palette: (readonly [number, number, number])[],
): void {
  const bins = new Map<number, (readonly [colour: number, count: number])[]>();
  for (const one of rest) {
    const key = (one[0] >> 3) & 0x1f1f1f;
    const bin = bins.get(key);
    if (bin) bin.push(one);
    else bins.set(key, [one]);
  }
  const boxes = [[...bins.values()].map((members) => ({ members, ...meanOf(members) }))];
  while (palette.length + boxes.length < MOST_COLOURS) {
    const widest = boxes.reduce((best, box, i) => (weightOf(box) > weightOf(boxes[best] ?? []) ? i : best), 0);
    const box = boxes[widest];
    if (!box || box.length < 2) break;
    const channel = widestChannel(box).channel;
    box.sort((a, b) => a.rgb[channel]! - b.rgb[channel]!);
    const half = box.reduce((sum, { count }) => sum + count, 0) / 2;
    let cut = 0;
    for (let sum = 0; cut < box.length - 1 && sum < half; cut++) sum += box[cut]!.count;
    boxes.splice(widest, 1, box.slice(0, Math.max(1, cut)), box.slice(Math.max(1, cut)));
  }
  for (const box of boxes) {
    const members = box.flatMap((bin) => bin.members);
    const index = palette.push(meanOf(members).rgb) - 1;
    for (const [colour] of members) indexOf.set(colour, index);
  }
}

function meanOf(members: readonly (readonly [colour: number, count: number])[]): Counted {
  const sums = [0, 0, 0];
  let total = 0;
  for (const [colour, count] of members) {
    channelsOf(colour).forEach((value, c) => {
      sums[c]! += value * count;
    });
    total += count;
  }
  const [r = 0, g = 0, b = 0] = sums.map((sum) => Math.round(sum / Math.max(1, total)));
  return { rgb: [r, g, b], count: total };
}

function widestChannel(box: readonly Counted[]): { readonly channel: number; readonly range: number } {
  const ranges = [0, 1, 2].map((channel) => {
    const values = box.map(({ rgb }) => rgb[channel]!);
    return {
      channel,
      range: values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255),
    };
  });
  return ranges.reduce((best, one) => (one.range > best.range ? one : best));
}

function weightOf(box: readonly Counted[]): number {
  return box.length < 2 ? 0 : widestChannel(box).range * Math.sqrt(box.reduce((sum, { count }) => sum + count, 0));
}

function channelsOf(colour: number): [number, number, number] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

/** Layout: "Portable Network Graphics (PNG) Specification (Third Edition)" of the W3C, sections 5 and 11. */
function indexedPng(
  width: number,
  height: number,
  palette: readonly (readonly [number, number, number])[],
  rows: Buffer,
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  head[9] = 3;
  const chunks = [
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function chunk(name: string, payload: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), payload]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
