import { type Signal, signal } from "@preact/signals";

/** The languages of the page; English is the language of its source. */
export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** From the English sentence, with `{0}`, `{1}` … for what varies, to the same in another language. */
export type Catalogue = Readonly<Record<string, string>>;

/** The language that is shown, and its sentences; none for English. Written by `showLanguage` alone. */
const shown: Signal<{ readonly language: Language; readonly catalogue: Catalogue }> = signal({
  language: "en",
  catalogue: {},
});

/** What is shown now; a component that calls this is drawn again when the language changes. */
export function shownLanguage(): Language {
  return shown.value.language;
}

/** Fetches a language's sentences and shows them. Rejects, and leaves the language as it is, when they cannot be had. */
export async function showLanguage(language: Language): Promise<void> {
  const catalogue = language === "de" ? (await import("./de.ts")).DE : {};
  shown.value = { language, catalogue };
}

/**
 * A sentence of the page in the shown language: t`Opening ${name} …`. What varies is put in as it is, so numbers come formatted.
 * To be called while drawing, not when a module is loaded: for those, `msg` and `say`.
 */
export function t(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return say(
    parts.reduce((key, part, i) => `${key}{${i - 1}}${part}`),
    ...values,
  );
}

/** Marks a sentence that is said later; gives it back in English. */
export function msg(parts: TemplateStringsArray): string {
  return parts.join("");
}

/** A sentence marked by `msg`, in the shown language; without a translation in English. */
export function say(key: string, ...values: readonly (string | number)[]): string {
  const sentence = shown.value.catalogue[key] ?? key;
  return sentence.replace(/\{(\d+)\}/g, (all, i: string) => String(values[Number(i)] ?? all));
}

/** For numbers and dates: the English of a neutral place, and German. */
export function shownLocale(): string {
  return shown.value.language === "de" ? "de-DE" : "en-GB";
}
