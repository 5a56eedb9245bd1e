import { signal, useSignalEffect } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { formatInteger } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { WALK_ORDERS, type WalkOrder } from "../state/walk.ts";
import { msg, say, t } from "../words/words.ts";
import { isAllShown, walkTo } from "./commands.ts";
import { FindingRow } from "./finding-row.tsx";
import { Icon } from "./icons.tsx";
import { Section } from "./section.tsx";

const ORDER_NAMES: Readonly<Record<WalkOrder, string>> = {
  size: msg`Largest first`,
  confidence: msg`Most confident first`,
  doubt: msg`Most doubtful first`,
};

/** Rows of the list at once: thousands of foci must not make the page slow. */
const PAGE_ROWS = 8;

/** The foci as a list in the order that the reader chose, with what was seen of them. */
export function FindingsSection({ app }: { readonly app: App }) {
  const { count, place, seenCount } = app.walk;
  const hasMap = app.necrosis.findings.value !== null;
  const at = place.value === null ? "–" : formatInteger(place.value + 1);
  return (
    <Section title={t`Findings`} aside={hasMap && count.value > 0 ? `${at} / ${formatInteger(count.value)}` : ""}>
      {hasMap && !isAllShown(app) ? (
        <>
          <div class="walk">
            <button
              type="button"
              class="quiet"
              aria-label={t`Previous finding`}
              title={t`Previous finding (P)`}
              disabled={count.value === 0}
              onClick={() => walkTo(app, -1)}
            >
              <Icon name="previous" />
            </button>
            <button
              type="button"
              class="quiet"
              aria-label={t`Next finding`}
              title={t`Next finding (N)`}
              disabled={count.value === 0}
              onClick={() => walkTo(app, 1)}
            >
              <Icon name="next" />
            </button>
            <OrderChoice app={app} />
          </div>
          {count.value > 0 ? <FindingList app={app} /> : <p class="remark">{t`No focus at this threshold.`}</p>}
          <p class="result-more figure" role="status" aria-label={t`Seen findings`}>
            {count.value > 0 && t`${formatInteger(seenCount.value)} of ${formatInteger(count.value)} seen`}
          </p>
        </>
      ) : (
        <p class="remark">
          {hasMap
            ? t`Choose one class to walk through its findings.`
            : t`The places to look at will be listed here, once there is a map.`}
        </p>
      )}
    </Section>
  );
}

function OrderChoice({ app }: { readonly app: App }) {
  const hint = t`Doubtful: the mean confidence is near the threshold. Fields that lie just below it and would count at a threshold 0.1 lower are among them.`;
  return (
    <select
      class="walk-order"
      aria-label={t`Order of the findings`}
      title={hint}
      value={app.walk.order.value}
      onChange={(event) => {
        const order = WALK_ORDERS.find((one) => one === event.currentTarget.value);
        if (order) app.walk.chooseOrder(order);
      }}
    >
      {WALK_ORDERS.map((order) => (
        <option key={order} value={order}>
          {say(ORDER_NAMES[order])}
        </option>
      ))}
    </select>
  );
}

/** A page of the list; it turns by itself when the walk leaves it, and with another order begins anew. */
function FindingList({ app }: { readonly app: App }) {
  const page = useMemo(() => signal(0), []);
  useSignalEffect(() => {
    app.walk.order.value;
    page.value = 0;
  });
  useSignalEffect(() => {
    const place = app.walk.place.value;
    if (place !== null) page.value = Math.floor(place / PAGE_ROWS);
  });
  const count = app.walk.count.value;
  const pages = Math.ceil(count / PAGE_ROWS);
  const from = Math.min(page.value, pages - 1) * PAGE_ROWS;
  const end = Math.min(count, from + PAGE_ROWS);
  return (
    <>
      <ol class="findings" start={from + 1} aria-label={t`Findings ${from + 1} to ${end} of ${formatInteger(count)}`}>
        {app.walk.list(from, end).map((finding, i) => (
          <FindingRow key={`${finding.kind} ${finding.peakCell}`} app={app} finding={finding} place={from + i} />
        ))}
      </ol>
      {pages > 1 && (
        <div class="walk">
          <button
            type="button"
            class="quiet"
            disabled={from === 0}
            onClick={() => {
              page.value = from / PAGE_ROWS - 1;
            }}
          >{t`Earlier`}</button>
          <span class="figure">{t`${formatInteger(from + 1)} to ${formatInteger(end)} of ${formatInteger(count)}`}</span>
          <button
            type="button"
            class="quiet"
            disabled={end === count}
            onClick={() => {
              page.value = from / PAGE_ROWS + 1;
            }}
          >{t`Later`}</button>
        </div>
      )}
    </>
  );
}
