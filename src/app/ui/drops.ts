import { AppError } from "../../engine/base/errors.ts";
import type { App } from "../state/app.ts";
import type { PageCommands } from "./commands.ts";

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

/** Opens the first file; says so where there are more, and where a folder was dropped instead of one. */
async function openDropped(app: App, dropped: DataTransfer): Promise<void> {
  const items = [...dropped.items].filter((item) => item.kind === "file");
  const folder = items.map((item) => item.webkitGetAsEntry()).find((entry) => entry?.isDirectory);
  // Read before the first wait: the browser empties what was dropped after the event.
  const files = items.filter((item) => !item.webkitGetAsEntry()?.isDirectory).map((item) => item.getAsFile());
  const [file] = files;
  if (!file) {
    if (folder) app.messages.report(folderError(folder.name));
    return;
  }
  if (app.slide.open.value && isGeoJson(file)) return app.comparison.open(file);
  await app.slide.openFiles([file]);
  const isOpen = app.slide.open.value?.files[0] === file && app.messages.alert.value === null;
  if (isOpen && items.length > 1) app.messages.report(severalError(file.name, items.length));
}

/** Outlines to compare with, where there is a slide to lay them on. */
function isGeoJson({ name }: File): boolean {
  return /\.(geo)?json$/i.test(name);
}

function folderError(name: string): AppError {
  return new AppError(
    "slide/not-a-slide",
    `Expected a slide file, found the folder "${name}"; open it and drop the slide file itself.`,
  );
}

function severalError(name: string, count: number): AppError {
  return new AppError(
    "slide/not-a-slide",
    `Expected one slide, found ${count} files or folders; "${name}" was opened, drop the others one at a time.`,
  );
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
