import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { PostProcess, SamplingMode } from "../modelpack/types.ts";
import type { ShownFocalPlane } from "../slide/shown-focal-plane.ts";
import type { PixelSize, SlideColour } from "../slide/types.ts";
import { trustRecord } from "../trust/record.ts";
import type { TrustReport } from "../trust/types.ts";

/** Where an exported result comes from: all that is needed to make it again, and to know how far to trust it. */
export interface Provenance {
  readonly appVersion: string;
  readonly slideName: string;
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
  /** Whether the slide is like what the pack was trained on. Default: nobody looked. */
  readonly trust?: TrustReport | null;
}

/** The provenance as plain JSON for a file, with the research-use notice; `assumed` is null when the pixel size is unknown. */
export function provenanceRecord(provenance: Provenance): Readonly<Record<string, unknown>> {
  const { pixelSize } = provenance;
  return {
    application: "Palisade",
    appVersion: provenance.appVersion,
    notice: RESEARCH_USE_NOTICE,
    slide: {
      name: provenance.slideName,
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
    notes: provenance.notes,
    ...(provenance.trust ? { trust: trustRecord(provenance.trust) } : {}),
  };
}
