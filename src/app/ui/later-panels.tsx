import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import type { PageCommands } from "./commands.ts";

interface PanelProps {
  readonly app: App;
  readonly commands: PageCommands;
}

const panels = signal<typeof import("./later-parts.ts") | null>(null);

/** Fetches the code of what nobody sees at first. To be called once the page is shown: it should be there before a network is unplugged. */
export async function loadLaterPanels(): Promise<void> {
  panels.value = await import("./later-parts.ts");
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

/** What says how a region is drawn, as soon as its code is there. */
export function LaterRegionHint({ app }: Pick<PanelProps, "app">) {
  useMissed(app, app.region.isEditing.value);
  const Panel = panels.value?.RegionHint;
  return Panel ? <Panel app={app} /> : null;
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

/** The table of the work list, as soon as its code is there. */
export function LaterQueueTable(props: PanelProps) {
  useMissed(props.app, props.commands.panel.value === "slides");
  const Panel = panels.value?.QueueTable;
  return Panel ? <Panel {...props} /> : null;
}

/** What is new, the keys, and the tour, as soon as their code is there. */
export function LaterHelp(props: PanelProps) {
  const { app, commands } = props;
  const isWanted = commands.panel.value === "changes" || commands.areKeysShown.value || app.tour.step.value !== null;
  useMissed(app, isWanted);
  if (!panels.value) return null;
  const { ChangesPanel, KeySheet, TourCard } = panels.value;
  return (
    <>
      <ChangesPanel commands={commands} />
      <KeySheet app={app} commands={commands} />
      <TourCard app={app} />
    </>
  );
}

function useMissed(app: App, isWanted: boolean): void {
  const isMissed = isWanted && panels.value === null;
  useEffect(() => {
    if (isMissed) loadLaterPanels().catch((error: unknown) => app.messages.report(error));
  }, [isMissed]);
}
