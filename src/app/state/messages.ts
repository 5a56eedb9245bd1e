import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { type AppError, causeChain, type ErrorCode, isAbortError, isAppError } from "../../engine/base/errors.ts";
import { t } from "../words/words.ts";

/** What the alert shows: one sentence, and behind a fold what a developer needs. */
export interface Alert {
  readonly sentence: string;
  readonly details: readonly string[];
  /** Null for what nobody foresaw. */
  readonly code: ErrorCode | null;
}

export interface MessagesState {
  readonly alert: ReadonlySignal<Alert | null>;
  /** What happened and was put right already: one sentence that asks for nothing. */
  readonly notice: ReadonlySignal<string | null>;
  /** Shows a failure; a cancelled job is no failure and stays unseen. */
  report(error: unknown): void;
  tell(sentence: string): void;
  dismiss(): void;
}

export function createMessages(): MessagesState {
  const alert = signal<Alert | null>(null);
  const notice = signal<string | null>(null);
  return {
    alert,
    notice,
    report(error) {
      if (isAbortError(error)) return;
      alert.value = alertOf(error);
    },
    tell(sentence) {
      notice.value = sentence;
    },
    dismiss() {
      batch(() => {
        alert.value = null;
        notice.value = null;
      });
    },
  };
}

/** The sentence of an `AppError`; anything else is a defect of ours and says so without a bare code. */
export function alertOf(error: unknown): Alert {
  if (isAppError(error)) return { sentence: error.message, details: detailsOf(error), code: error.code };
  return {
    sentence: t`Something went wrong that Palisade did not foresee; please try again, and reload the page if it persists.`,
    details: causeChain(error),
    code: null,
  };
}

function detailsOf(error: AppError): string[] {
  const facts = Object.entries(error.details).map(([name, value]) => `${name}: ${textOf(value)}`);
  const causes = causeChain(error.cause);
  return [error.code, ...facts, ...causes];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
