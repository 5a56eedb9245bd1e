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
  /** For a person: "label", "macro", "thumbnail", "page 3". */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** It may show a patient's name or number: hidden until asked for, never exported. */
  readonly isPrivate: boolean;
}

/** One of several planes of focus. */
export interface FocalPlane {
  /** Micrometres above the plane that the scanner took as sharp; null where the file does not say. */
  readonly offsetUm: number | null;
}

/** One of several channels of a fluorescence image, with how it is shown: as the view asked, else as the file says. */
export interface SlideChannel extends ChannelView {
  readonly name: string;
  /** Values that the file can hold, `least` to `most`. Default of `least`: 0. */
  readonly least?: number;
  readonly most: number;
}

/** How a channel is shown: `low` becomes black, `high` the full colour, and the channels' light adds up. */
export interface ChannelView {
  readonly isShown: boolean;
  /** Red, green, blue, 0-255. */
  readonly colour: readonly [number, number, number];
  readonly low: number;
  readonly high: number;
}

/** Which of the pictures that a file holds is read. Two views of one file are two slides. */
export interface SlideView {
  /** Index into `SlideInfo.focalPlanes`. Default: the middle one. */
  readonly focalPlane?: number;
  /** One for each of `SlideInfo.channels`. Default: as the file says. */
  readonly channels?: readonly ChannelView[];
  /** Default: `stored`. */
  readonly colour?: SlideColour;
}

/** `stored`: colours as they are in the file; `srgb`: by the file's ICC profile. */
export type SlideColour = "stored" | "srgb";

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
  /** Lowest first; empty where there is but one. */
  readonly focalPlanes: readonly FocalPlane[];
  /** Index into `focalPlanes` of the one that is read; 0 where there is but one. */
  readonly focalPlane: number;
  /** Empty for a coloured image; else a fluorescence image, which no pack for stained slides reads. */
  readonly channels: readonly SlideChannel[];
  /** True when an ICC profile lies in the file, so that `SlideView.colour` can be `srgb`. */
  readonly hasColourProfile: boolean;
  /** What the pixels are. */
  readonly colour: SlideColour;
  /** A sentence where the view asks for the profile and it cannot be applied; else null. */
  readonly colourNote: string | null;
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
  /**
   * Of a tile, 2, 4 or 8: it may come at so small a part of its size, with colours a little off, where that is quicker. For what is shown
   * small, never for numbers.
   */
  readonly shrink?: number;
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
  /** A label, macro or thumbnail by its name. Throws `slide/bad-region` for a name that the file does not hold. */
  readAssociated(name: string, options?: ReadOptions): Promise<RgbaImage>;
  close(): void;
}

/** Files that hold one picture and are decoded whole. */
export type PictureType = "png" | "jpeg" | "webp" | "avif" | "jxl" | "gif" | "bmp";

/** Samples as a compressed piece holds them, interleaved row by row; 16 bits as two bytes, the low one first. */
export interface DecodedSamples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bits: 8 | 16;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** LERC: numbers of any kind rather than a picture, interleaved as in `DecodedSamples`. */
export interface DecodedNumbers extends Omit<DecodedSamples, "bits"> {
  readonly kind: "unsigned" | "signed" | "float";
  readonly bits: number;
  /** One value a pixel, 0 where it has no number; null where all have one. */
  readonly mask: Uint8Array<ArrayBuffer> | null;
}

/**
 * What differs between a browser and Node: how compressed pictures become pixels. Injected at the entry points. Sizes must
 * have been bounded by the streams' headers before.
 */
export interface ImageDecoders {
  /** A whole JPEG stream (tables already spliced in) to RGBA. `colour` tells how its three components are meant. */
  decodeJpeg(bytes: Uint8Array<ArrayBuffer>, colour: "ycbcr" | "rgb" | "as-marked"): Promise<RgbaImage>;
  /** The same as a bitmap for the viewer, where the platform has one. */
  decodeJpegToBitmap?(bytes: Uint8Array<ArrayBuffer>, colour: "ycbcr" | "rgb" | "as-marked"): Promise<ImageBitmap>;
  /** About the given size, 1/2, 1/4 or 1/8 of the picture's own, and sooner: see `ReadOptions.shrink`. */
  decodeJpegSmall?(bytes: Uint8Array<ArrayBuffer>, width: number, height: number): Promise<ImageBitmap>;
  /** A whole picture file to RGBA over white. */
  decodeImageFile(bytes: Uint8Array<ArrayBuffer>, type: "png" | "jpeg" | "webp" | "avif"): Promise<RgbaImage>;
  /** JPEG 2000, bare or in a JP2 file: grey, or red, green, blue. `colour` tells how its three components are meant. */
  decodeJpeg2000(bytes: Uint8Array<ArrayBuffer>, colour: "ycbcr" | "rgb"): Promise<DecodedSamples>;
  /** Alpha as stored. */
  decodeWebp(bytes: Uint8Array<ArrayBuffer>): Promise<RgbaImage>;
  /** Alpha as stored, turned as the stream says. */
  decodeJpegXl(bytes: Uint8Array<ArrayBuffer>): Promise<RgbaImage>;
  /** Throws RangeError, before anything is decoded, where there may be more than `maxBytes` of numbers. */
  decodeLerc(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<DecodedNumbers>;
}
