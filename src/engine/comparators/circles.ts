import type { PlaneSize } from "../tissue/morphology.ts";
import { squaredDistances } from "./distance-transform.ts";

/** A circle around the centre of pixel (x, y). */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Circles within the marked pixels, none over another, largest first: again and again the largest whole radius that fits anywhere (of equal
 * ones roughly the uppermost, leftmost), down to `minRadius`. The outside of the image is not marked.
 *
 * Each pixel keeps the room around it: its distance to what is not marked, cut by each new circle to distance to its centre less its
 * radius. Only pixels within twice the radius can change, so that all of it costs a few visits a pixel.
 */
export function fitCircles(marks: Uint8Array, size: PlaneSize, minRadius: number): Circle[] {
  const { cols, rows } = size;
  const room = roomAround(marks, size);
  const buckets = byRadius(room, minRadius);
  const circles: Circle[] = [];
  for (let radius = buckets.length - 1; radius >= minRadius; radius--) {
    const bucket = buckets[radius]!;
    for (const at of bucket) {
      const fits = Math.floor(room[at]!);
      if (fits < radius) {
        if (fits >= minRadius) buckets[fits]!.push(at);
        continue;
      }
      const circle = { x: at % cols, y: Math.floor(at / cols), radius };
      circles.push(circle);
      takeRoom(circle);
    }
  }
  return circles;

  /** No room is larger than radius + 1 by now. */
  function takeRoom({ x, y, radius }: Circle): void {
    const reach = 2 * radius + 1;
    for (let row = Math.max(0, y - reach); row <= Math.min(rows - 1, y + reach); row++) {
      for (let col = Math.max(0, x - reach); col <= Math.min(cols - 1, x + reach); col++) {
        const left = Math.sqrt((col - x) ** 2 + (row - y) ** 2) - radius;
        const at = row * cols + col;
        if (left < room[at]!) room[at] = left;
      }
    }
  }
}

function roomAround(marks: Uint8Array, size: PlaneSize): Float64Array {
  const { cols, rows } = size;
  const room = squaredDistances(marks, size, 0);
  for (let row = 0, at = 0; row < rows; row++) {
    const toEdge = Math.min(row + 1, rows - row);
    for (let col = 0; col < cols; col++, at++) {
      room[at] = Math.min(Math.sqrt(room[at]!), toEdge, col + 1, cols - col);
    }
  }
  return room;
}

/** Pixels with room for at least `minRadius`, by whole radius, row-major. */
function byRadius(room: Float64Array, minRadius: number): number[][] {
  let most = 0;
  for (let at = 0; at < room.length; at++) if (room[at]! > most) most = room[at]!;
  const buckets: number[][] = Array.from({ length: Math.floor(most) + 1 }, () => []);
  for (let at = 0; at < room.length; at++) {
    const fits = Math.floor(room[at]!);
    if (fits >= minRadius) buckets[fits]!.push(at);
  }
  return buckets;
}
