import type { App } from "../state/app.ts";
import { LANGUAGES, type Language, shownLanguage, t } from "../words/words.ts";

/** Each in its own words, so that whoever needs it can read it. */
const NAMES: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

/** The language of the page. */
export function LanguageChoice({ app }: { readonly app: App }) {
  return (
    <select
      class="bar-language"
      aria-label={t`Language`}
      title={t`Language`}
      value={shownLanguage()}
      onChange={(event) => {
        const chosen = LANGUAGES.find((language) => language === event.currentTarget.value);
        if (chosen) void app.language.choose(chosen);
      }}
    >
      {LANGUAGES.map((language) => (
        <option key={language} value={language} lang={language}>
          {NAMES[language]}
        </option>
      ))}
    </select>
  );
}
