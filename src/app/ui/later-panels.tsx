import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import type { PageCommands } from "./commands.ts";
import type { ProofPanel } from "./proof-panel.tsx";

const panel = signal<typeof ProofPanel | null>(null);

/** Fetches the code of panels that nobody needs at first. To be called once the page is shown: it should be there before a network is unplugged. */
export async function loadLaterPanels(): Promise<void> {
  const { ProofPanel } = await import("./proof-panel.tsx");
  panel.value = ProofPanel;
}

/** The proof panel, as soon as its code is there. */
export function LaterProofPanel(props: { readonly app: App; readonly commands: PageCommands }) {
  const Panel = panel.value;
  const isMissed = Panel === null && props.commands.panel.value === "proof";
  useEffect(() => {
    if (isMissed) loadLaterPanels().catch((error: unknown) => props.app.messages.report(error));
  }, [isMissed]);
  return Panel && <Panel {...props} />;
}
