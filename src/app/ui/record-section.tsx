import type { ResultFile, ResultRecord } from "../../engine/resultfile/types.ts";
import { short, type Verification, verdictWords } from "../../engine/resultfile/verify.ts";
import { focalPlaneWords } from "../../engine/slide/shown-focal-plane.ts";
import { ASSUMED_MARK, formatDuration, formatFigures, formatInteger, formatPixelSize } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { retell, say, shownLocale, t } from "../words/words.ts";
import { Fact, Section } from "./section.tsx";

/** Where the open result comes from, and whether it can be had again. */
export function RecordSection({ app }: { readonly app: App }) {
  const file = app.record.file.value;
  if (!file) return null;
  return (
    <Section title={t`Result file`}>
      <p class="remark">{originWords(file.record)}</p>
      <Provenance file={file} />
      <RunAgain app={app} />
    </Section>
  );
}

/** "Computed on 1 March 2026, 11:00, on WASM, in 12 s, by Palisade 0.1.0." */
function originWords({ result, appVersion }: ResultRecord): string {
  const { startedAt, seconds, backend } = result;
  return t`Computed on ${dateWords(startedAt)}, on ${backend.name}, in ${formatDuration(seconds)}, by Palisade ${appVersion}.`;
}

function Provenance({ file: { record, sha256 } }: { readonly file: ResultFile }) {
  const { model, result, slide } = record;
  const { backend, pixelSize, colour } = result;
  return (
    <dl class="facts">
      <Fact name={t`Model`}>
        {model.name}, <Hash of={model.sha256} />
      </Fact>
      <Fact name={t`Slide`}>
        {slide.name !== null && <span class="file-name">{slide.name}, </span>}
        <Hash of={slide.fingerprint.sha256} />
      </Fact>
      <Fact name={t`Pixel`}>
        {formatPixelSize(pixelSize)}
        {pixelSize.origin === "assumed" ? <span class="assumed"> {say(ASSUMED_MARK)}</span> : `, ${t`from the file`}`}
      </Fact>
      {record.kind === "map" && (
        <Fact name={t`Grid`}>
          {record.result.mode === "dense"
            ? t`every ${formatNumber(record.result.stride)} px, dense`
            : t`every ${formatNumber(record.result.stride)} px, patch by patch`}
        </Fact>
      )}
      {slide.focalPlane && <Fact name={t`Focus`}>{retell(focalPlaneWords(slide.focalPlane))}</Fact>}
      <Fact name={t`Colours`}>{colour === "stored" ? t`as stored` : t`by the slide's profile`}</Fact>
      <Fact name={t`Backend`}>
        {backend.runtime}
        {backend.device === "" ? "" : `, ${backend.device}`}
      </Fact>
      <Fact name={t`Content`}>
        <Hash of={sha256} />
        {`, ${t`intact`}`}
      </Fact>
    </dl>
  );
}

function Hash({ of }: { readonly of: string }) {
  return (
    <span class="hash" title={`SHA-256 ${of}`}>
      {short(of)}
    </span>
  );
}

function RunAgain({ app }: { readonly app: App }) {
  const { check, blocker } = app.record;
  const state = check.value;
  const isRunning = state.kind === "running";
  const why = blocker.value;
  return (
    <>
      <div class="run">
        <button
          type="button"
          class={why === null && state.kind === "idle" ? "primary" : "plain"}
          disabled={why !== null || isRunning}
          onClick={() => void app.record.runAgain()}
        >
          {t`Run again and compare`}
        </button>
      </div>
      {why !== null && !isRunning && <p class="remark">{why}</p>}
      {isRunning && <p class="remark">{t`Computing it again: see Analysis.`}</p>}
      {state.kind === "done" && <Outcome verification={state.verification} />}
    </>
  );
}

function Outcome({ verification }: { readonly verification: Verification }) {
  const { verdict, isConfirmed, differences, circumstances } = verification;
  return (
    <div
      class={isConfirmed ? "verdict is-confirmed" : "verdict is-refuted"}
      role="status"
      aria-label={t`Comparison of runs`}
    >
      <p>
        <strong>
          {isConfirmed ? t`Confirmed.` : verdict === "differs" ? t`Not confirmed.` : t`Not the same model.`}
        </strong>{" "}
        {retell(verdictWords(verification))}
      </p>
      {[...differences, ...circumstances].map((sentence) => (
        <p key={sentence} class="remark">
          {retell(sentence)}
        </p>
      ))}
    </div>
  );
}

/** In the reader's own time; what is no date stays as it is. */
function dateWords(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(shownLocale(), { dateStyle: "long", timeStyle: "short" });
}

function formatNumber(value: number): string {
  return Number.isInteger(value) ? formatInteger(value) : formatFigures(value, 4);
}
