import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { type AppError, causeChain, type ErrorCode, isAbortError, isAppError } from "../../engine/base/errors.ts";
import { sayFailure, t } from "../words/words.ts";

/** What the alert shows: one sentence, and behind a fold what a developer needs. */
export interface Alert {
  readonly sentence: string;
  readonly details: readonly string[];
  /** Null for what nobody foresaw. */
  readonly code: ErrorCode | null;
  readonly error: unknown;
}

export interface MessagesState {
  readonly alert: ReadonlySignal<Alert | null>;
  /** What happened and was put right already: one sentence that asks for nothing. */
  readonly notice: ReadonlySignal<string | null>;
  /** Shows a failure; a cancelled job is no failure and stays unseen. */
  report(error: unknown): void;
  tell(sentence: string): void;
  dismiss(): void;
  /** Names of files that the page has seen: no report of a failure may hold them. */
  readonly hidden: ReadonlySet<string>;
  hide(names: Iterable<string>): void;
}

export function createMessages(): MessagesState {
  const failure = signal<{ readonly error: unknown } | null>(null);
  const notice = signal<string | null>(null);
  const hidden = new Set<string>();
  return {
    alert: computed(() => failure.value && alertOf(failure.value.error)),
    notice,
    report(error) {
      if (isAbortError(error)) return;
      failure.value = { error };
    },
    tell(sentence) {
      notice.value = sentence;
    },
    dismiss() {
      batch(() => {
        failure.value = null;
        notice.value = null;
      });
    },
    hidden,
    hide(names) {
      for (const name of names) hidden.add(name);
    },
  };
}

/** The sentence of an `AppError`, in the language that is shown; anything else is a defect of ours and says so without a bare code. */
export function alertOf(error: unknown): Alert {
  if (isAppError(error)) return { sentence: sayFailure(error), details: detailsOf(error), code: error.code, error };
  return {
    sentence: t`Something went wrong that Palisade did not foresee; please try again, and reload the page if it persists.`,
    details: causeChain(error),
    code: null,
    error,
  };
}

function detailsOf(error: AppError): string[] {
  const facts = Object.entries(error.details).map(([name, value]) => `${name}: ${textOf(value)}`);
  const causes = causeChain(error.cause);
  const own = sayFailure(error) === error.message ? [] : [error.message];
  return [...own, error.code, ...facts, ...causes];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
