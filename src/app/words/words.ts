import { type Signal, signal } from "@preact/signals";

/** The languages of the page; English is the language of its source. */
export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** From the English sentence, with `{0}`, `{1}` … for what varies, to the same in another language. */
export type Catalogue = Readonly<Record<string, string>>;

/** All sentences of a language. */
export interface Sentences {
  /** Those of the page's own sources. */
  readonly page: Catalogue;
  /** Those that come to the page ready made, from the engine and the workers. */
  readonly heard: Catalogue;
}

const ENGLISH: Sentences = { page: {}, heard: {} };

/** The language that is shown, and its sentences; none for English. Written by `showLanguage` alone. */
const shown: Signal<{ readonly language: Language; readonly sentences: Sentences }> = signal({
  language: "en",
  sentences: ENGLISH,
});

let isEnglishMeant = false;

/** What is shown now; a component that calls this is drawn again when the language changes. */
export function shownLanguage(): Language {
  return shown.value.language;
}

/** Fetches a language's sentences and shows them. Rejects, and leaves the language as it is, when they cannot be had. */
export async function showLanguage(language: Language): Promise<void> {
  const sentences = language === "de" ? (await import("./german.ts")).GERMAN : ENGLISH;
  shown.value = { language, sentences };
}

/** What `make` says is English, whatever is shown: for files, which travel. `make` must not wait. */
export function inEnglish<T>(make: () => T): T {
  const before = isEnglishMeant;
  isEnglishMeant = true;
  try {
    return make();
  } finally {
    isEnglishMeant = before;
  }
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
  return filled(sentences().page[key] ?? key, values);
}

/** A sentence that came ready made, in English, from the engine or a worker: in the shown language where it is known, else as it came. */
export function retell(sentence: string): string {
  const { heard } = sentences();
  const known = heard[sentence];
  if (known !== undefined) return known;
  for (const [key, translation] of Object.entries(heard)) {
    const values = key.includes("{0}") ? patternOf(key).exec(sentence)?.slice(1) : undefined;
    if (values) return filled(translation, values);
  }
  return sentence;
}

/** For numbers and dates: the English of a neutral place, and German. */
export function shownLocale(): string {
  return shown.value.language === "de" && !isEnglishMeant ? "de-DE" : "en-GB";
}

function sentences(): Sentences {
  return isEnglishMeant ? ENGLISH : shown.value.sentences;
}

function filled(sentence: string, values: readonly (string | number)[]): string {
  return sentence.replace(/\{(\d+)\}/g, (all, i: string) => String(values[Number(i)] ?? all));
}

/** "Plane {0} of {1}" as a pattern that catches what stands in the braces; they are numbered in their order. */
function patternOf(key: string): RegExp {
  return new RegExp(`^${key.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\d+\}/g, "(.+?)")}$`, "s");
}
