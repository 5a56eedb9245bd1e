import { type Signal, useSignal } from "@preact/signals";
import type { SlideFigures } from "../../engine/annotations/slides-csv.ts";
import { formatDuration, formatInteger, formatMm2, formatPercent } from "../report/numbers.ts";
import { exportSlidesTable } from "../report/slides-table.ts";
import type { App } from "../state/app.ts";
import type { QueuedSlide } from "../state/queue-list.ts";
import { msg, say, t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Icon } from "./icons.tsx";
import { showQueued } from "./queue-rows.tsx";
import { foundWords, outlookWords, queuedWords } from "./queue-words.ts";
import { Switch } from "./switch.tsx";
import { LightMark } from "./trust-section.tsx";
import { useTakesKeyboard } from "./use-takes-keyboard.ts";

interface QueueTableProps {
  readonly app: App;
  readonly commands: PageCommands;
}

interface Order {
  readonly column: Column;
  readonly isDown: boolean;
}

/** All results in one table, over the page without stopping anything. */
export function QueueTable({ app, commands }: QueueTableProps) {
  const isShown = commands.panel.value === "slides";
  const close = useTakesKeyboard<HTMLButtonElement>(isShown);
  const order = useSignal<Order | null>(null);
  if (!isShown) return null;
  const slides = sorted(app.queue.slides.value, order.value);
  return (
    <section class="proof queue-panel" role="dialog" aria-label={t`Results of all slides`}>
      <div class="panel-head">
        <h2>{t`Results of all slides`}</h2>
        <button type="button" class="quiet" ref={close} aria-label={t`Close`} onClick={() => commands.showPanel(null)}>
          <Icon name="close" />
        </button>
      </div>
      <p class="figure">{outlookWords(app.queue.outlook.value)}</p>
      <div class="queue-scroll">
        <table class="queue-table">
          <caption class="out-of-sight">{t`Results of all slides`}</caption>
          <thead>
            <tr>
              {COLUMNS.map(({ column, words }) => (
                <Heading key={column} column={column} words={say(words)} order={order} />
              ))}
            </tr>
          </thead>
          <tbody>
            {slides.map((slide) => (
              <Line key={slide.id} app={app} commands={commands} slide={slide} />
            ))}
          </tbody>
        </table>
      </div>
      <TableExport app={app} />
    </section>
  );
}

type Column = "name" | "state" | "percent" | "mm2" | "foci" | "trust" | "seconds";

const COLUMNS: readonly { readonly column: Column; readonly words: string }[] = [
  { column: "name", words: msg`Name` },
  { column: "percent", words: msg`Of tissue` },
  { column: "mm2", words: msg`Area` },
  { column: "foci", words: msg`Foci` },
  { column: "trust", words: msg`Trust` },
  { column: "state", words: msg`State` },
  { column: "seconds", words: msg`Time` },
];

function Heading(props: { readonly column: Column; readonly words: string; readonly order: Signal<Order | null> }) {
  const { column, words, order } = props;
  const own = order.value?.column === column ? order.value : null;
  const next = () => {
    // Up, down, and back to the order of work.
    order.value = own === null ? { column, isDown: false } : own.isDown ? null : { column, isDown: true };
  };
  return (
    <th scope="col" aria-sort={own === null ? "none" : own.isDown ? "descending" : "ascending"}>
      <button type="button" class="sort" onClick={next}>
        {words}
        <span aria-hidden="true">{own === null ? "" : own.isDown ? " ↓" : " ↑"}</span>
      </button>
    </th>
  );
}

function Line({ app, commands, slide }: QueueTableProps & { readonly slide: QueuedSlide }) {
  const { state, name } = slide;
  const figures = state.kind === "done" ? state.figures : null;
  const isShown = app.queue.shownId.value === slide.id;
  return (
    <tr class={isShown ? "is-shown" : undefined}>
      <th scope="row">
        <button
          type="button"
          class="link"
          aria-current={isShown}
          title={t`Show ${name}`}
          onClick={() => void showQueued(app, commands, slide)}
        >
          {name}
        </button>
      </th>
      <td class="figure">{figures && <Share figures={figures} />}</td>
      <td class="figure">{figures?.measures && <Area figures={figures} />}</td>
      <td class="figure">{figures?.measures && formatInteger(figures.measures.focusCount)}</td>
      <td>{figures?.trust ? <Light trust={figures.trust} /> : ""}</td>
      <td class="queue-table-state">{state.kind === "done" ? doneWords(state) : queuedWords(app, slide)}</td>
      <td class="figure">{figures && formatDuration(figures.seconds)}</td>
    </tr>
  );
}

function doneWords({ isAtHand }: { readonly isAtHand: boolean }): string {
  return isAtHand ? t`Done` : t`Done; its map was not kept`;
}

function Share({ figures }: { readonly figures: SlideFigures }) {
  const range = figures.measures?.necrosisFractionRange;
  return (
    <>
      {foundWords(figures)}
      {range && <span class="range"> {rangeWords(range.map(formatPercent))}</span>}
    </>
  );
}

function Area({ figures }: { readonly figures: SlideFigures }) {
  const { measures, pixelSize } = figures;
  if (measures?.necrosisMm2 == null) return null;
  return (
    <>
      {formatMm2(measures.necrosisMm2)}
      {measures.necrosisMm2Range && <span class="range"> {rangeWords(measures.necrosisMm2Range.map(formatMm2))}</span>}
      {pixelSize.origin === "assumed" && <span class="assumed"> {t`assumed`}</span>}
    </>
  );
}

/** "16.0–21.3 %" of "16.0 %" and "21.3 %" */
function rangeWords([low = "", high = ""]: readonly string[]): string {
  const unit = low.slice(low.lastIndexOf(" "));
  return high.endsWith(unit) ? `${low.slice(0, -unit.length)}–${high}` : `${low}–${high}`;
}

const LIGHTS = { green: msg`green`, amber: msg`amber`, red: msg`red` } as const;

/** Word and shape besides the colour. */
function Light({ trust }: { readonly trust: NonNullable<SlideFigures["trust"]> }) {
  return (
    <span class="light-tag" title={trust.reasons.join(" ")}>
      <LightMark light={trust.light} />
      {say(LIGHTS[trust.light])}
    </span>
  );
}

function TableExport({ app }: { readonly app: App }) {
  const hasNames = useSignal(false);
  return (
    <div class="queue-export">
      <button
        type="button"
        class="plain"
        onClick={() =>
          void exportSlidesTable(app.queue.slides.value, { hasNames: hasNames.value }).catch((error: unknown) =>
            app.messages.report(error),
          )
        }
      >
        {t`Save the table (CSV)`}
      </button>
      <Switch label={t`with file names`} value={hasNames} />
      <p class="remark">{t`Without names each slide has a number and its fingerprint: names of files may be those of patients. For research use only, as each line says.`}</p>
    </div>
  );
}

/** Empty cells come last, either way. */
function sorted(slides: readonly QueuedSlide[], order: Order | null): readonly QueuedSlide[] {
  if (!order) return slides;
  const sign = order.isDown ? -1 : 1;
  return slides.toSorted((a, b) => {
    const x = cellOf(a, order.column);
    const y = cellOf(b, order.column);
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === "string" || typeof y === "string")
      return sign * String(x).localeCompare(String(y), undefined, { numeric: true });
    return sign * (x - y);
  });
}

const TRUST_ORDER = ["green", "amber", "red"];

function cellOf({ name, state }: QueuedSlide, column: Column): string | number | null {
  if (column === "name") return name;
  if (column === "state") return state.kind;
  if (state.kind !== "done") return null;
  const { measures, found, seconds, trust } = state.figures;
  if (column === "percent") return measures?.necrosisFraction ?? found?.name ?? null;
  if (column === "mm2") return measures?.necrosisMm2 ?? null;
  if (column === "foci") return measures?.focusCount ?? null;
  if (column === "trust") return trust ? TRUST_ORDER.indexOf(trust.light) : null;
  return seconds;
}
