import { gridOfClass, NO_CLASS } from "../../engine/heatmap/class-labels.ts";
import { formatFixed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { cellAt, confidenceAt } from "../state/confidence-at.ts";
import type { Point0 } from "../state/view.ts";
import { t } from "../words/words.ts";
import { isAllShown } from "./commands.ts";

/** Confidence of the map that is shown; of all classes that of the most likely one, by name. Null without a map. */
export function confidenceWords(app: App, cursor: Point0): string | null {
  const grid = app.necrosis.findings.value?.grid;
  if (!grid) return null;
  const found = isAllShown(app) ? classAt(app, cursor) : { name: t`conf`, confidence: confidenceAt(grid, cursor) };
  return found?.confidence == null ? `${t`conf`} –` : `${found.name} ${formatFixed(found.confidence, 2)}`;
}

function classAt(app: App, cursor: Point0) {
  const grid = app.analysis.grid.value;
  const map = app.classes.map.value;
  const cell = grid && cellAt(grid, cursor);
  if (!grid?.classes || !map || cell === null || cell === undefined) return null;
  const label = map.labels[cell] ?? NO_CLASS;
  if (label === NO_CLASS) return null;
  return { name: map.areas[label]?.name ?? "", confidence: confidenceAt(gridOfClass(grid, label), cursor) };
}
