import { type TransferHandler, transferHandlers } from "comlink";
import { AppError, type ErrorCode } from "../engine/base/errors.ts";

/** Names one call, so that it can be cancelled: an AbortSignal cannot be posted. */
export type JobId = number;

/** An error as it crosses: comlink alone keeps name, message and stack only. */
interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  /** Set for an `AppError`. */
  readonly code: ErrorCode | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly cause: WireError | null;
}

type Thrown =
  | { readonly isError: true; readonly error: WireError }
  | { readonly isError: false; readonly value: unknown };

const DEEPEST_CAUSE = 8;

/** comlink marks what was thrown with a symbol that it keeps to itself; only its own handler can tell. */
const comlinkThrow = transferHandlers.get("throw");

/**
 * Makes comlink carry errors whole: an `AppError` arrives as one with code, details and causes, a cancelled job as
 * `AbortError`. Called once by each worker and each client, before their first message.
 */
export function carryErrors(): void {
  if (!comlinkThrow) throw new TypeError('comlink has no transfer handler named "throw"');
  const { canHandle } = comlinkThrow;
  const handler: TransferHandler<unknown, Thrown> = {
    canHandle,
    serialize: (marked) => [toThrown(thrownValue(marked)), []],
    deserialize: (thrown) => {
      throw thrown.isError ? fromWireError(thrown.error) : thrown.value;
    },
  };
  transferHandlers.set("throw", handler);
}

function thrownValue(marked: unknown): unknown {
  return typeof marked === "object" && marked !== null && "value" in marked ? marked.value : marked;
}

function toThrown(value: unknown): Thrown {
  if (value instanceof Error) return { isError: true, error: toWireError(value, 0) };
  return { isError: false, value: cloneable(value) };
}

function toWireError(error: Error, depth: number): WireError {
  const cause = error.cause;
  return {
    name: error.name,
    message: error.message,
    stack: error.stack ?? null,
    code: error instanceof AppError ? error.code : null,
    details: error instanceof AppError ? cloneableDetails(error.details) : {},
    cause:
      cause === undefined || cause === null || depth >= DEEPEST_CAUSE ? null : toWireError(asError(cause), depth + 1),
  };
}

function fromWireError(wire: WireError): Error {
  const options = wire.cause ? { cause: fromWireError(wire.cause) } : {};
  if (wire.code) return withStack(new AppError(wire.code, wire.message, wire.details, options), wire.stack);
  if (wire.name === "AbortError") return new DOMException(wire.message, "AbortError");
  const error = withStack(new Error(wire.message, options), wire.stack);
  error.name = wire.name;
  return error;
}

function withStack<E extends Error>(error: E, stack: string | null): E {
  if (stack !== null) error.stack = stack;
  return error;
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

/** A detail that cannot be posted arrives as text: an error must never fail to arrive. */
function cloneableDetails(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, cloneable(value)]));
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return String(value);
  }
}
