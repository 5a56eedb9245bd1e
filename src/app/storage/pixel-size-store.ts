import { type AssumedSize, type FileIdentity, isSoundPixelSize, type PixelSizeStore } from "../state/pixel-size.ts";
import type { DatabaseAccess } from "./database.ts";

/**
 * Remembers assumed pixel sizes by the slide's fingerprint. What version 1 of the database kept by name, size and date moves to the
 * fingerprint when it is met. Failing storage forgets and says nothing: the page then asks again.
 */
export function pixelSizeStore(access: Pick<DatabaseAccess, "run">): PixelSizeStore {
  return {
    async load(file, fingerprint) {
      try {
        return await access.run(async (database) => {
          const transaction = database.transaction("assumedPixelSizes", "readwrite");
          const older = nameSizeDate(file);
          const [own, byName] = await Promise.all([
            fingerprint ? transaction.store.get(fingerprint.sha256) : undefined,
            transaction.store.get(older),
          ]);
          const size = parsePixelSize(own) ?? parsePixelSize(byName);
          if (fingerprint && size && byName !== undefined) {
            void transaction.store.put(record(size), fingerprint.sha256);
            void transaction.store.delete(older);
          }
          await transaction.done;
          return size;
        });
      } catch {
        return null;
      }
    },
    async save(file, fingerprint, size) {
      const key = fingerprint?.sha256 ?? nameSizeDate(file);
      try {
        await access.run((database) =>
          size
            ? database.put("assumedPixelSizes", record(size), key)
            : database.delete("assumedPixelSizes", key).then(() => key),
        );
      } catch {
        // A full or closed store only means that the page asks again.
      }
    },
  };
}

function record(size: AssumedSize): unknown {
  return { version: 2, ...size };
}

/** What version 1 of the database knew a slide by. */
function nameSizeDate(file: FileIdentity): string {
  return `${file.name}|${file.size}|${file.lastModified}`;
}

/** Version 1 of the record knew square pixels only: `mpp`. */
export function parsePixelSize(value: unknown): AssumedSize | null {
  if (typeof value !== "object" || value === null) return null;
  const number = (name: string): number => {
    const found: unknown = Reflect.get(value, name) ?? Reflect.get(value, "mpp");
    return typeof found === "number" ? found : Number.NaN;
  };
  const size = { mppX: number("mppX"), mppY: number("mppY") };
  return isSoundPixelSize(size.mppX) && isSoundPixelSize(size.mppY) ? size : null;
}
