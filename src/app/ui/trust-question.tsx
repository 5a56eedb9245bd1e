import { useEffect, useRef } from "preact/hooks";
import type { App } from "../state/app.ts";
import { retell, t } from "../words/words.ts";
import { LightMark } from "./trust-section.tsx";
import { checkName } from "./trust-words.ts";

/** In place, once Analyze was pressed on a red slide: why a result would be doubtful, and the choice. */
export function TrustQuestion({ app }: { readonly app: App }) {
  const isAsking = app.trust.isAsking.value;
  const state = app.trust.state.value;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAsking) box.current?.scrollIntoView({ block: "nearest" });
  }, [isAsking]);
  if (!isAsking || state.kind !== "checked") return null;
  const reasons = state.report.checks.filter(({ light }) => light === "red");
  return (
    <div class="ask trust-question" ref={box}>
      <div role="alert">
        <p>{t`The slide is unlike what the model was trained on, so a map of it would mean little:`}</p>
        <ul class="trust-checks">
          {reasons.map((check) => (
            <li key={check.id}>
              <LightMark light="red" />
              <p>
                <strong>{checkName(check.id)}:</strong> {retell(check.reason)}
              </p>
            </li>
          ))}
        </ul>
      </div>
      <div class="run">
        <button type="button" class="plain" onClick={() => void app.trust.analyzeAllTheSame()}>
          {t`Analyze all the same`}
        </button>
        <button type="button" class="quiet" onClick={() => app.trust.dismiss()}>
          {t`Leave it`}
        </button>
      </div>
    </div>
  );
}
