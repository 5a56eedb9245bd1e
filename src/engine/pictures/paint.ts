import { copyPixels, whiteImage } from "../slide/pixels.ts";
import type { RgbaImage } from "../slide/types.ts";
import type { BoxItem, Colour, Drawing, TextItem } from "./drawing.ts";
import { type Polyline, textLines } from "./letters.ts";

/** Width of a letter's lines as a share of its size. */
const PEN = { plain: 0.078, bold: 0.125 } as const;

/** The drawing as pixels, in the built-in letters; the same on every machine. */
export function paintDrawing({ width, height, items }: Drawing): RgbaImage {
  const image = whiteImage(Math.ceil(width), Math.ceil(height));
  for (const item of items) {
    if (item.kind === "picture") copyPixels(item.image, image, Math.round(item.x), Math.round(item.y));
    else if (item.kind === "box") paintBox(image, item);
    else paintText(image, item);
  }
  return image;
}

function paintBox(image: RgbaImage, box: BoxItem): void {
  const right = Math.min(image.width, Math.round(box.x + box.width));
  const bottom = Math.min(image.height, Math.round(box.y + box.height));
  for (let y = Math.max(0, Math.round(box.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.round(box.x)); x < right; x++) blend(image, x, y, box.fill, 1);
  }
}

function paintText(image: RgbaImage, item: TextItem): void {
  const { lines, width } = textLines(item.text, item.size);
  const shift = item.anchor === "start" ? 0 : item.anchor === "middle" ? width / 2 : width;
  const left = item.x - shift;
  const radius = Math.max(0.5, (item.size * (item.isBold ? PEN.bold : PEN.plain)) / 2);
  const margin = Math.ceil(radius + 1);
  const area = {
    x: Math.floor(left) - margin,
    y: Math.floor(item.y - item.size) - margin,
    width: Math.ceil(width) + 2 * margin + 1,
    height: Math.ceil(1.4 * item.size) + 2 * margin,
  };
  const coverage = new Float32Array(area.width * area.height);
  for (const line of lines) {
    const moved = line.map(([x, y]) => [x + left - area.x, y + item.y - area.y] as const);
    strokeInto(coverage, area, moved, radius);
  }
  for (let y = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++) {
      const share = coverage[y * area.width + x]!;
      if (share > 0) blend(image, area.x + x, area.y + y, item.colour, share);
    }
  }
}

interface Area {
  readonly width: number;
  readonly height: number;
}

/** Covers each pixel by how far its centre lies within the pen's round stroke; strokes of one text do not add up. */
function strokeInto(coverage: Float32Array, area: Area, line: Polyline, radius: number): void {
  for (let i = 0; i + 1 < line.length; i++) {
    const [ax, ay] = line[i]!;
    const [bx, by] = line[i + 1]!;
    const reach = radius + 1;
    const top = Math.max(0, Math.floor(Math.min(ay, by) - reach));
    const bottom = Math.min(area.height - 1, Math.ceil(Math.max(ay, by) + reach));
    const left = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
    const right = Math.min(area.width - 1, Math.ceil(Math.max(ax, bx) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const away = distance(x + 0.5, y + 0.5, ax, ay, bx, by);
        const at = y * area.width + x;
        coverage[at] = Math.max(coverage[at]!, Math.min(1, radius + 0.5 - away));
      }
    }
  }
}

/** Of a point from a segment. */
function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function blend(image: RgbaImage, x: number, y: number, colour: Colour, share: number): void {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return;
  const at = (y * image.width + x) * 4;
  for (const channel of [0, 1, 2] as const) {
    image.data[at + channel] = image.data[at + channel]! * (1 - share) + colour[channel] * share;
  }
}
