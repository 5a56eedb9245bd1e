/** Bytes that can be read by slices: a dropped `File`, a file on disk, or an array in a test. Never read whole. */
export interface ByteSource {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`.
   * Throws `slide/truncated` when the source ends before, `slide/unreadable` when the file changed or is gone.
   */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Pixels, row-major, four bytes each (red, green, blue, alpha); length = width * height * 4. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Micrometres per level-0 pixel; x and y may differ. */
export interface PixelSize {
  readonly mppX: number;
  readonly mppY: number;
  /** `file`: the slide's own metadata; `assumed`: typed by a person, and so marked wherever a number leaves. */
  readonly origin: "file" | "assumed";
}

export interface SlideLevel {
  readonly width: number;
  readonly height: number;
  /** Level-0 pixels per pixel of this level, measured from the sizes, never assumed a power of two. */
  readonly downsampleX: number;
  readonly downsampleY: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

export interface AssociatedImage {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** Everything known of a slide without decoding a pixel. Structured-cloneable. */
export interface SlideInfo {
  readonly name: string;
  /** Bytes of the file. */
  readonly byteSize: number;
  /** For a person, such as "Aperio SVS", "tiled BigTIFF", "PNG". */
  readonly format: string;
  readonly width0: number;
  readonly height0: number;
  /** Finest first; level 0 always there. */
  readonly levels: readonly SlideLevel[];
  readonly pixelSize: PixelSize | null;
  readonly objectivePower: number | null;
  /** For a person, such as "JPEG", "zstd". */
  readonly compression: string;
  readonly associatedImages: readonly AssociatedImage[];
  /** Vendor properties as written in the file, for instance `aperio.AppMag`. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface TileAddress {
  readonly level: number;
  readonly col: number;
  readonly row: number;
}

/** Top left corner in level-0 pixels, size in pixels of `level` (OpenSlide's convention). */
export interface RegionRequest {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
  readonly level: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
}

/** An open slide. Whoever opens it closes it. */
export interface Slide {
  readonly info: SlideInfo;
  /**
   * One tile for the viewer, cropped to the level's edge: a bitmap where the platform decodes to one, else pixels.
   * A tile that the file leaves out is white glass. Throws `slide/decode-failed`, `slide/truncated`.
   */
  readTile(tile: TileAddress, options?: ReadOptions): Promise<ImageBitmap | RgbaImage>;
  /** Pixels of any region; what lies outside the slide is white (255, 255, 255, 255). */
  readRegion(region: RegionRequest, options?: ReadOptions): Promise<RgbaImage>;
  close(): void;
}

/**
 * What differs between a browser and Node: how compressed pictures become pixels. Injected at the entry points.
 */
export interface ImageDecoders {
  /** A whole JPEG stream (tables already spliced in) to RGBA. `colour` tells how its three components are meant. */
  decodeJpeg(bytes: Uint8Array<ArrayBuffer>, colour: "ycbcr" | "rgb" | "as-marked"): Promise<RgbaImage>;
  /** The same as a bitmap for the viewer, where the platform has one. */
  decodeJpegToBitmap?(bytes: Uint8Array<ArrayBuffer>, colour: "ycbcr" | "rgb" | "as-marked"): Promise<ImageBitmap>;
  /** A whole PNG or JPEG file to RGBA over white. */
  decodeImageFile(bytes: Uint8Array<ArrayBuffer>, type: "png" | "jpeg"): Promise<RgbaImage>;
}
