import { measureShape } from "../../engine/annotations/measurement.ts";
import { measuredWords } from "../report/measurement-words.ts";
import { ASSUMED_MARK, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { MeasureKind } from "../state/measure.ts";
import { say, t } from "../words/words.ts";
import { Icon } from "./icons.tsx";

/** While something is measured: what, how far it has come, and the way back and out. */
export function MeasureBar({ app }: { readonly app: App }) {
  const { measure } = app;
  const tool = measure.tool.value;
  if (tool === null) return null;
  const fewest = tool === "area" ? 3 : 2;
  return (
    <fieldset class="measure-bar" aria-label={t`Measuring`}>
      <Kind app={app} kind="length" name={t`Length`} />
      <Kind app={app} kind="area" name={t`Area`} />
      <p role="status" aria-label={t`Measured so far`}>
        {statusWords(app, tool)}
      </p>
      <button
        type="button"
        class="plain"
        disabled={measure.draft.value.length < fewest}
        onClick={() => measure.finish()}
      >
        {t`End shape`}
      </button>
      <UndoButtons app={app} />
      <button
        type="button"
        class="quiet"
        aria-label={t`Stop measuring`}
        title={t`Stop measuring (Esc)`}
        onClick={() => measure.stop()}
      >
        <Icon name="close" />
      </button>
    </fieldset>
  );
}

/** One step of measuring back, and forth again. */
export function UndoButtons({ app: { measure } }: { readonly app: App }) {
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-label={t`Undo`}
        title={t`Undo (Ctrl+Z)`}
        disabled={!measure.canUndo.value}
        onClick={() => measure.undo()}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={t`Redo`}
        title={t`Redo (Ctrl+Shift+Z)`}
        disabled={!measure.canRedo.value}
        onClick={() => measure.redo()}
      >
        <Icon name="redo" />
      </button>
    </>
  );
}

function Kind({ app, kind, name }: { readonly app: App; readonly kind: MeasureKind; readonly name: string }) {
  const begin = () => {
    app.measure.start(kind);
    app.view.handle.value?.focus();
  };
  return (
    <button type="button" class="chip" aria-pressed={app.measure.tool.value === kind} onClick={begin}>
      {name}
    </button>
  );
}

function statusWords(app: App, kind: MeasureKind): string {
  const points = app.measure.draft.value;
  const pixelSize = app.slide.pixelSize.value;
  if (points.length === 0) {
    return kind === "area"
      ? t`Click around a field, or arrows and Enter. On the first point again closes it.`
      : t`Click along a line, or arrows and Enter. On the last point again ends it.`;
  }
  if (points.length === 1) return t`1 point`;
  if (kind === "area" && points.length === 2) return t`2 points`;
  const words = measuredWords(measureShape({ kind, points }, pixelSize));
  const mark = isAssumed(pixelSize) ? ` (${say(ASSUMED_MARK)})` : "";
  return t`${points.length} points: ${words}${mark}`;
}
