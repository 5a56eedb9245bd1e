import type { PixelLayer } from "./layer.ts";
import type { TileCache } from "./tile-cache.ts";
import type { ByteSource, FocalPlane, ImageDecoders, PixelSize, SlideChannel, SlideLevel, SlideView } from "./types.ts";

/** What the reader of a format gives to a slide: layers with their geometry, and what is known of it. */
export interface SlideContent {
  /** For a person, such as "Aperio SVS". */
  readonly format: string;
  readonly compression: string;
  /** One a level, finest first. */
  readonly layers: readonly PixelLayer[];
  readonly levels: readonly SlideLevel[];
  readonly pixelSize: PixelSize | null;
  readonly objectivePower: number | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly associated?: readonly AssociatedLayer[];
  /** Lowest first. Default: one plane. */
  readonly focalPlanes?: readonly FocalPlane[];
  /** The plane of `focalPlanes` that the layers show. Default: 0. */
  readonly focalPlane?: number;
  /** Default: none, a coloured image. */
  readonly channels?: readonly SlideChannel[];
  /** The ICC profile. Default: there is none. */
  readonly readColourProfile?: () => Promise<Uint8Array<ArrayBuffer> | null>;
}

export interface AssociatedLayer {
  readonly name: string;
  readonly layer: PixelLayer;
}

/** What every reader of a format gets. */
export interface OpenContext {
  /** All files that were given as one slide, the first one first. */
  readonly sources: readonly ByteSource[];
  readonly decoders: ImageDecoders;
  /** Decoded pieces of all layers. */
  readonly cache: TileCache;
  readonly view: SlideView;
}

/** Geometry of layers whose downsamples are the ratios of their sizes. */
export function levelsOf(layers: readonly PixelLayer[]): SlideLevel[] {
  const [layer0] = layers;
  if (!layer0) return [];
  return layers.map((layer) => ({
    width: layer.width,
    height: layer.height,
    downsampleX: layer0.width / layer.width,
    downsampleY: layer0.height / layer.height,
    tileWidth: layer.tileWidth,
    tileHeight: layer.tileHeight,
  }));
}
