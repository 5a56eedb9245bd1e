import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { PostProcess, SamplingMode } from "../modelpack/types.ts";
import type { ShownFocalPlane } from "../slide/shown-focal-plane.ts";
import type { PixelSize, SlideColour } from "../slide/types.ts";
import { trustRecord } from "../trust/record.ts";
import type { TrustReport } from "../trust/types.ts";

/** Where an exported result comes from: all that is needed to make it again, and to know how far to trust it. */
export interface Provenance {
  readonly appVersion: string;
  /** Null where whoever hands the result on leaves it out. */
  readonly slideName: string | null;
  /** The hash of the slide's fingerprint: names the slide to those who have it, and to nobody else. Default: not known. */
  readonly slideSha256?: string | null;
  /** Bytes of the slide's file. */
  readonly slideByteSize: number;
  readonly width0: number;
  readonly height0: number;
  readonly pixelSize: PixelSize | null;
  /** Default: the slide has one plane of focus. */
  readonly focalPlane?: ShownFocalPlane | null;
  readonly packId: string;
  readonly packSha256: string;
  readonly mode: SamplingMode;
  /** Source pixels between patches. */
  readonly stride: number;
  /** What the network saw: colours as stored, or by the slide's colour profile. */
  readonly colour: SlideColour;
  /** Null where none took part, because each place has its most likely class. */
  readonly threshold: number | null;
  readonly postProcess: PostProcess;
  /** Such as "WASM" or "WebGPU". */
  readonly backend: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Sentences a reader must see beside the numbers. */
  readonly notes: readonly string[];
  /** True where a part of the slide was computed, or all of it coarsely; a note says which. Default: the whole. */
  readonly isPartial?: boolean;
  /** Whether the slide is like what the pack was trained on. Default: not asked. */
  readonly trust?: TrustReport | null;
}

/** What a slide is called in a table: its name, else the first letters of its hash. */
export function slideWords({ slideName, slideSha256 }: Pick<Provenance, "slideName" | "slideSha256">): string {
  return slideName ?? (slideSha256 ? `slide ${slideSha256.slice(0, 8)}` : "");
}

/** The provenance as plain JSON for a file, with the research-use notice; `assumed` is null when the pixel size is unknown. */
export function provenanceRecord(provenance: Provenance): Readonly<Record<string, unknown>> {
  const { pixelSize, slideSha256, trust } = provenance;
  return {
    application: "Palisade",
    appVersion: provenance.appVersion,
    notice: RESEARCH_USE_NOTICE,
    slide: {
      name: provenance.slideName,
      ...(slideSha256 ? { sha256: slideSha256 } : {}),
      byteSize: provenance.slideByteSize,
      width0: provenance.width0,
      height0: provenance.height0,
      ...(provenance.focalPlane ? { focalPlane: provenance.focalPlane } : {}),
    },
    mppX: pixelSize?.mppX ?? null,
    mppY: pixelSize?.mppY ?? null,
    assumed: pixelSize === null ? null : pixelSize.origin === "assumed",
    pack: { id: provenance.packId, sha256: provenance.packSha256 },
    mode: provenance.mode,
    stride: provenance.stride,
    colour: provenance.colour,
    threshold: provenance.threshold,
    postProcess: provenance.postProcess,
    backend: provenance.backend,
    startedAt: provenance.startedAt,
    ...(provenance.isPartial ? { extent: "partial" } : {}),
    ...(trust ? { trust: trustRecord(trust) } : {}),
    notes: provenance.notes,
  };
}
