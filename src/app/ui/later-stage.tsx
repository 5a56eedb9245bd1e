import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import type { Stage } from "../viewer/stage.tsx";

const stage = signal<typeof Stage | null>(null);

/** Fetches the viewer, which is half of the page's code: beside the first picture rather than before it. */
export async function loadStage(): Promise<void> {
  stage.value = (await import("../viewer/stage.tsx")).Stage;
}

/** The stage, as soon as its code is there; it then shows what was opened meanwhile. */
export function LaterStage({ app }: { readonly app: App }) {
  const Loaded = stage.value;
  useEffect(() => {
    if (!stage.value) loadStage().catch((error: unknown) => app.messages.report(error));
  }, []);
  return Loaded ? <Loaded app={app} /> : null;
}
