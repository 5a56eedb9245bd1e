import { signal } from "@preact/signals";
import { pixelsPerPixel0Of } from "../report/scale.ts";
import type { App } from "../state/app.ts";

/** `requests`: what the page asked the network for; `proof`: the test for those who answer for a network. */
export type Panel = "requests" | "proof";

/** What several components and the keys can do alike. */
export interface PageCommands {
  /** Opens the browser's file dialog. */
  chooseFile(): void;
  /** Set by the file input once it is on the page. */
  offerFileDialog(open: () => void): void;
  showKeys(isShown: boolean): void;
  readonly areKeysShown: { readonly value: boolean };
  /** Opens one of the panels that lie over the page, or none. */
  showPanel(panel: Panel | null): void;
  readonly panel: { readonly value: Panel | null };
  /** While a file is held over the page. */
  showDropHint(isShown: boolean): void;
  readonly isDropHintShown: { readonly value: boolean };
  /** Asks before what cannot be undone; null asks nothing any more. */
  confirm(confirmation: Confirmation | null): void;
  readonly confirmation: { readonly value: Confirmation | null };
}

export interface Confirmation {
  readonly sentence: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly run: () => void;
}

/** True while the map shows all classes of a model at once: then no threshold takes part and there are no regions to walk. */
export function isAllShown(app: App): boolean {
  return app.classes.classes.value !== null && app.classes.chosen.value === null;
}

/** Walks to the next or previous region, or patch of a classified slide, and shows it. */
export function walkTo(app: App, step: 1 | -1): void {
  const patch = app.evidence.walk(step);
  if (patch) app.view.handle.value?.show(patch.box);
  if (isAllShown(app)) return;
  const region = app.necrosis.walk(step);
  if (!region) return;
  const xs = region.outer.map(([x0]) => x0);
  const ys = region.outer.map(([, y0]) => y0);
  const x0 = xs.reduce((a, b) => Math.min(a, b));
  const y0 = ys.reduce((a, b) => Math.min(a, b));
  const width0 = xs.reduce((a, b) => Math.max(a, b)) - x0;
  const height0 = ys.reduce((a, b) => Math.max(a, b)) - y0;
  app.view.handle.value?.show({ x0, y0, width0, height0 });
}

/** Zooms to a magnification; without a pixel size there is none, and nothing happens. */
export function magnifyTo(app: App, magnification: number): void {
  const pixelSize = app.slide.pixelSize.value;
  if (pixelSize) app.view.handle.value?.zoomTo(pixelsPerPixel0Of(magnification, pixelSize));
}

/** As the reader chose, else as the computer is set. */
export function hasHighContrast({ settings, surroundings }: App): boolean {
  const { value } = settings.contrast;
  return value === "system" ? surroundings.wantsContrast.value : value === "more";
}

export function createPageCommands(): PageCommands {
  const areKeysShown = signal(false);
  const panel = signal<Panel | null>(null);
  const isDropHintShown = signal(false);
  const confirmation = signal<Confirmation | null>(null);
  let openDialog: (() => void) | null = null;
  return {
    chooseFile: () => openDialog?.(),
    offerFileDialog(open) {
      openDialog = open;
    },
    showKeys(isShown) {
      areKeysShown.value = isShown;
    },
    areKeysShown,
    showPanel(next) {
      panel.value = next;
    },
    panel,
    showDropHint(isShown) {
      isDropHintShown.value = isShown;
    },
    isDropHintShown,
    confirm(next) {
      confirmation.value = next;
    },
    confirmation,
  };
}
