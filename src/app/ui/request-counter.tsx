import { formatBytes, formatInteger } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { RequestLine } from "../state/requests.ts";
import { msg, say, t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Icon } from "./icons.tsx";

interface RequestCounterProps {
  readonly app: App;
  readonly commands: PageCommands;
}

/** How often the page asked the network for anything since it was loaded; a click lists what for. */
export function RequestCounter({ app, commands }: RequestCounterProps) {
  const { since, foreign } = app.requests;
  const isShown = commands.panel.value === "requests";
  const count = since.value === 1 ? t`1 request` : t`${formatInteger(since.value)} requests`;
  return (
    <button
      type="button"
      class={foreign.value > 0 ? "status-requests is-foreign" : "status-requests"}
      aria-label={t`Requests: ${count} ${t`since load`}`}
      aria-description={sinceWords(since.value)}
      aria-expanded={isShown}
      title={t`What this page asked the network for`}
      onClick={() => commands.showPanel(isShown ? null : "requests")}
    >
      {count}
      <span class="status-since"> {t`since load`}</span>
    </button>
  );
}

/** The list behind the counter; lies over the page without stopping anything. */
export function RequestList({ app, commands }: RequestCounterProps) {
  if (commands.panel.value !== "requests") return null;
  const { lines, toLoad, since, sinceFromHere, foreign } = app.requests;
  const after = lines.value.filter(({ phase }) => phase === "since");
  const before = lines.value.filter(({ phase }) => phase === "load");
  return (
    <section class="request-list" role="dialog" aria-label={t`Requests since load`}>
      <div class="panel-head">
        <h2>{t`Requests of this page`}</h2>
        <button type="button" class="quiet" aria-label={t`Close`} onClick={() => commands.showPanel(null)}>
          <Icon name="close" />
        </button>
      </div>
      <p>
        {sinceWords(since.value)}
        {sinceFromHere.value > 0 &&
          `; ${t`${formatInteger(sinceFromHere.value)} answered on this computer, nothing sent`}`}
        . {foreign.value === 0 ? t`None to another server.` : t`${formatInteger(foreign.value)} to another server.`}
      </p>
      <Lines lines={after} />
      <details>
        <summary>{t`${formatInteger(toLoad.value)} to load the page`}</summary>
        <Lines lines={before} />
      </details>
      <p class="remark">
        {t`The browser’s own record, of the page and of its workers. All of them fetch; none carries anything of a slide away.`}
      </p>
      <button type="button" class="plain" onClick={() => commands.showPanel("proof")}>
        {t`Test it yourself`}
      </button>
    </section>
  );
}

function Lines({ lines }: { readonly lines: readonly RequestLine[] }) {
  if (lines.length === 0) return null;
  return (
    <table>
      <tbody>
        {lines.map(({ path, from, phase, count, bytes, isForeign }) => (
          <tr key={`${phase} ${from} ${path}`} class={isForeign ? "is-foreign" : undefined}>
            <td title={say(path)}>{say(path)}</td>
            <td class="figure">{count > 1 ? `${formatInteger(count)}×` : ""}</td>
            <td class="figure">{from === "network" ? formatBytes(bytes) : say(SOURCES[from])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SOURCES = {
  "browser-cache": msg`browser's cache`,
  "offline-copy": msg`offline copy`,
  stopped: msg`stopped`,
} as const;

function sinceWords(since: number): string {
  if (since === 0) return t`No request over the network since the page was loaded`;
  return since === 1
    ? t`1 request over the network since the page was loaded`
    : t`${formatInteger(since)} requests over the network since the page was loaded`;
}
