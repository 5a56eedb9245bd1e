import { measureShape } from "../../engine/annotations/measurement.ts";
import { measuredWords, measurementTable } from "../report/measurement-words.ts";
import { ASSUMED_MARK, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { MeasureKind, Measurement } from "../state/measure.ts";
import type { Rect0 } from "../state/view.ts";
import { say, t } from "../words/words.ts";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icons.tsx";
import { UndoButtons } from "./measure-bar.tsx";

/** What was measured on the slide, and what measures more. */
export function MeasurementList({ app }: { readonly app: App }) {
  const { measure } = app;
  const shapes = measure.shapes.value;
  return (
    <div class="measurements">
      <div class="measure-tools">
        <span>{t`Measuring`}</span>
        <Begin app={app} kind="length" name={t`Length`} words={t`Measure a length`} />
        <Begin app={app} kind="area" name={t`Area`} words={t`Measure an area`} />
        <UndoButtons app={app} />
      </div>
      {shapes.length > 0 && (
        <>
          <ol aria-label={t`Measurements`}>
            {shapes.map((shape, i) => (
              <Row key={shape.id} app={app} shape={shape} number={i + 1} />
            ))}
          </ol>
          <div class="buttons">
            <CopyButton
              key={shapes.map(({ id }) => id).join()}
              text={measurementTable(shapes, app.slide.pixelSize.value)}
              label={t`Copy measurements`}
            />
            <button type="button" class="plain" onClick={() => measure.removeAll()}>
              {t`Delete all`}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

interface BeginProps {
  readonly app: App;
  readonly kind: MeasureKind;
  readonly name: string;
  readonly words: string;
}

function Begin({ app: { measure, view }, kind, name, words }: BeginProps) {
  const begin = () => {
    measure.start(kind);
    view.handle.value?.focus();
  };
  return (
    <button
      type="button"
      class="chip"
      aria-label={words}
      title={words}
      aria-pressed={measure.tool.value === kind}
      onClick={begin}
    >
      {name}
    </button>
  );
}

function Row({ app, shape, number }: { readonly app: App; readonly shape: Measurement; readonly number: number }) {
  const pixelSize = app.slide.pixelSize.value;
  const figures = measureShape(shape, pixelSize);
  return (
    <li>
      <button type="button" class="measurement" title={t`Show on the slide`} onClick={() => show(app, shape)}>
        <span>{number}</span>
        <span>{shape.kind === "area" ? t`Area` : t`Length`}</span>
        <span class="figure">
          {measuredWords(figures)}
          {isAssumed(pixelSize) && <span class="assumed"> {say(ASSUMED_MARK)}</span>}
        </span>
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={t`Delete measurement ${number}`}
        title={t`Delete measurement ${number}`}
        onClick={() => app.measure.remove(shape.id)}
      >
        <Icon name="close" />
      </button>
      {figures.crossesItself && <p class="remark">{t`The outline crosses itself: parts of the area are taken off.`}</p>}
    </li>
  );
}

function show({ view }: App, { points }: Measurement): void {
  const xs = points.map(({ x0 }) => x0);
  const ys = points.map(({ y0 }) => y0);
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const [x0, y0] = [least(xs), least(ys)];
  const rect: Rect0 = { x0, y0, width0: most(xs) - x0, height0: most(ys) - y0 };
  view.handle.value?.show(rect);
}
