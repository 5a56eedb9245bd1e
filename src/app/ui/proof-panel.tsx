import type { ComponentChildren } from "preact";
import { ticketText } from "../proof/ticket.ts";
import { formatInteger } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { Proof, ProofState } from "../state/proof.ts";
import { msg, retell, say, t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icons.tsx";
import { ReleaseCheck } from "./release-check.tsx";
import { useTakesKeyboard } from "./use-takes-keyboard.ts";

interface ProofPanelProps {
  readonly app: App;
  readonly commands: PageCommands;
}

/** For whoever answers for the network: what the browser itself says of this page. Lies over it without stopping anything. */
export function ProofPanel({ app, commands }: ProofPanelProps) {
  const isShown = commands.panel.value === "proof";
  const testButton = useTakesKeyboard<HTMLButtonElement>(isShown);
  if (!isShown) return null;
  const state = app.proof.state.value;
  return (
    <section class="proof" role="dialog" aria-label={t`Test it yourself`}>
      <div class="panel-head">
        <h2>{t`Test it yourself`}</h2>
        <button type="button" class="quiet" aria-label={t`Close`} onClick={() => commands.showPanel(null)}>
          <Icon name="close" />
        </button>
      </div>
      <ol class="proof-steps">
        <li>{t`Unplug the network, or leave it: the page should not care.`}</li>
        <li>{t`Press Test. The page tries to send the word “test” to a server that cannot exist.`}</li>
        <li>{t`Read what the browser did about it.`}</li>
      </ol>
      <div class="proof-start">
        <button
          type="button"
          class="primary"
          ref={testButton}
          aria-disabled={state.kind === "running"}
          onClick={() => void app.proof.test()}
        >
          {state.kind === "done" ? t`Test again` : t`Test`}
        </button>
        <span role="status" aria-label={t`Test`}>
          {wordsOf(state)}
        </span>
      </div>
      {state.kind === "done" && <Findings app={app} proof={state.proof} />}
    </section>
  );
}

function wordsOf(state: ProofState): string {
  if (state.kind === "idle") return "";
  if (state.kind === "running") {
    const { what, done, total } = state.step ?? { what: msg`Starting`, done: 0, total: 0 };
    return total > 0 ? t`${say(what)}, ${done} of ${total} …` : `${say(what)} …`;
  }
  const { attempts } = state.proof;
  const stopped = attempts.filter(({ directive }) => directive !== null).length;
  if (stopped === attempts.length) return t`All ${stopped} ways out were stopped by the browser. Nothing was sent.`;
  return t`${attempts.length - stopped} of ${attempts.length} ways out were not stopped by the policy.`;
}

function Findings({ app, proof }: { readonly app: App; readonly proof: Proof }) {
  const policies = app.proof.policies.value;
  const { toLoad, since, sinceFromHere, foreign } = app.requests;
  const ticket = ticketText(proof, {
    address: location.origin + location.pathname,
    browser: navigator.userAgent,
    policies,
    requests: { toLoad: toLoad.value, since: since.value, foreign: foreign.value },
  });
  return (
    <>
      <Part title={t`Ways out`}>
        <ul class="attempts">
          {proof.attempts.map(({ way, directive }) => (
            <li key={way} class={directive === null ? "is-open" : undefined}>
              <span>{retell(way)}</span>
              <span>{directive === null ? t`not stopped` : t`stopped by ${directive}`}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part
        title={policies.length > 1 ? t`Policies, as the browser enforces them` : t`Policy, as the browser enforces it`}
      >
        {policies.map((policy) => (
          <code key={policy} class="policy">
            {policy}
          </code>
        ))}
        {policies.length === 0 && <p class="remark">{t`The browser named none.`}</p>}
      </Part>
      <Part title={t`Requests`}>
        <p>
          {t`${formatInteger(toLoad.value)} to load the page, ${formatInteger(since.value)} over the network since, ${formatInteger(sinceFromHere.value)} answered on this computer, ${formatInteger(foreign.value)} to another server.`}
        </p>
      </Part>
      <Part title={t`The page's files`}>
        <ReleaseCheck release={proof.release} />
      </Part>
      <Part title={t`Kept on this computer`}>
        <ul>
          {proof.stored.places.map((place) => (
            <li key={place}>{retell(place)}</li>
          ))}
        </ul>
      </Part>
      <Part title={t`For a ticket`}>
        <textarea readonly rows={6} aria-label={t`Report`} value={ticket} />
        <CopyButton text={ticket} label={t`Copy report`} />
        <p class="remark">{t`Holds nothing about a slide or a patient.`}</p>
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="proof-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
