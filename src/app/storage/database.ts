import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** Everything the page keeps between visits; nothing of it leaves the computer. */
export interface PalisadeSchema extends DBSchema {
  /** One record, under the key "settings". */
  readonly settings: { key: string; value: unknown };
  /** What a person said about the pixel size of a file, by the file's fingerprint. */
  readonly assumedPixelSizes: { key: string; value: unknown };
}

export type PalisadeDatabase = IDBPDatabase<PalisadeSchema>;

const VERSION = 1;

/**
 * The database, opened when first asked for and again after the browser closed it. Resolves to null where storage is refused
 * (private windows, full disks): the page then forgets, and works.
 */
export function databaseOpener(name = "palisade"): () => Promise<PalisadeDatabase | null> {
  let opened: Promise<PalisadeDatabase | null> | null = null;
  const forget = () => {
    opened = null;
  };
  return () => {
    opened ??= openDB<PalisadeSchema>(name, VERSION, {
      upgrade(database) {
        database.createObjectStore("settings");
        database.createObjectStore("assumedPixelSizes");
      },
      blocking: (_current, _blocked, event) => {
        forget();
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: forget,
    }).catch(() => null);
    return opened;
  };
}
