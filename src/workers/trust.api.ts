import type { LoadedPack } from "../engine/modelpack/types.ts";
import type { PixelSize } from "../engine/slide/types.ts";
import type { FeatureFinding, TrustPack } from "../engine/trust/report.ts";
import type { TrustReport } from "../engine/trust/types.ts";
import type { SlideInput } from "./slide-input.ts";

export interface CheckRequest {
  readonly slide: SlideInput;
  readonly pack: TrustPack;
  readonly pixelSize: PixelSize;
}

export interface FeaturesRequest {
  readonly slide: SlideInput;
  readonly pack: LoadedPack;
  readonly pixelSize: PixelSize;
  /** Address of the folder with onnxruntime's files, absolute, with a closing slash. */
  readonly runtimeBase: string;
}

/** What the trust worker answers: one question, then it is ended. */
export interface TrustApi {
  check(request: CheckRequest): Promise<TrustReport>;
  /** Null where the pack has no statistics to compare with, or the slide no tissue for a patch. */
  features(request: FeaturesRequest): Promise<FeatureFinding | null>;
}

/** The page's end of it. Each question has a worker of its own, which ends with the answer or with the signal. */
export interface TrustChecker {
  check(request: CheckRequest, signal: AbortSignal): Promise<TrustReport>;
  features(request: FeaturesRequest, signal: AbortSignal): Promise<FeatureFinding | null>;
}
