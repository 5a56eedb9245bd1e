import { type AssumedSize, type FileIdentity, isSoundPixelSize, type PixelSizeStore } from "../state/pixel-size.ts";
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
    save(file, size) {
      void keep(database, fingerprint(file), size);
    },
  };
}

async function keep(
  database: () => Promise<PalisadeDatabase | null>,
  key: string,
  size: AssumedSize | null,
): Promise<void> {
  try {
    const opened = await database();
    if (size) await opened?.put("assumedPixelSizes", { version: 2, ...size }, key);
    else await opened?.delete("assumedPixelSizes", key);
  } catch {
    // A full or closed store only means that the page asks again.
  }
}

function fingerprint(file: FileIdentity): string {
  return `${file.name}|${file.size}|${file.lastModified}`;
}

/** Version 1 knew square pixels only: `mpp`. */
export function parsePixelSize(value: unknown): AssumedSize | null {
  if (typeof value !== "object" || value === null) return null;
  const number = (name: string): number => {
    const found: unknown = Reflect.get(value, name) ?? Reflect.get(value, "mpp");
    return typeof found === "number" ? found : Number.NaN;
  };
  const size = { mppX: number("mppX"), mppY: number("mppY") };
  return isSoundPixelSize(size.mppX) && isSoundPixelSize(size.mppY) ? size : null;
}
