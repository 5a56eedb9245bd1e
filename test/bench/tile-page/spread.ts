/** A level of a tile source, as both readers see it. */
export interface LevelShape {
  /** OpenSeadragon's number of it. */
  readonly level: number;
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly cols: number;
  readonly rows: number;
}

export interface TilePlace {
  readonly level: number;
  readonly col: number;
  readonly row: number;
}

/** Tiles spread evenly over each level, at most `perLevel` of one. */
export function spreadTiles(shapes: readonly LevelShape[], perLevel: number): TilePlace[] {
  return shapes.flatMap(({ level, cols, rows }) => {
    const all = cols * rows;
    const count = Math.min(perLevel, all);
    return Array.from({ length: count }, (_, i) => {
      const index = Math.floor(((i + 0.5) * all) / count);
      return { level, col: index % cols, row: Math.floor(index / cols) };
    });
  });
}
