import { gridOfClass, NO_CLASS } from "../../engine/heatmap/class-labels.ts";
import {
  ASSUMED_MARK,
  formatFixed,
  formatInteger,
  formatMagnification,
  formatUm,
  isAssumed,
  withLocalMark,
} from "../report/numbers.ts";
import { magnificationOf, meanMpp, scaleBarOf } from "../report/scale.ts";
import type { App } from "../state/app.ts";
import { cellAt, confidenceAt } from "../state/confidence-at.ts";
import type { Point0 } from "../state/view.ts";
import { retell, say, t } from "../words/words.ts";
import { isAllShown, type PageCommands } from "./commands.ts";
import { Offline } from "./offline.tsx";
import { RequestCounter } from "./request-counter.tsx";

const SCALE_BAR_MAX = 110;

/** Scale, magnification, position, confidence, what computes, how often the page asked the network, and whether it works offline. */
export function StatusLine({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  return (
    <footer class="status">
      {app.slide.open.value && (
        <>
          <Scale app={app} />
          <Position app={app} />
          <Loading app={app} />
        </>
      )}
      <Backend app={app} />
      <RequestCounter app={app} commands={commands} />
      <Offline offline={app.offline} />
    </footer>
  );
}

function Scale({ app }: { readonly app: App }) {
  const reading = app.view.reading.value;
  if (!reading) return null;
  const pixelSize = app.slide.pixelSize.value;
  const perPixel = (pixelSize ? meanMpp(pixelSize) : 1) / reading.pixelsPerPixel0;
  const bar = scaleBarOf(perPixel, SCALE_BAR_MAX, pixelSize ? "um" : "px");
  const length = bar.unit === "um" ? formatUm(bar.length) : formatPx(bar.length);
  return (
    <div class="status-scale">
      <span class="scale-bar" style={{ width: `${bar.width}px` }} aria-hidden="true" />
      <span class="scale-length">{length}</span>
      <span class="status-magnification">
        {pixelSize ? formatMagnification(magnificationOf(reading.pixelsPerPixel0, pixelSize)) : t`scale unknown`}
      </span>
      {isAssumed(pixelSize) && <span class="assumed">{say(ASSUMED_MARK)}</span>}
    </div>
  );
}

/** A picture of a few pixels fills the stage: its bar may be a part of one. */
function formatPx(length: number): string {
  return `${length < 1 ? withLocalMark(String(Number(length.toPrecision(1)))) : formatInteger(length)} px`;
}

function Position({ app }: { readonly app: App }) {
  const cursor = app.view.cursor.value;
  if (!cursor) return <div class="status-position" />;
  const { x0, y0 } = cursor;
  const pixelSize = app.slide.pixelSize.value;
  const words = confidenceWords(app, cursor);
  return (
    <div class="status-position">
      <span class="figure">x {formatInteger(Math.floor(x0))}</span>
      <span class="figure">y {formatInteger(Math.floor(y0))}</span>
      {pixelSize && (
        <span class="figure status-um">
          {formatUm(x0 * pixelSize.mppX)}, {formatUm(y0 * pixelSize.mppY)}
          {isAssumed(pixelSize) && ` ${say(ASSUMED_MARK)}`}
        </span>
      )}
      {words !== null && <span class="figure">{words}</span>}
    </div>
  );
}

/** Confidence of the map that is shown; of all classes that of the most likely one, by name. Null without a map. */
function confidenceWords(app: App, cursor: Point0): string | null {
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

function Loading({ app }: { readonly app: App }) {
  return app.view.isLoading.value ? <span class="status-loading">{t`Reading tiles …`}</span> : null;
}

function Backend({ app }: { readonly app: App }) {
  const backend = app.analysis.backend.value;
  const text = backend ? `${backend.name}: ${retell(backend.reason)}` : t`Finding out what this computer can use …`;
  const device = backend?.device ? ` (${backend.device})` : "";
  return (
    <div
      class="status-backend"
      role="status"
      aria-label={t`Backend`}
      title={backend ? `${text}${device}, ${backend.runtime}` : text}
    >
      {text}
    </div>
  );
}
