import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { privacyNotes } from "../../engine/slide/privacy.ts";
import type { SlideInfo } from "../../engine/slide/types.ts";
import { around, SLOT } from "../words/around.ts";
import { retell, t } from "../words/words.ts";
import { Fact } from "./section.tsx";

interface PrivacyRemarkProps {
  readonly properties: SlideInfo["properties"];
  readonly areValuesShown: Signal<boolean>;
}

/** Names the fields that may tell who the patient is; what they hold is shown when asked for. Nothing where there are none. */
export function PrivacyRemark({ properties, areValuesShown }: PrivacyRemarkProps) {
  const notes = useMemo(() => privacyNotes(properties), [properties]);
  if (notes.length === 0) return null;
  const isShown = areValuesShown.value;
  const shown = [...new Set(notes.map(({ property }) => property))];
  return (
    <div class="privacy" role="note" aria-label={t`Privacy`}>
      <p>
        {t`The file may tell who the patient is. What stands there is hidden here and is in no export; it stays in the file itself.`}
      </p>
      <ul>
        {notes.map(({ field, why }) => (
          <li key={field}>{around(t`${SLOT} looks like ${retell(why)}`, <b>{field}</b>)}</li>
        ))}
      </ul>
      {isShown && (
        <dl class="facts">
          {shown.map((name) => (
            <Fact key={name} name={name}>
              {properties[name]}
            </Fact>
          ))}
        </dl>
      )}
      <button
        type="button"
        class="link"
        aria-expanded={isShown}
        onClick={() => {
          areValuesShown.value = !isShown;
        }}
      >
        {isShown ? t`Hide what they hold` : t`Show what they hold`}
      </button>
    </div>
  );
}
