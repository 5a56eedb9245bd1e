import type { RegionRequest, RgbaImage, Slide, SlideInfo, TileAddress } from "../../src/engine/slide/types.ts";

/** A slide as the fuzzer reads it: one in this thread, or one behind a worker. */
export interface OpenedSlide {
  readonly info: SlideInfo;
  /** Resolves with the tile's size. */
  tile(address: TileAddress): Promise<{ readonly width: number; readonly height: number }>;
  region(region: RegionRequest): Promise<RgbaImage>;
  associated(name: string): Promise<RgbaImage>;
  close(): void;
}

export function openedSlide(slide: Slide): OpenedSlide {
  return {
    info: slide.info,
    tile: (address) => slide.readTile(address),
    region: (region) => slide.readRegion(region),
    associated: (name) => slide.readAssociated(name),
    close: () => slide.close(),
  };
}
