import OpenSeadragon from "openseadragon";
import { afterEach, describe, expect, it } from "vitest";
import { SlideViewer } from "../../src/app/viewer/slide-viewer.ts";
import { PAGE_TILE_BYTES } from "../../src/app/viewer/tile-budget.ts";
import type { SlideInfo, TileAddress } from "../../src/engine/slide/types.ts";
import type { SlideClient } from "../../src/workers/slide.api.ts";
import { plainSlideInfo } from "../support/plain-slide-info.ts";

const EDGE0 = 40_000;
const TILE = 256;
interface Waiting {
  readonly address: TileAddress;
  readonly give: () => void;
}

/** A slide whose tiles are decoded when the test says so, the oldest request first, and never one that was cancelled. */
class SteppedSlide implements SlideClient {
  readonly made: TileAddress[] = [];
  readonly info: SlideInfo;
  readonly #waiting: Waiting[] = [];
  readonly #tile: number;

  fingerprint(): Promise<never> {
    return Promise.reject(new Error("No test here asks for a fingerprint."));
  }

  constructor(tile = TILE) {
    this.#tile = tile;
    const levels = [1, 4, 16, 64].map((downsample) => ({
      width: EDGE0 / downsample,
      height: EDGE0 / downsample,
      downsampleX: downsample,
      downsampleY: downsample,
      tileWidth: tile,
      tileHeight: tile,
    }));
    this.info = plainSlideInfo("stepped", { width: EDGE0, height: EDGE0 }, { levels });
  }

  tile(address: TileAddress, { signal }: { readonly signal?: AbortSignal } = {}): Promise<ImageBitmap> {
    return new Promise((resolve, reject) => {
      const waiting = { address, give: () => resolve(blankBitmap(this.#tile)) };
      this.#waiting.push(waiting);
      signal?.addEventListener("abort", () => {
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(new DOMException("Cancelled.", "AbortError"));
      });
    });
  }

  decode(count: number): TileAddress[] {
    const taken = this.#waiting.splice(0, count);
    for (const { address, give } of taken) {
      this.made.push(address);
      give();
    }
    return taken.map(({ address }) => address);
  }

  region(): Promise<never> {
    return Promise.reject(new Error("No test here reads regions."));
  }

  associated(): Promise<never> {
    return Promise.reject(new Error("Nothing accompanies this slide."));
  }

  close(): void {}
}

function blankBitmap(edge: number): ImageBitmap {
  const canvas = new OffscreenCanvas(edge, edge);
  canvas.getContext("2d");
  return canvas.transferToImageBitmap();
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function mount(slide: SlideClient): OpenSeadragon.Viewer {
  const frame = document.createElement("div");
  frame.style.cssText = "position: absolute; left: 0; top: 0; width: 800px; height: 600px";
  document.body.append(frame);
  const nothing = (): void => undefined;
  const viewer = new SlideViewer(frame, {
    onView: nothing,
    onCursor: nothing,
    onLoading: nothing,
    onTileFailure: (error) => {
      throw error;
    },
    paint: nothing,
  });
  cleanups.push(() => {
    viewer.close();
    frame.remove();
  });
  viewer.open(slide);
  return OpenSeadragon.getViewer(frame);
}

/** Decodes as much as the viewer wants until it wants no more. */
async function loaded(viewer: OpenSeadragon.Viewer, slide: SteppedSlide): Promise<OpenSeadragon.TiledImage> {
  await expect.poll(() => viewer.world.getItemCount(), { timeout: 10_000 }).toBe(1);
  const item = viewer.world.getItemAt(0);
  await frames(2);
  while (!item.getFullyLoaded()) {
    slide.decode(Number.POSITIVE_INFINITY);
    await frames(1);
  }
  return item;
}

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
}

describe("a view that moves on", () => {
  it("lets no tile be decoded that it has left behind, over 30 screens", async () => {
    const slide = new SteppedSlide();
    const viewer = mount(slide);
    const item = await loaded(viewer, slide);
    const y0 = 20_000;
    viewer.viewport.zoomTo(item.imageToViewportZoom(1), undefined, true);
    viewer.viewport.panTo(item.imageToViewportCoordinates(2000, y0), true);
    await loaded(viewer, slide);
    const before = slide.made.length;
    let stale = 0;
    let passed = 0;
    // Half a screen a frame, five tiles of level 0 and more of the coarser ones, of which the decoders manage one.
    for (let frame = 1; frame <= 30 * 2; frame++) {
      const x0 = 2000 + frame * 400;
      viewer.viewport.panTo(item.imageToViewportCoordinates(x0, y0), true);
      await frames(1);
      for (const { level, col } of slide.decode(1)) {
        const edge = TILE * (slide.info.levels[level]?.downsampleX ?? 1);
        // One frame may lie between the view and what it tells the loader.
        if ((col + 1) * edge < x0 - 400 - 400 || col * edge > x0 + 400 + 400) stale += 1;
        passed += 1;
      }
    }
    expect(passed).toBeGreaterThan(50);
    expect(stale).toBe(0);
    await loaded(viewer, slide);
    // What is decoded after the last frame is what the last view shows, not what waited on the way.
    expect(slide.made.length - before - passed).toBeLessThan(60);
  });

  it("loads a tile that it dropped once it comes back", async () => {
    const slide = new SteppedSlide();
    const viewer = mount(slide);
    const item = await loaded(viewer, slide);
    viewer.viewport.zoomTo(item.imageToViewportZoom(1), undefined, true);
    for (const x0 of [5000, 12_000, 19_000, 26_000, 5000]) {
      viewer.viewport.panTo(item.imageToViewportCoordinates(x0, 9000), true);
      await frames(3);
    }
    await loaded(viewer, slide);
    const finest = slide.made.filter(({ level }) => level === 0);
    const [col, row] = [Math.floor(5000 / TILE), Math.floor(9000 / TILE)];
    expect(finest).toContainEqual({ level: 0, col, row });
    expect(finest.some((tile) => tile.col === Math.floor(19_000 / TILE))).toBe(false);
  });
});

describe("a long way over a slide of large tiles", () => {
  it("leaves no more of them in the page than its bound of bytes", async () => {
    const slide = new SteppedSlide(1024);
    const viewer = mount(slide);
    const item = await loaded(viewer, slide);
    viewer.viewport.zoomTo(item.imageToViewportZoom(1), undefined, true);
    for (let step = 0; step < 60; step++) {
      const at = { x: 1000 + step * 630, y: 1000 + ((step * 977) % 38_000) };
      viewer.viewport.panTo(item.imageToViewportCoordinates(at.x, at.y), true);
      await loaded(viewer, slide);
    }
    expect(slide.made.length * 1024 * 1024 * 4).toBeGreaterThan(2 * PAGE_TILE_BYTES);
    expect(viewer.tileCache.numTilesLoaded() * 1024 * 1024 * 4).toBeLessThanOrEqual(PAGE_TILE_BYTES + 4 * 1024 * 1024);
  });
});
