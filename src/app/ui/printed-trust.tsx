import type { TrustReport } from "../../engine/trust/types.ts";
import { retell, t } from "../words/words.ts";
import { lightWords } from "./trust-words.ts";

/** How far to trust the numbers, with the reasons; of what is as in training only that it is. */
export function PrintedTrust({ trust }: { readonly trust: TrustReport | null }) {
  if (!trust) return null;
  const doubts = trust.checks.filter(({ light }) => light !== "green");
  return (
    <section>
      <h2>{t`Trust: ${lightWords(trust.light)}`}</h2>
      {doubts.length === 0 && <p>{t`All ${trust.checks.length} checks found the slide like those of the training.`}</p>}
      <ul>
        {doubts.map((check) => (
          <li key={check.id}>
            {lightWords(check.light)}. {retell(check.reason)}
          </li>
        ))}
      </ul>
      {trust.isOverruled && <p>{t`Analyzed all the same, after these reasons were seen.`}</p>}
    </section>
  );
}
