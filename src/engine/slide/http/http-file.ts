import { AppError } from "../../base/errors.ts";
import { fetchRange, type RangeAnswer } from "./range-request.ts";

/** A slide on a web host, as the host described it when it was opened. Structured-cloneable. */
export interface HttpFile {
  /** Absolute, http or https. */
  readonly href: string;
  /** The last part of the address, for a person. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** What the host names this version of the file by; null where it does not say. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/**
 * Asks the host for one byte of a file, which tells whether it answers ranges and how long the file is. Throws `slide/unreadable` where
 * there is no such file or no answer, `slide/no-ranges` where the host sends whole files only.
 */
export async function askHttpFile(href: string, signal?: AbortSignal): Promise<HttpFile> {
  const name = nameOf(href);
  const answer = await fetchRange({ href, name, offset: 0, length: 1, ...(signal ? { signal } : {}) });
  return { href, name, size: sizeOf(answer, name), etag: answer.etag, lastModified: answer.lastModified };
}

function sizeOf({ total }: RangeAnswer, name: string): number {
  if (total !== null) return total;
  throw new AppError(
    "slide/no-ranges",
    `Expected the host of ${name} to say how long the file is, but its answer to a byte range has no Content-Range that does (from another origin it must be exposed); ask whoever hosts it, or download the slide and drop it here.`,
  );
}

function nameOf(href: string): string {
  const last = new URL(href).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
