import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import type { ChangesPanel } from "./changes-panel.tsx";
import type { PageCommands } from "./commands.ts";
import type { Dock } from "./dock.tsx";
import type { KeySheet } from "./key-sheet.tsx";
import type { ProofPanel } from "./proof-panel.tsx";
import type { TourCard } from "./tour-card.tsx";

interface PanelProps {
  readonly app: App;
  readonly commands: PageCommands;
}

interface Panels {
  readonly Dock: typeof Dock;
  readonly ProofPanel: typeof ProofPanel;
  readonly ChangesPanel: typeof ChangesPanel;
  readonly KeySheet: typeof KeySheet;
  readonly TourCard: typeof TourCard;
}

const panels = signal<Panels | null>(null);

/** Fetches the code of what nobody sees at first. To be called once the page is shown: it should be there before a network is unplugged. */
export async function loadLaterPanels(): Promise<void> {
  const [{ Dock }, { ProofPanel }, { ChangesPanel }, { KeySheet }, { TourCard }] = await Promise.all([
    import("./dock.tsx"),
    import("./proof-panel.tsx"),
    import("./changes-panel.tsx"),
    import("./key-sheet.tsx"),
    import("./tour-card.tsx"),
  ]);
  panels.value = { Dock, ProofPanel, ChangesPanel, KeySheet, TourCard };
}

/** The dock, as soon as its code is there. */
export function LaterDock(props: PanelProps & { readonly isOpen: boolean }) {
  useMissed(props.app, true);
  const Panel = panels.value?.Dock;
  return Panel ? <Panel {...props} /> : null;
}

/** The proof panel, as soon as its code is there. */
export function LaterProofPanel(props: PanelProps) {
  useMissed(props.app, props.commands.panel.value === "proof");
  const Panel = panels.value?.ProofPanel;
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
