import { LANGUAGES, type Language, t } from "../words/words.ts";
import type { MessagesState } from "./messages.ts";
import type { SettingsState } from "./settings.ts";

export interface LanguageDeps {
  readonly settings: SettingsState;
  readonly messages: MessagesState;
  /** As the browser lists them, the dearest first: "de-AT", "en". */
  readonly browserLanguages: readonly string[];
  /** Rejects, and leaves the language as it is, when its words cannot be had. */
  readonly showLanguage: (language: Language) => Promise<void>;
}

export interface LanguageState {
  /** Shows what was chosen, or what the browser asks for. To be called once the kept settings are in place. */
  start(): Promise<void>;
  /** Shows a language and keeps it for the next visit. */
  choose(language: Language): Promise<void>;
}

/** The language of the page: from the browser at first, then as chosen. */
export function createLanguage({ settings, messages, browserLanguages, showLanguage }: LanguageDeps): LanguageState {
  async function show(language: Language): Promise<boolean> {
    try {
      await showLanguage(language);
      return true;
    } catch {
      messages.tell(t`The words of that language could not be fetched; the page goes on in this one.`);
      return false;
    }
  }

  return {
    async start() {
      const wanted = settings.language.value ?? languageOf(browserLanguages);
      if (wanted !== "en") await show(wanted);
    },
    async choose(language) {
      if (await show(language)) settings.language.value = language;
    },
  };
}

/** The first of the browser's languages that the page has; English where it has none of them. */
export function languageOf(browserLanguages: readonly string[]): Language {
  for (const tag of browserLanguages) {
    const found = LANGUAGES.find((language) => language === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "en";
}
