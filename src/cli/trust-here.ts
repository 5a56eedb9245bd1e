import { openPlainSession } from "../engine/features/pack-session.ts";
import type { Backend } from "../engine/features/types.ts";
import type { LoadedPack } from "../engine/modelpack/types.ts";
import type { PixelSize, Slide } from "../engine/slide/types.ts";
import { featureFinding } from "../engine/trust/feature-finding.ts";
import { measureSlide } from "../engine/trust/measures.ts";
import { trustReport, withFeatures } from "../engine/trust/report.ts";
import { readTrustSample } from "../engine/trust/sample.ts";
import type { TrustReport } from "../engine/trust/types.ts";

/**
 * Whether a slide is like what the pack was trained on, the network's own view included. Null without a pixel size, and where the slide cannot be looked
 * at: that hinders no run, which says itself what is wrong.
 */
export async function trustHere(
  backend: Backend,
  loaded: LoadedPack,
  slide: Slide,
  pixelSize: PixelSize | null,
): Promise<TrustReport | null> {
  if (!pixelSize) return null;
  const { pack } = loaded;
  try {
    const sample = await readTrustSample({ slide, sampling: pack.sampling, pixelSize });
    const before = trustReport({ info: slide.info, pixelSize, pack, measures: measureSlide(sample) });
    const session = await openPlainSession(backend, loaded);
    try {
      const found = await featureFinding({ slide, pack, session, pixelSize, mask: sample.mask });
      return withFeatures(before, found, pack);
    } finally {
      await session.close();
    }
  } catch {
    return null;
  }
}

/** What a person at a terminal must see before a result of a red slide; empty for any other. */
export function trustWarnings(report: TrustReport | null): string[] {
  if (report?.light !== "red") return [];
  const reasons = report.checks.filter(({ light }) => light === "red").map(({ reason }) => reason);
  return [`warning: the slide is unlike what the pack was trained on. ${reasons.join(" ")}`];
}
