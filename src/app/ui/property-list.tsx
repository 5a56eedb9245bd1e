import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { privateProperties } from "../../engine/slide/privacy.ts";
import type { SlideInfo } from "../../engine/slide/types.ts";
import { t } from "../words/words.ts";

/** From here on a search is worth its line. */
const MANY = 12;
/** Longest value that is shown unfolded, in characters. */
const SHORT = 120;

interface PropertyListProps {
  readonly properties: SlideInfo["properties"];
  /** Whether also those that may tell who the patient is. */
  readonly areValuesShown: boolean;
}

/** What the vendor wrote into the file, by name. */
export function PropertyList({ properties, areValuesShown }: PropertyListProps) {
  const wanted = useSignal("");
  const hidden = useMemo(() => privateProperties(properties), [properties]);
  const names = useMemo(() => Object.keys(properties).sort((a, b) => a.localeCompare(b, "en")), [properties]);
  if (names.length === 0) return <p class="remark">{t`The file holds no properties.`}</p>;
  const isHidden = (name: string) => hidden.has(name) && !areValuesShown;
  const word = wanted.value.trim().toLowerCase();
  const found = names.filter(
    (name) => name.toLowerCase().includes(word) || (!isHidden(name) && properties[name]?.toLowerCase().includes(word)),
  );
  return (
    <section class="properties" aria-label={t`Properties`}>
      <h3>
        {t`Properties`} <span class="figure">{names.length}</span>
      </h3>
      {names.length > MANY && (
        <input
          type="search"
          placeholder={t`Search`}
          aria-label={t`Search the properties`}
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
      )}
      <dl>
        {found.map((name) => (
          <div key={name} class="property">
            <dt>{name}</dt>
            <dd>
              {isHidden(name) ? (
                <i>{t`hidden, may tell who the patient is`}</i>
              ) : (
                <Value text={properties[name] ?? ""} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {found.length === 0 && <p class="remark">{t`No property holds that.`}</p>}
    </section>
  );
}

function Value({ text }: { readonly text: string }) {
  if (text.length <= SHORT) return <>{text}</>;
  return (
    <details class="long">
      <summary>{text.slice(0, SHORT)}…</summary>
      {text}
    </details>
  );
}
