import { PIXEL_SIZE_LIMITS, type PixelSizeStore } from "../state/slide.ts";
import type { PalisadeDatabase } from "./database.ts";

/** Remembers assumed pixel sizes by name, size and date of the file. Failing storage forgets and says nothing. */
export function pixelSizeStore(database: () => Promise<PalisadeDatabase | null>): PixelSizeStore {
  return {
    async load(file) {
      try {
        return parsePixelSize(await (await database())?.get("assumedPixelSizes", fingerprint(file)));
      } catch {
        return null;
      }
    },
    save(file, mpp) {
      void keep(database, fingerprint(file), mpp);
    },
  };
}

async function keep(database: () => Promise<PalisadeDatabase | null>, key: string, mpp: number): Promise<void> {
  try {
    await (await database())?.put("assumedPixelSizes", { version: 1, mpp }, key);
  } catch {
    // A full or closed store only means that the page asks again.
  }
}

function fingerprint(file: File): string {
  return `${file.name}|${file.size}|${file.lastModified}`;
}

function parsePixelSize(value: unknown): number | null {
  if (typeof value !== "object" || value === null) return null;
  const mpp: unknown = Reflect.get(value, "mpp");
  const isSound = typeof mpp === "number" && mpp >= PIXEL_SIZE_LIMITS.lowest && mpp <= PIXEL_SIZE_LIMITS.highest;
  return isSound ? mpp : null;
}
