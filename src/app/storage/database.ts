import { deleteDB, openDB } from "idb";
import { AppError, isAppError } from "../../engine/base/errors.ts";
import { DATABASE_VERSION, migrate } from "./migrations/migrate.ts";
import type { PalisadeDatabase, PalisadeSchema } from "./schema.ts";

/** A browser that does not even refuse is waited for so long. */
const OPEN_MS = 10_000;

/** The database, for as long as the page lives. */
export interface DatabaseAccess {
  /**
   * Runs `work` on the open database. A connection that the browser has lost or closed meanwhile is opened again and `work` run once more,
   * so that it may run twice. Throws `storage/full`, `storage/refused` (private windows, switched off), `storage/newer-version`, and
   * what else `work` throws. Within a transaction `work` awaits nothing but requests of that transaction.
   */
  run<T>(work: (database: PalisadeDatabase) => Promise<T>): Promise<T>;
  /** Deletes all of it. The next `run` makes a new one. */
  destroy(): Promise<void>;
}

export function databaseAccess(name = "palisade"): DatabaseAccess {
  let opened: Promise<PalisadeDatabase> | null = null;

  function open(): Promise<PalisadeDatabase> {
    opened ??= openInTime(name, forget);
    return opened;
  }

  function forget(): void {
    opened = null;
  }

  return {
    async run(work) {
      let database = await open();
      try {
        return await work(database);
      } catch (error) {
        if (!isConnectionLost(error)) throw translated(error);
      }
      forget();
      closeQuietly(database);
      database = await open();
      try {
        return await work(database);
      } catch (error) {
        throw isConnectionLost(error) ? refused(error) : translated(error);
      }
    },
    async destroy() {
      const database = await opened?.catch(() => null);
      forget();
      if (database) closeQuietly(database);
      await deleteDB(name);
    },
  };
}

async function openInTime(name: string, forget: () => void): Promise<PalisadeDatabase> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${OPEN_MS} ms`)), OPEN_MS);
  });
  try {
    const opening = openDB<PalisadeSchema>(name, DATABASE_VERSION, {
      upgrade: (database, oldVersion) => migrate(database, oldVersion),
      // Another tab brings a newer page, or forgets everything.
      blocking: (_current, _blocked, event) => {
        forget();
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: forget,
    });
    return await Promise.race([opening, late]);
  } catch (cause) {
    if (isNamed(cause, "VersionError")) throw newerVersion(cause);
    // A full disk may have room again, and a browser that could not open it may do so the next time.
    forget();
    throw isNamed(cause, "QuotaExceededError") ? storageFull(cause) : refused(cause);
  } finally {
    clearTimeout(timer);
  }
}

/** What Safari and others throw once the connection is gone: "Connection to Indexed Database server lost", "The database connection is closing". */
function isConnectionLost(error: unknown): boolean {
  return isNamed(error, "InvalidStateError") || isNamed(error, "UnknownError") || isNamed(error, "AbortError");
}

function translated(error: unknown): unknown {
  if (isAppError(error)) return error;
  return isNamed(error, "QuotaExceededError") ? storageFull(error) : error;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function closeQuietly(database: PalisadeDatabase): void {
  try {
    database.close();
  } catch {
    // A lost connection cannot be closed; it holds nothing any more.
  }
}

export function storageFull(cause: unknown): AppError {
  return new AppError(
    "storage/full",
    "Expected room to keep this on your computer, but the disk, or what the browser allows of it, is full; it stays in this tab. Save it as a file before you close it, or forget older slides under Recent.",
    {},
    { cause },
  );
}

function refused(cause: unknown): AppError {
  return new AppError(
    "storage/refused",
    "Expected to keep slides and results on this computer, but the browser refuses; save results as files before you close the tab.",
    {},
    { cause },
  );
}

function newerVersion(cause: unknown): AppError {
  return new AppError(
    "storage/newer-version",
    `Expected what an earlier Palisade kept on this computer (version ${DATABASE_VERSION} or older), found what a newer one keeps; it is left alone and nothing is kept here. Reload the page to get the newer Palisade.`,
    { version: DATABASE_VERSION },
    { cause },
  );
}
