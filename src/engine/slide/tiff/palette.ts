/** The colour map of TIFF 6.0 section 5 (all reds, then greens, then blues; 16 bits) as 8 bit triples. */
export function paletteOf(colorMap: readonly number[] | null): Uint8Array | null {
  if (!colorMap || colorMap.length < 3 || colorMap.length % 3 !== 0) return null;
  const count = colorMap.length / 3;
  // Some writers put 8 bit values here.
  const divisor = colorMap.every((value) => value < 256) ? 1 : 257;
  const palette = new Uint8Array(colorMap.length);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) palette[i * 3 + c] = Math.round((colorMap[c * count + i] ?? 0) / divisor);
  }
  return palette;
}
