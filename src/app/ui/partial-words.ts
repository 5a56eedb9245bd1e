import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** What the numbers are of, where that is not the whole slide. */
export function partialWords({ analysis }: App): string | null {
  const state = analysis.state.value;
  if (state.kind === "running") return t`so far`;
  if (state.kind === "cancelled" || state.kind === "interrupted") return t`partial`;
  const part = state.kind === "done" ? state.result.part : undefined;
  if (!part) return null;
  return part.kind === "coarse" ? t`coarse` : t`region only`;
}
