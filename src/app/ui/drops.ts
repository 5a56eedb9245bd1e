import { AppError } from "../../engine/base/errors.ts";
import type { App } from "../state/app.ts";
import { openTogether } from "../state/open-together.ts";
import type { PageCommands } from "./commands.ts";
import { droppedFiles } from "./dropped-files.ts";

/**
 * Listens on the window until the returned function is called. Dropping works anywhere, always, also over an open slide; to be called
 * before the page waits for anything: a file dropped before that would replace the page.
 */
export function listenToDrops(app: App, commands: PageCommands): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  // Entering a child fires before leaving its parent, so entries are counted.
  let depth = 0;
  const set = (next: number) => {
    depth = Math.max(0, next);
    commands.showDropHint(depth > 0);
  };
  window.addEventListener("dragenter", (event) => holdsFiles(event) && set(depth + 1), { signal });
  window.addEventListener("dragleave", (event) => holdsFiles(event) && set(depth - 1), { signal });
  window.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault(), { signal });
  window.addEventListener(
    "drop",
    (event) => {
      set(0);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) void openDropped(app, event.dataTransfer);
    },
    { signal },
  );
  return () => listening.abort();
}

/** Opens what belongs together as one slide: files, or what lies in a folder. */
async function openDropped(app: App, dropped: DataTransfer): Promise<void> {
  const found = droppedFiles(dropped);
  if (found.folder !== null) app.messages.hide([found.folder]);
  let files: File[];
  try {
    files = await found.files();
  } catch (cause) {
    app.messages.report(unreadableError(found.folder, cause));
    return;
  }
  const [file] = files;
  if (!file) {
    if (found.folder !== null) app.messages.report(emptyFolderError(found.folder));
    return;
  }
  if (app.slide.open.value && isGeoJson(file)) return app.comparison.open(file);
  await openTogether(app, files);
}

/** Outlines to compare with, where there is a slide to lay them on. */
function isGeoJson({ name }: File): boolean {
  return /\.(geo)?json$/i.test(name);
}

function emptyFolderError(name: string): AppError {
  return new AppError(
    "slide/not-a-slide",
    `Expected a folder with the files of a slide, found no file in "${name}". Drop the folder that holds them.`,
  );
}

function unreadableError(name: string | null, cause: unknown): AppError {
  return new AppError(
    "slide/unreadable",
    `Expected to read the folder "${name ?? ""}", but the browser cannot. Drop the files themselves.`,
    {},
    { cause },
  );
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
