import { rememberDropped } from "../file-handles.ts";

/** Files taken of what was dropped, and folders within folders, at most. */
const MAX_FILES = 2000;
const MAX_DEPTH = 4;
/** Entries looked at, folders among them: a dropped disk is not walked to its end. */
const MAX_ENTRIES = 10_000;

/**
 * Files in what was dropped, those of folders sorted by their path; hidden ones are left out. To be called within the
 * event: the browser empties what was dropped after it. Throws what the browser does where a folder cannot be read.
 */
export function droppedFiles(dropped: DataTransfer): { readonly folder: string | null; files(): Promise<File[]> } {
  const items = [...dropped.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry() ?? null);
  const plain = items.map((item) => {
    const file = item.getAsFile();
    if (file) rememberDropped(item, file);
    return file;
  });
  const folder = entries.find((entry) => entry?.isDirectory)?.name ?? null;
  return {
    folder,
    async files() {
      const walk = { files: [] as File[], entries: 0 };
      for (const [i, entry] of entries.entries()) {
        const file = plain[i];
        if (isFolder(entry)) await walkFolder(entry, walk, 1);
        else if (file && walk.files.length < MAX_FILES) walk.files.push(file);
      }
      return walk.files;
    },
  };
}

interface Walk {
  readonly files: File[];
  entries: number;
}

async function walkFolder(folder: FileSystemDirectoryEntry, walk: Walk, depth: number): Promise<void> {
  const entries = await listFolder(folder, walk);
  for (const entry of entries) {
    if (walk.files.length >= MAX_FILES) return;
    if (isFile(entry)) walk.files.push(await fileOf(entry));
    else if (isFolder(entry) && depth < MAX_DEPTH) await walkFolder(entry, walk, depth + 1);
  }
}

/** All of a folder by name; the browser gives them a hundred at a time, until it gives none. */
async function listFolder(folder: FileSystemDirectoryEntry, walk: Walk): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  while (walk.entries < MAX_ENTRIES) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    walk.entries += some.length;
    found.push(...some.filter(({ name }) => !name.startsWith(".")));
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isFolder(entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry {
  return entry?.isDirectory ?? false;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
