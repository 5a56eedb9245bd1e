import type { App } from "../state/app.ts";

interface ExportButtonProps {
  readonly app: App;
  /** Whether there is something to export. */
  readonly isOpen: boolean;
  readonly name: string;
  readonly what: string;
  /** Is told what the button says. */
  readonly run: (app: App, name: string) => Promise<void>;
}

/** Writes one file, or prints; closed while there is nothing to export and while another one is being written. */
export function ExportButton({ app, isOpen, name, what, run }: ExportButtonProps) {
  const isBusy = app.handing.job.value.kind === "writing";
  return (
    <button type="button" class="plain" title={what} disabled={!isOpen || isBusy} onClick={() => void run(app, name)}>
      {name}
    </button>
  );
}
