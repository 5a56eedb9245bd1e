import type { KeptResult } from "./kept.ts";
import { isMapResult } from "./kept.ts";

/** Of all results together; a map of four million cells has some 20 MB. */
const MOST_BYTES = 256 * 2 ** 20;

/** Results that could not be kept on this computer, for as long as the tab lives. */
export interface ResultCache {
  /** False where there is no room: older ones are not dropped for it. */
  put(result: KeptResult): boolean;
  get(key: string): KeptResult | null;
  /** Of a slide, or all. */
  forget(slide: string | null): void;
}

export function createResultCache(mostBytes = MOST_BYTES): ResultCache {
  const results = new Map<string, KeptResult>();
  return {
    put(result) {
      const others = [...results.values()].filter(({ key }) => key !== result.key);
      const bytes = [...others, result].reduce((sum, one) => sum + bytesOf(one), 0);
      if (bytes > mostBytes) return false;
      results.set(result.key, result);
      return true;
    },
    get: (key) => results.get(key) ?? null,
    forget(slide) {
      for (const { key, subject } of results.values()) {
        if (slide === null || subject.slide === slide) results.delete(key);
      }
    },
  };
}

function bytesOf({ result }: KeptResult): number {
  if (!isMapResult(result)) return result.kept.byteLength + result.evidence.byteLength;
  const { values, tissue, classes } = result.grid;
  return values.byteLength + tissue.byteLength + (classes?.values.byteLength ?? 0);
}
