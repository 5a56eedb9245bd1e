import type { FileHandles } from "./state/recent.ts";

/** What Chromium has beyond the types that every browser shares (File System Access, WICG draft). */
interface PermissionHandle {
  queryPermission?(wanted: { readonly mode: "read" }): Promise<PermissionState>;
  requestPermission?(wanted: { readonly mode: "read" }): Promise<PermissionState>;
}

/** By which handle a file was given, while the file lives. */
const handles = new WeakMap<File, Promise<FileSystemHandle | null>>();

/** To be called within the event that brings the file: the browser empties what was dropped after it. */
export function rememberDropped(item: DataTransferItem, file: File): void {
  const get: unknown = Reflect.get(item, "getAsFileSystemHandle");
  if (typeof get !== "function") return;
  const asked: Promise<FileSystemHandle | null> = get.call(item);
  handles.set(
    file,
    asked.catch(() => null),
  );
}

/**
 * True where the browser has a dialog that lets the page open the chosen files again later, and a person is there to answer it: a program
 * that drives the page cannot.
 */
export function canPickFiles(): boolean {
  return typeof Reflect.get(window, "showOpenFilePicker") === "function" && !navigator.webdriver;
}

/** Asks for files by that dialog; none when the person closes it, or the browser refuses. */
export async function pickFiles(): Promise<File[]> {
  const ask: unknown = Reflect.get(window, "showOpenFilePicker");
  if (typeof ask !== "function") return [];
  try {
    const picked: readonly FileSystemFileHandle[] = await ask.call(window, { multiple: true, id: "slides" });
    return await Promise.all(picked.map(openHandle));
  } catch {
    return [];
  }
}

export const fileHandles: FileHandles = {
  async of(files) {
    const found = await Promise.all(files.map((file) => handles.get(file)));
    const whole = found.filter(isFileHandle);
    return whole.length === files.length ? whole : [];
  },
  async open(kept) {
    try {
      const files: File[] = [];
      for (const handle of kept) {
        if (!(await isAllowed(handle))) return null;
        files.push(await openHandle(handle));
      }
      return files;
    } catch {
      // Moved, deleted or on a drive that is not there: the file is asked for.
      return null;
    }
  },
};

async function openHandle(handle: FileSystemFileHandle): Promise<File> {
  const file = await handle.getFile();
  handles.set(file, Promise.resolve(handle));
  return file;
}

async function isAllowed(handle: FileSystemFileHandle & PermissionHandle): Promise<boolean> {
  const wanted = { mode: "read" } as const;
  if (!handle.queryPermission || (await handle.queryPermission(wanted)) === "granted") return true;
  return (await handle.requestPermission?.(wanted)) === "granted";
}

function isFileHandle(handle: FileSystemHandle | null | undefined): handle is FileSystemFileHandle {
  return handle?.kind === "file";
}
