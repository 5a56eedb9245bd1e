import { analysedView } from "../../engine/analysis/analysed-view.ts";
import type { LoadedPack } from "../../engine/modelpack/types.ts";
import type { PixelSize } from "../../engine/slide/types.ts";
import type { TrustReport } from "../../engine/trust/types.ts";
import type { TrustChecker } from "../../workers/trust.api.ts";
import { inputOf } from "./slide.ts";

/** A slide of the list, as its look needs it. */
export interface LookedAt {
  readonly files: readonly File[];
  readonly pixelSize: PixelSize;
  readonly loaded: LoadedPack;
}

/** The list does not stand still for a slide that cannot be looked at. */
const CHECK_MS = 30_000;
/** Nor does a result wait longer than this for the features, once it is there. */
const PATIENCE_MS = 5_000;

/** Whether the slide is like what the pack was trained on, before a run; null where that cannot be told, which hinders nothing. */
export async function lookBefore(
  checker: TrustChecker | null,
  { files, pixelSize, loaded }: LookedAt,
): Promise<TrustReport | null> {
  const { id, sampling, reference } = loaded.pack;
  const slide = inputOf({ files, link: null }, analysedView(loaded.pack, {}));
  const signal = AbortSignal.timeout(CHECK_MS);
  return (
    (await checker?.check({ slide, pack: { id, sampling, reference }, pixelSize }, signal).catch(() => null)) ?? null
  );
}

/** The same with what the network sees of the slide, found beside its run. Never rejects. */
export async function lookBeside(
  checker: TrustChecker,
  { files, pixelSize, loaded }: LookedAt,
  run: {
    readonly before: TrustReport;
    readonly runtimeBase: string;
    readonly ended: Promise<unknown>;
    readonly signal: AbortSignal;
  },
): Promise<TrustReport> {
  const { before, runtimeBase, ended, signal } = run;
  const stop = new AbortController();
  const slide = inputOf({ files, link: null }, analysedView(loaded.pack, {}));
  const both = AbortSignal.any([signal, stop.signal]);
  const finding = checker.features({ slide, pack: loaded, pixelSize, runtimeBase }, both).catch(() => null);
  const late = ended.then(
    () => new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS)),
    () => null,
  );
  const found = await Promise.race([finding, late]);
  stop.abort();
  const { withFeatures } = await import("../../engine/trust/report.ts");
  return withFeatures(before, found, loaded.pack);
}
