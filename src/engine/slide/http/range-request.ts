import { AppError, isAbortError, isAppError, throwIfAborted } from "../../base/errors.ts";

export interface RangeRequest {
  readonly href: string;
  /** For sentences. */
  readonly name: string;
  readonly offset: number;
  /** Bytes, at least 1. */
  readonly length: number;
  readonly signal?: AbortSignal;
}

/** What a host answered to a request for a range. */
export interface RangeAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes of the whole file; null where the host does not say. */
  readonly total: number | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A host that says nothing for so long is asked once more, then given up. Milliseconds. */
const PATIENCE_MS = 60_000;
/** Before the second try: a line that just dropped needs a moment. Milliseconds. */
const PAUSE_MS = 500;

/**
 * Exactly the bytes asked for, from the host and never from the browser's cache: nothing of a slide shall stay there. Tried once
 * more when the line or the host fails. Throws `slide/unreadable`, `slide/no-ranges`, AbortError.
 */
export async function fetchRange(request: RangeRequest): Promise<RangeAnswer> {
  try {
    return await fetchOnce(request);
  } catch (error) {
    throwIfAborted(request.signal);
    if (isAppError(error) && error.details["isPassing"] !== true) throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    throwIfAborted(request.signal);
    return await fetchOnce(request);
  }
}

async function fetchOnce(request: RangeRequest): Promise<RangeAnswer> {
  const { href, name, offset, length, signal } = request;
  const stop = new AbortController();
  const forward = (): void => stop.abort();
  const timer = setTimeout(forward, PATIENCE_MS);
  signal?.addEventListener("abort", forward);
  try {
    const response = await fetch(href, {
      headers: { Range: `bytes=${offset}-${offset + length - 1}` },
      cache: "no-store",
      redirect: "error",
      signal: stop.signal,
    });
    if (response.status !== 206) {
      // A whole slide may be on its way.
      stop.abort();
      throw statusError(name, response);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const range = parseContentRange(response.headers.get("content-range"));
    if (bytes.length !== length || (range !== null && range.offset !== offset)) {
      throw wrongRange(name, { offset, length }, { offset: range?.offset, length: bytes.length });
    }
    return {
      bytes,
      total: range?.total ?? null,
      etag: response.headers.get("etag"),
      lastModified: response.headers.get("last-modified"),
    };
  } catch (cause) {
    throwIfAborted(signal);
    if (isAppError(cause)) throw cause;
    throw noAnswer(name, cause);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", forward);
  }
}

/** `bytes 0-0/1234` (RFC 9110, section 14.4); an unknown length is `*`. Null for anything else. */
export function parseContentRange(
  value: string | null,
): { readonly offset: number; readonly total: number | null } | null {
  const [, offset, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(value?.trim() ?? "") ?? [];
  if (offset === undefined || total === undefined) return null;
  return { offset: Number(offset), total: total === "*" ? null : Number(total) };
}

function statusError(name: string, response: Response): AppError {
  const { status, headers } = response;
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  if (status === 200 && !isPage) {
    return new AppError(
      "slide/no-ranges",
      `Expected the host of ${name} to send parts of it, but it sends only the whole file (status 200 to a byte range); ask whoever hosts it to answer range requests, or download the slide and drop it here.`,
      { status },
    );
  }
  if (status === 416) return wrongRange(name, {}, { status });
  const found =
    status === 200 || status === 404
      ? "there is no such file"
      : status === 401 || status === 403
        ? `the host does not give it to you (status ${status})`
        : `the host answered with status ${status}`;
  const details = { status, isPassing: status >= 500 || status === 429 };
  return new AppError(
    "slide/unreadable",
    `Expected the slide ${name} beside the page, but ${found}; check the link, or ask whoever hosts it.`,
    details,
  );
}

function wrongRange(name: string, asked: object, found: object): AppError {
  return new AppError(
    "slide/no-ranges",
    `Expected the host of ${name} to send exactly the bytes that were asked for, but it sent others; ask whoever hosts it, or download the slide and drop it here.`,
    { asked, found },
  );
}

function noAnswer(name: string, cause: unknown): AppError {
  return new AppError(
    "slide/unreadable",
    `Expected the host of ${name} to answer, but it did not; check the network, then open the link again.`,
    { isPassing: true },
    isAbortError(cause) ? {} : { cause },
  );
}
