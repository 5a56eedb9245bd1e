import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import type { PageCommands } from "./commands.ts";
import type { Dock } from "./dock.tsx";
import type { MeasureBar } from "./measure-bar.tsx";
import type { PrintedPage } from "./printed-page.tsx";
import type { ProofPanel } from "./proof-panel.tsx";

interface PanelProps {
  readonly app: App;
  readonly commands: PageCommands;
}

interface Panels {
  readonly Dock: typeof Dock;
  readonly MeasureBar: typeof MeasureBar;
  readonly PrintedPage: typeof PrintedPage;
  readonly ProofPanel: typeof ProofPanel;
}

const panels = signal<Panels | null>(null);

/** Fetches the code of what nobody sees at first. To be called once the page is shown: it should be there before a network is unplugged. */
export async function loadLaterPanels(): Promise<void> {
  const [{ Dock }, { MeasureBar }, { PrintedPage }, { ProofPanel }] = await Promise.all([
    import("./dock.tsx"),
    import("./measure-bar.tsx"),
    import("./printed-page.tsx"),
    import("./proof-panel.tsx"),
  ]);
  panels.value = { Dock, MeasureBar, PrintedPage, ProofPanel };
}

/** The dock, as soon as its code is there. */
export function LaterDock(props: PanelProps & { readonly isOpen: boolean }) {
  useMissed(props.app, true);
  const Panel = panels.value?.Dock;
  return Panel ? <Panel {...props} /> : null;
}

/** What says how measuring goes, as soon as its code is there. */
export function LaterMeasureBar(props: PanelProps) {
  useMissed(props.app, props.app.measure.tool.value !== null);
  const Panel = panels.value?.MeasureBar;
  return Panel ? <Panel {...props} /> : null;
}

/** The report for the printer, as soon as its code is there. */
export function LaterPrintedPage({ app }: Pick<PanelProps, "app">) {
  useMissed(app, app.handing.report.value !== null);
  const Panel = panels.value?.PrintedPage;
  return Panel ? <Panel app={app} /> : null;
}

/** The proof panel, as soon as its code is there. */
export function LaterProofPanel(props: PanelProps) {
  useMissed(props.app, props.commands.panel.value === "proof");
  const Panel = panels.value?.ProofPanel;
  return Panel ? <Panel {...props} /> : null;
}

function useMissed(app: App, isWanted: boolean): void {
  const isMissed = isWanted && panels.value === null;
  useEffect(() => {
    if (isMissed) loadLaterPanels().catch((error: unknown) => app.messages.report(error));
  }, [isMissed]);
}
