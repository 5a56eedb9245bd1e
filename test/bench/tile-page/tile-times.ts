import OpenSeadragon from "openseadragon";
import type { LevelShape, TilePlace } from "./spread.ts";

export function shapesOf(source: OpenSeadragon.TileSource): LevelShape[] {
  const shapes: LevelShape[] = [];
  for (let level = source.minLevel; level <= source.maxLevel; level++) {
    const scale = source.getLevelScale(level);
    const tileWidth = source.getTileWidth(level);
    const tileHeight = source.getTileHeight(level);
    const width = Math.round(source.dimensions.x * scale);
    const height = Math.round(source.dimensions.y * scale);
    const cols = Math.ceil(width / tileWidth);
    const rows = Math.ceil(height / tileHeight);
    shapes.push({ level, width, height, tileWidth, tileHeight, cols, rows });
  }
  return shapes;
}

/** Milliseconds of each tile from the request to the form that the canvas drawer draws, one after another. */
export async function timeTiles(source: OpenSeadragon.TileSource, places: readonly TilePlace[]): Promise<number[]> {
  const times: number[] = [];
  for (const place of places) {
    const started = performance.now();
    await loadTile(source, place);
    times.push(performance.now() - started);
  }
  return times;
}

/** Milliseconds for all tiles, so many of them asked for at a time. */
export async function timeBurst(
  source: OpenSeadragon.TileSource,
  places: readonly TilePlace[],
  atOnce: number,
): Promise<number> {
  const started = performance.now();
  let next = 0;
  const take = async (): Promise<void> => {
    for (let place = places[next++]; place; place = places[next++]) await loadTile(source, place);
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return performance.now() - started;
}

async function loadTile(source: OpenSeadragon.TileSource, { level, col, row }: TilePlace): Promise<void> {
  const tile = { level, x: col, y: row, tiledImage: null };
  const loaded = new Promise<{ data: unknown; type: string }>((resolve, reject) => {
    const job = {
      tile,
      src: source.getTileUrl(level, col, row),
      userData: {},
      finish: (data: unknown, _request: unknown, type: string) => resolve({ data, type }),
      fail: (message: string) => reject(new Error(message)),
    };
    // A job of OpenSeadragon's loader, as far as tile sources use it.
    source.downloadTileStart(job as unknown as OpenSeadragon.ImageJob);
  });
  const { data, type } = await loaded;
  const converter = OpenSeadragon.converter;
  await converter.convert(tile as unknown as OpenSeadragon.Tile, data, type, "context2d");
}
