import OpenSeadragon from "openseadragon";
import { isAbortError } from "../../engine/base/errors.ts";
import type { SlideInfo, SlideLevel } from "../../engine/slide/types.ts";
import { overviewOf } from "../../workers/overview.ts";
import type { SlideClient } from "../../workers/slide.api.ts";

let sources = 0;

/** The slide's levels, and its overview as one more that is one tile. */
function withOverview({ levels, width0, height0 }: SlideInfo): readonly SlideLevel[] {
  const overview = overviewOf(levels);
  if (!overview) return levels;
  const { width, height } = overview;
  const shape = { width, height, tileWidth: width, tileHeight: height };
  return [...levels, { ...shape, downsampleX: width0 / width, downsampleY: height0 / height }];
}

/**
 * Tiles of a slide for OpenSeadragon, which counts levels from the coarsest. Sizes of levels are the measured ones, so ratios
 * need be neither whole nor powers of two, and the last column and row may be narrower than a tile.
 */
export class SlideTileSource extends OpenSeadragon.TileSource {
  readonly #client: SlideClient;
  readonly #levels: readonly SlideLevel[];
  readonly #id: number;
  readonly #onFailure: (error: unknown) => void;
  #isRetired = false;
  readonly #jobs = new Map<OpenSeadragon.ImageJob, AbortController>();

  constructor(client: SlideClient, onFailure: (error: unknown) => void) {
    const { width0, height0 } = client.info;
    const levels = withOverview(client.info);
    super({
      width: width0,
      height: height0,
      tileWidth: levels[0]?.tileWidth ?? 256,
      tileHeight: levels[0]?.tileHeight ?? 256,
      tileOverlap: 0,
      minLevel: 0,
      maxLevel: levels.length - 1,
      ready: true,
    });
    this.#client = client;
    this.#levels = levels;
    this.#id = ++sources;
    this.#onFailure = onFailure;
  }

  /** Slide level (0 = finest) of a viewer level. */
  #slideLevel(level: number): number {
    return this.#levels.length - 1 - level;
  }

  #at(level: number): SlideLevel {
    const found = this.#levels[this.#slideLevel(level)];
    if (!found) throw new RangeError(`The slide has no viewer level ${level}.`);
    return found;
  }

  override getLevelScale(level: number): number {
    return this.#at(level).width / this.dimensions.x;
  }

  override getNumTiles(level: number): OpenSeadragon.Point {
    const { width, height, tileWidth, tileHeight } = this.#at(level);
    return new OpenSeadragon.Point(Math.ceil(width / tileWidth), Math.ceil(height / tileHeight));
  }

  override getTileWidth(level: number): number {
    return this.#at(level).tileWidth;
  }

  override getTileHeight(level: number): number {
    return this.#at(level).tileHeight;
  }

  override getTileBounds(level: number, x: number, y: number, isSource?: boolean): OpenSeadragon.Rect {
    const { width, height, tileWidth, tileHeight } = this.#at(level);
    const xLevel = x * tileWidth;
    const yLevel = y * tileHeight;
    const w = Math.min(tileWidth, width - xLevel);
    const h = Math.min(tileHeight, height - yLevel);
    if (isSource) return new OpenSeadragon.Rect(0, 0, w, h);
    const ratio = this.dimensions.y / this.dimensions.x;
    return new OpenSeadragon.Rect(xLevel / width, (yLevel / height) * ratio, w / width, (h / height) * ratio);
  }

  override getTileAtPoint(level: number, point: OpenSeadragon.Point): OpenSeadragon.Tile {
    const { width, height, tileWidth, tileHeight } = this.#at(level);
    const count = this.getNumTiles(level);
    const ratio = this.dimensions.y / this.dimensions.x;
    const x = Math.min(count.x - 1, Math.max(0, Math.floor((point.x * width) / tileWidth)));
    const y = Math.min(count.y - 1, Math.max(0, Math.floor(((point.y / ratio) * height) / tileHeight)));
    // OpenSeadragon's types promise a Tile here; its code, and every caller in it, means a Point of column and row.
    return new OpenSeadragon.Point(x, y) as unknown as OpenSeadragon.Tile;
  }

  override getTileUrl(level: number, x: number, y: number): string {
    return `slide-${this.#id}/${level}/${x}_${y}`;
  }

  override getTileHashKey(level: number, x: number, y: number): string {
    return this.getTileUrl(level, x, y);
  }

  override hasTransparency(): boolean {
    return false;
  }

  override equals(other: OpenSeadragon.TileSource): boolean {
    return this === other;
  }

  override downloadTileStart(job: OpenSeadragon.ImageJob): void {
    if (this.#isRetired) {
      job.fail("The slide was replaced.", null);
      return;
    }
    const { level, x, y } = job.tile;
    const controller = new AbortController();
    this.#jobs.set(job, controller);
    this.#client
      .tile({ level: this.#slideLevel(level), col: x, row: y }, { signal: controller.signal })
      .then((bitmap) => {
        if (controller.signal.aborted) bitmap.close();
        else job.finish(bitmap, null, "imageBitmap");
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        if (!isAbortError(error)) this.#onFailure(error);
        job.fail("The tile could not be read.", null);
      })
      .finally(() => this.#jobs.delete(job));
  }

  /** Tiles under way, for any viewer. */
  get running(): Iterable<OpenSeadragon.ImageJob> {
    return this.#jobs.keys();
  }

  /** Cancels every tile under way and to come: OpenSeadragon itself lets them hold their places after their slide was closed. */
  cancelAll(): void {
    this.#isRetired = true;
    for (const job of [...this.#jobs.keys()]) job.abort();
  }

  override downloadTileAbort(job: OpenSeadragon.ImageJob): void {
    this.#jobs.get(job)?.abort();
    this.#jobs.delete(job);
  }
}
