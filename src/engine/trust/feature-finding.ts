import { featureDistance } from "./feature-distance.ts";
import { type FeatureRowsRequest, featureRows } from "./feature-rows.ts";
import type { FeatureFinding } from "./report.ts";

/** How far a few patches of a slide lie from training. Null where the pack has no statistics, or the slide no tissue for a patch. */
export async function featureFinding(request: FeatureRowsRequest): Promise<FeatureFinding | null> {
  const { reference } = request.pack;
  if (!reference) return null;
  const rows = await featureRows(request);
  const distance = featureDistance(rows, reference);
  return distance === null ? null : { distance, patches: rows.length };
}
