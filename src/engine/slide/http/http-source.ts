import { AppError, throwIfAborted } from "../../base/errors.ts";
import { checkRange } from "../blob-source.ts";
import type { ByteSource } from "../types.ts";
import { BlockCache } from "./block-cache.ts";
import type { HttpFile } from "./http-file.ts";
import { fetchRange } from "./range-request.ts";

/** Bytes of a block: directories and small tiles share one, and a request of this size costs hardly more than a smaller one. */
const BLOCK_BYTES = 65_536;
/** Of blocks kept, 16 MB; each worker that opens the slide keeps its own. */
const CACHE_BYTES = 16 * 1024 * 1024;
/** Longer reads go past the cache in one request: they would only empty it. */
const MOST_CACHED_BYTES = CACHE_BYTES / 4;
/** Browsers open six connections to a host, and the page has others to make. */
const AT_ONCE = 4;

export interface HttpSourceOptions {
  /** Ends every request that is under way. */
  readonly signal?: AbortSignal;
}

interface Run {
  readonly first: number;
  readonly blocks: number;
}

/**
 * Reads a file on a web host by ranges, in blocks that are kept for a while; neighbouring blocks come in one request. Throws as `ByteSource.read`
 * and `fetchRange`, and `slide/unreadable` once the host's file is not what it was when it was opened.
 */
export function httpSource(file: HttpFile, options: HttpSourceOptions = {}): ByteSource {
  const cache = new BlockCache(CACHE_BYTES / BLOCK_BYTES);
  const { name, size } = file;
  let running = 0;
  const waiting: (() => void)[] = [];

  async function read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    checkRange(name, size, offset, length);
    throwIfAborted(options.signal);
    if (length === 0) return new Uint8Array(0);
    if (length > MOST_CACHED_BYTES) return await ask(offset, length);
    const first = Math.floor(offset / BLOCK_BYTES);
    const last = Math.floor((offset + length - 1) / BLOCK_BYTES);
    const blocks = await Promise.all(blocksOf(first, last));
    const bytes = new Uint8Array(length);
    for (const [i, block] of blocks.entries()) {
      const from = (first + i) * BLOCK_BYTES - offset;
      const start = Math.max(0, -from);
      bytes.set(block.subarray(start, Math.min(block.length, length - from)), from + start);
    }
    return bytes;
  }

  /** Blocks `first` to `last`, those that are not there asked for in as few requests as there are gaps. */
  function blocksOf(first: number, last: number): Promise<Uint8Array<ArrayBuffer>>[] {
    const found = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
    const runs: Run[] = [];
    for (let index = first; index <= last; index++) {
      const block = cache.get(index);
      const run = runs.at(-1);
      if (block) found.set(index, block);
      else if (run && run.first + run.blocks === index) runs[runs.length - 1] = { ...run, blocks: run.blocks + 1 };
      else runs.push({ first: index, blocks: 1 });
    }
    for (const { first: start, blocks } of runs) {
      const offset = start * BLOCK_BYTES;
      const bytes = ask(offset, Math.min(blocks * BLOCK_BYTES, size - offset));
      for (let i = 0; i < blocks; i++) {
        const block = bytes.then((all) => all.slice(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES));
        cache.set(start + i, block);
        found.set(start + i, block);
      }
    }
    return [...found].sort(([a], [b]) => a - b).map(([, block]) => block);
  }

  async function ask(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (running < AT_ONCE) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      const { signal } = options;
      const answer = await fetchRange({ href: file.href, name, offset, length, ...(signal ? { signal } : {}) });
      const isSame = answer.etag === file.etag && answer.lastModified === file.lastModified;
      if (isSame && (answer.total === null || answer.total === size)) return answer.bytes;
      throw new AppError(
        "slide/unreadable",
        `Expected to read ${name} as it was opened, but its host has another version of it now; open the link again.`,
        { opened: file, total: answer.total },
      );
    } finally {
      // Its place goes to the next in line.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  }

  return { name, size, read };
}
