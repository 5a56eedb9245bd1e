import type { ModelPack } from "../modelpack/types.ts";
import type { PixelSize, SlideInfo } from "../slide/types.ts";
import { checkBrightness } from "./check-brightness.ts";
import { checkFeatures } from "./check-features.ts";
import { checkPixelSize } from "./check-pixel-size.ts";
import { checkStain } from "./check-stain.ts";
import { checkFocus, checkFolds, checkPen, checkTissue } from "./check-surface.ts";
import type { SlideMeasures } from "./measures.ts";
import { DEFAULT_TRUST_OPTIONS, type TrustOptions } from "./options.ts";
import { LIGHTS, type Light, type TrustCheck, type TrustReport } from "./types.ts";

/** What the checks need to know of a pack. */
export type TrustPack = Pick<ModelPack, "id" | "sampling" | "reference">;

export interface TrustRequest {
  readonly info: Pick<SlideInfo, "channels" | "objectivePower">;
  readonly pixelSize: PixelSize;
  readonly pack: TrustPack;
  readonly measures: SlideMeasures;
}

/** The report before a run. */
export function trustReport(
  { info, pixelSize, pack, measures }: TrustRequest,
  options: TrustOptions = DEFAULT_TRUST_OPTIONS,
): TrustReport {
  const { sampling, reference } = pack;
  const scale = checkPixelSize({ info, pixelSize, sampling, measures }, options);
  const stain = checkStain(info, measures, reference, options);
  // Of a fluorescence image nothing else can be asked that was made for stained slides.
  if (info.channels.length > 0) return reportOf(pack.id, "before", [scale, stain]);
  return reportOf(pack.id, "before", [
    scale,
    checkTissue(measures, sampling, options),
    checkFocus(measures, reference, options),
    checkPen(measures, options),
    checkFolds(measures, reference, options),
    stain,
    checkBrightness(measures, reference, options),
  ]);
}

/** What a few patches of a slide look like to the network. */
export interface FeatureFinding {
  /** As `featureDistance`. */
  readonly distance: number;
  readonly patches: number;
}

/** The report after a run: with the features, where they could be had. */
export function withFeatures(
  before: TrustReport,
  found: FeatureFinding | null,
  pack: TrustPack,
  options: TrustOptions = DEFAULT_TRUST_OPTIONS,
): TrustReport {
  const others = before.checks.filter(({ id }) => id !== "features");
  const checks =
    found && pack.reference
      ? [...others, checkFeatures(found.distance, found.patches, pack.reference, options)]
      : others;
  return { ...reportOf(before.packId, "after", checks), isOverruled: before.isOverruled };
}

/** The worst of some lights; green of none. */
export function worstOf(lights: readonly Light[]): Light {
  return LIGHTS[Math.max(0, ...lights.map((light) => LIGHTS.indexOf(light)))] ?? "green";
}

function reportOf(packId: string, when: TrustReport["when"], checks: readonly TrustCheck[]): TrustReport {
  return { version: 1, packId, when, light: worstOf(checks.map(({ light }) => light)), checks, isOverruled: false };
}
