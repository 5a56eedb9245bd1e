import { openProvenBackend } from "../../src/cli/open-backend.ts";
import { openPlainSession } from "../../src/engine/features/pack-session.ts";
import type { Session } from "../../src/engine/features/types.ts";
import type { LoadedPack, ModelPack } from "../../src/engine/modelpack/types.ts";
import type { PixelSize, Slide } from "../../src/engine/slide/types.ts";
import { featureRows } from "../../src/engine/trust/feature-rows.ts";
import { measureSlide, type SlideMeasures } from "../../src/engine/trust/measures.ts";
import { readTrustSample } from "../../src/engine/trust/sample.ts";

/** An image as the trust checks see it. */
export interface MeasuredImage {
  readonly name: string;
  readonly group: string;
  readonly measures: SlideMeasures;
  /** As `featureRows`. */
  readonly rows: readonly Float32Array[];
}

export async function openSessionOf(loaded: LoadedPack): Promise<Session> {
  return openPlainSession(await openProvenBackend(loaded), loaded);
}

export async function measureImage(
  slide: Slide,
  pixelSize: PixelSize,
  { pack, session }: { readonly pack: ModelPack; readonly session: Session },
): Promise<Pick<MeasuredImage, "measures" | "rows">> {
  const sample = await readTrustSample({ slide, sampling: pack.sampling, pixelSize });
  const rows = await featureRows({ slide, pack, session, pixelSize, mask: sample.mask });
  return { measures: measureSlide(sample), rows };
}
