import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";

/** Dropping works anywhere, always, also over an open slide. */
export function DropZone({ app }: { readonly app: App }) {
  const isOver = useSignal(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    // Entering a child fires before leaving its parent, so entries are counted.
    let depth = 0;
    const set = (next: number) => {
      depth = Math.max(0, next);
      isOver.value = depth > 0;
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
        const file = event.dataTransfer?.files[0];
        if (file) void app.slide.openFile(file);
      },
      { signal },
    );
    return () => listening.abort();
  }, [app, isOver]);
  if (!isOver.value) return null;
  return (
    <div class="drop-hint" aria-hidden="true">
      <p>Drop to open. The slide stays on this computer.</p>
    </div>
  );
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
