import type { Ring } from "./rings.ts";

/**
 * A UUID (RFC 9562, version 8: a value of our own making) that depends on the seed and the ring alone: the same result always
 * carries the same ids, so that opening it twice in another program replaces objects instead of doubling them. Four 32-bit FNV-1a hashes with
 * different beginnings, enough against chance; not a signature.
 */
export function regionId(seed: string, ring: Ring): string {
  const text = `${seed}\n${ring.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`).join(" ")}`;
  const words = [0, 1, 2, 3].map((lane) => fnv1a(text, lane));
  const hex = words.map((word) => word.toString(16).padStart(8, "0")).join("");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function fnv1a(text: string, lane: number): number {
  let hash = Math.imul(0x811c9dc5 ^ lane, 0x01000193);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 255), 0x01000193);
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  // One more round of mixing: lanes that differ in their beginning alone would stay close.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d + 2 * lane);
  return (hash ^ (hash >>> 13)) >>> 0;
}
