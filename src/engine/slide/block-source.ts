import type { ByteSource } from "./types.ts";

/** Bytes read at once. In Chromium a slice costs 0.7 ms whatever its size up to this, and 1.4 ms at this. */
const BLOCK_BYTES = 256 * 1024;
/** Bytes of blocks kept. */
const KEPT_BYTES = 16 * BLOCK_BYTES;
/** Blocks remembered as read from once. */
const REMEMBERED = 256;

/**
 * The same bytes with fewer reads: a place that is read from a second time is read as a whole block, since tiles that are
 * seen together lie together, as do the fields of a directory. A first read, and a long one, stays as it is asked for.
 * Holds at most 4 MB.
 */
export function blockSource(source: ByteSource): ByteSource {
  const blocks = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();
  const touched = new Set<number>();

  function load(block: number): Promise<Uint8Array<ArrayBuffer>> {
    const known = blocks.get(block);
    if (known) {
      blocks.delete(block);
      blocks.set(block, known);
      return known;
    }
    const start = block * BLOCK_BYTES;
    const loading = source.read(start, Math.min(BLOCK_BYTES, source.size - start));
    blocks.set(block, loading);
    loading.catch(() => blocks.delete(block));
    const [oldest] = blocks.keys();
    if (blocks.size * BLOCK_BYTES > KEPT_BYTES && oldest !== undefined) blocks.delete(oldest);
    return loading;
  }

  /** True when the block is there, or worth having because something near it was read before. */
  function isWorthwhile(block: number): boolean {
    if (blocks.has(block) || touched.has(block)) return true;
    touched.add(block);
    const [oldest] = touched;
    if (touched.size > REMEMBERED && oldest !== undefined) touched.delete(oldest);
    return false;
  }

  return {
    name: source.name,
    size: source.size,
    async read(offset, length) {
      const first = Math.floor(offset / BLOCK_BYTES);
      const last = Math.floor((offset + length - 1) / BLOCK_BYTES);
      const isRange = Number.isSafeInteger(offset) && Number.isSafeInteger(length);
      const isSmall = isRange && length > 0 && offset >= 0 && offset + length <= source.size && last <= first + 1;
      if (!isSmall || length > BLOCK_BYTES / 2) return await source.read(offset, length);
      // Both are asked, so that both are remembered.
      const areWorthwhile = [isWorthwhile(first), isWorthwhile(last)];
      if (areWorthwhile.includes(false)) return await source.read(offset, length);
      const [head, tail] = await Promise.all([load(first), load(last)]);
      const at = offset - first * BLOCK_BYTES;
      if (first === last) return head.slice(at, at + length);
      const joined = new Uint8Array(length);
      joined.set(head.subarray(at));
      joined.set(tail.subarray(0, length - (head.length - at)), head.length - at);
      return joined;
    },
  };
}
