import type { SlideFingerprint } from "../engine/slide/fingerprint.ts";
import type { PixelSize, RegionRequest, RgbaImage, SlideInfo, TileAddress } from "../engine/slide/types.ts";
import type { SlideInput } from "./slide-input.ts";
import type { JobId } from "./wire.ts";

/** What the slide worker answers: the reader behind the viewer. All arguments and results can be cloned. */
export interface SlideApi {
  open(input: SlideInput, pixelSize: PixelSize | null): Promise<SlideInfo>;
  /** Of the level beyond the slide's own: its overview, where `overviewOf` tells of one. Transferred. */
  tile(address: TileAddress, job: JobId): Promise<ImageBitmap>;
  /** Transferred. */
  region(request: RegionRequest, job: JobId): Promise<RgbaImage>;
  /** A label, macro or thumbnail. Transferred. */
  associated(name: string, job: JobId): Promise<RgbaImage>;
  /** Of the files that are open; reads three pieces of each. */
  fingerprint(): Promise<SlideFingerprint>;
  cancel(job: JobId): void;
}

/** The page's end of it. Starts the worker lazily; `close` ends it and rejects what is pending with `workers/closed`. */
export interface SlideClient {
  readonly info: SlideInfo;
  tile(address: TileAddress, options?: { readonly signal?: AbortSignal }): Promise<ImageBitmap>;
  region(request: RegionRequest, options?: { readonly signal?: AbortSignal }): Promise<RgbaImage>;
  associated(name: string, options?: { readonly signal?: AbortSignal }): Promise<RgbaImage>;
  /** What the slide is known by, whatever its name and date. Throws `slide/unreadable`. */
  fingerprint(): Promise<SlideFingerprint>;
  close(): void;
}
