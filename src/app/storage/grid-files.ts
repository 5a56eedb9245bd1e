import { storageFull } from "./database.ts";

/** A file that no result names may belong to one that another tab is just keeping. */
const ORPHAN_MS = 3_600_000;

/** Grids as files in the browser's own file system for this site. */
export interface GridFiles {
  /** False where the browser has none; nothing was written then. Throws `storage/full`. */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** Null where it is gone. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  remove(name: string): Promise<void>;
  removeAll(): Promise<void>;
  /** Removes what no result names, but for what was written within the last hour. */
  removeOrphans(isNamed: (name: string) => boolean): Promise<void>;
}

export function gridFiles(folderName = "palisade-grids"): GridFiles {
  const openFolder = (create: boolean) => openFolderNamed(folderName, create);
  return {
    async write(name, bytes) {
      const folder = await openFolder(true);
      if (!folder) return false;
      try {
        const file = await folder.getFileHandle(name, { create: true });
        // Safari before 26 writes in workers only.
        if (typeof file.createWritable !== "function") return false;
        const stream = await file.createWritable();
        await stream.write(bytes);
        await stream.close();
        return true;
      } catch (error) {
        await folder.removeEntry(name).catch(() => {});
        if (error instanceof DOMException && error.name === "QuotaExceededError") throw storageFull(error);
        return false;
      }
    },
    async read(name) {
      try {
        const folder = await openFolder(false);
        const file = await (await folder?.getFileHandle(name))?.getFile();
        return file ? new Uint8Array(await file.arrayBuffer()) : null;
      } catch {
        return null;
      }
    },
    async remove(name) {
      await (await openFolder(false))?.removeEntry(name).catch(() => {});
    },
    async removeAll() {
      const root = await openRoot();
      await root?.removeEntry(folderName, { recursive: true }).catch(() => {});
    },
    async removeOrphans(isNamed) {
      const folder = await openFolder(false);
      if (!folder) return;
      for (const name of await namesIn(folder)) {
        if (isNamed(name)) continue;
        const file = await (await folder.getFileHandle(name)).getFile();
        if (Date.now() - file.lastModified > ORPHAN_MS) await folder.removeEntry(name).catch(() => {});
      }
    },
  };
}

async function openRoot(): Promise<FileSystemDirectoryHandle | null> {
  try {
    // Missing where the page is served over plain http.
    const storage: StorageManager | undefined = navigator.storage;
    return (await storage?.getDirectory?.()) ?? null;
  } catch {
    return null;
  }
}

async function openFolderNamed(name: string, create: boolean): Promise<FileSystemDirectoryHandle | null> {
  try {
    return (await (await openRoot())?.getDirectoryHandle(name, { create })) ?? null;
  } catch {
    return null;
  }
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}
