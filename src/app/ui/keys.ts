import { MAP_LOOKS } from "../../engine/heatmap/map-look.ts";
import type { App } from "../state/app.ts";
import { THRESHOLD_STEP } from "../state/necrosis.ts";
import { msg } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { isAllShown, MAGNIFICATIONS, magnifyTo, startRun, toggleRegion, walkTo } from "./commands.ts";
import { printByKey, showExports } from "./export-keys.ts";
import { toggleFullScreen } from "./full-screen.ts";

/** One line of the key sheet and what its keys do. */
export interface KeyBinding {
  /** As written on the sheet. */
  readonly shown: string;
  readonly words: string;
  /** `KeyboardEvent.key`, lower case. */
  readonly keys: readonly string[];
  readonly run: (app: App, commands: PageCommands, event: KeyboardEvent) => void;
}

const OPACITIES = [1, 0.75, 0.5, 0.25] as const;

export const KEY_BINDINGS: readonly KeyBinding[] = [
  { shown: "O", words: msg`Open a slide`, keys: ["o"], run: openOrFade },
  { shown: "A", words: msg`Analyze`, keys: ["a"], run: (app) => void startRun(app) },
  { shown: "W", words: msg`Pause the run, go on with it`, keys: ["w"], run: (app) => app.pauses.toggle() },
  { shown: "Esc", words: msg`Cancel the run, close what is open`, keys: ["escape"], run: stepBack },
  { shown: "T, G", words: msg`Threshold up, down (Shift+T: down)`, keys: ["t", "g"], run: nudgeThreshold },
  { shown: msg`Shift+O`, words: msg`Opacity of the map`, keys: [], run: () => undefined },
  {
    shown: "H",
    words: msg`Hold the map away while pressed`,
    keys: ["h"],
    run: (app) => {
      app.necrosis.isHeldAway.value = true;
    },
  },
  { shown: "C", words: msg`Map as colour, contours, hatching`, keys: ["c"], run: stepLook },
  {
    shown: "V",
    words: msg`Side by side: tissue, tissue with map`,
    keys: ["v"],
    run: (app) => app.mapViews.toggle("beside"),
  },
  { shown: "S", words: msg`Spyglass through the map`, keys: ["s"], run: (app) => app.mapViews.toggle("lens") },
  {
    shown: "N, P",
    words: msg`Next, previous region or patch`,
    keys: ["n", "p"],
    run: (app, _, event) => walkTo(app, event.key.toLowerCase() === "n" ? 1 : -1),
  },
  { shown: msg`1 to 6`, words: "1x, 2x, 5x, 10x, 20x, 40x", keys: ["1", "2", "3", "4", "5", "6"], run: magnify },
  { shown: "7", words: msg`Whole slide`, keys: ["7"], run: (app) => app.view.handle.value?.fit() },
  {
    shown: "+, −",
    words: msg`Zoom in, out`,
    keys: ["+", "=", "-"],
    run: (app, _, event) => app.view.handle.value?.zoomBy(event.key === "-" ? 1 / 1.4 : 1.4),
  },
  {
    shown: "R",
    words: msg`Turn by 90° (Shift+R: back)`,
    keys: ["r"],
    run: (app, _, event) => app.view.handle.value?.rotateBy(event.shiftKey ? -90 : 90),
  },
  { shown: "X", words: msg`Mirror`, keys: ["x"], run: (app) => app.view.handle.value?.flip() },
  { shown: "M", words: msg`Measure a length, an area, stop`, keys: ["m"], run: measure },
  { shown: msg`Ctrl+Z`, words: msg`Undo (Ctrl+Shift+Z: redo)`, keys: [], run: () => undefined },
  {
    shown: msg`Arrows`,
    words: msg`Move the slide (Shift: a little), on the stage`,
    keys: [],
    run: () => undefined,
  },
  { shown: msg`Enter`, words: msg`Set a point in the middle, while measuring`, keys: [], run: () => undefined },
  { shown: "I", words: msg`Region of interest`, keys: ["i"], run: toggleRegion },
  {
    shown: msg`Del`,
    words: msg`Remove the region of interest`,
    keys: ["delete"],
    run: ({ region }) => region.remove(),
  },
  {
    shown: msg`, and .`,
    words: msg`Focus down, up`,
    keys: [",", "."],
    run: ({ picture }, _, event) => picture.focusOn(picture.focalPlane.value + (event.key === "," ? -1 : 1)),
  },
  {
    shown: "D",
    words: msg`Side panel`,
    keys: ["d"],
    run: (app) => {
      app.settings.dockOpen.value = !app.settings.dockOpen.value;
    },
  },
  { shown: "Q", words: msg`List of slides`, keys: ["q"], run: showSlides },
  { shown: "E", words: msg`Exports`, keys: ["e"], run: showExports },
  { shown: msg`Ctrl+P`, words: msg`Print the report`, keys: [], run: () => undefined },
  { shown: "F", words: msg`Full screen`, keys: ["f"], run: () => void toggleFullScreen() },
  {
    shown: "?",
    words: msg`This list`,
    keys: ["?"],
    run: (_, commands) => commands.showKeys(!commands.areKeysShown.value),
  },
];

/** Listens on the window until the returned function is called. Keys typed into a field stay there. */
export function listenToKeys(app: App, commands: PageCommands): () => void {
  const listening = new AbortController();
  const options = { signal: listening.signal, capture: true };
  window.addEventListener("keydown", (event) => onKeyDown(app, commands, event), options);
  window.addEventListener("keyup", (event) => event.key.toLowerCase() === "h" && release(app), options);
  window.addEventListener("blur", () => release(app), { signal: listening.signal });
  return () => listening.abort();
}

function onKeyDown(app: App, commands: PageCommands, event: KeyboardEvent): void {
  if (event.altKey || isTyping(event.target) || commands.confirmation.value) return;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === "z" || key === "y") undoOrRedo(app, event);
    if (key === "p" && !event.shiftKey && printByKey(app)) event.preventDefault();
    return;
  }
  const binding = KEY_BINDINGS.find(({ keys }) => keys.includes(key));
  if (!binding) return;
  binding.run(app, commands, event);
  event.preventDefault();
}

function release(app: App): void {
  app.necrosis.isHeldAway.value = false;
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["range", "checkbox", "file"].includes(target.type);
}

function openOrFade(app: App, commands: PageCommands, event: KeyboardEvent): void {
  if (!event.shiftKey) {
    commands.chooseFile();
    return;
  }
  const { opacity } = app.settings;
  opacity.value = OPACITIES.find((value) => value < opacity.value - 0.01) ?? OPACITIES[0];
}

function stepBack(app: App, commands: PageCommands): void {
  const help = document.querySelector<HTMLElement>("[popover]:popover-open");
  if (help) help.hidePopover();
  else if (commands.areKeysShown.value) commands.showKeys(false);
  else if (commands.panel.value) commands.showPanel(null);
  else if (app.tour.step.value) app.tour.stop();
  else if (app.knownLength.mode.value.kind === "on") app.knownLength.stop();
  else if (app.measure.tool.value !== null) app.measure.stop();
  else if (app.mapViews.view.value !== "over") app.mapViews.end();
  else if (commands.isViewShown.value) commands.showView(false);
  else if (app.region.isEditing.value) app.region.setEditing(false);
  else if (app.messages.alert.value || app.messages.notice.value) app.messages.dismiss();
  else if (app.recent.asked.value) app.recent.stopAsking();
  else app.analysis.cancel();
}

function nudgeThreshold(app: App, _: PageCommands, event: KeyboardEvent): void {
  if (!app.necrosis.findings.value || isAllShown(app)) return;
  const isDown = event.key.toLowerCase() === "g" || event.shiftKey;
  app.necrosis.setThreshold(app.necrosis.threshold.value + (isDown ? -THRESHOLD_STEP : THRESHOLD_STEP));
}

function stepLook({ settings }: App): void {
  const at = MAP_LOOKS.indexOf(settings.mapLook.value);
  settings.mapLook.value = MAP_LOOKS[(at + 1) % MAP_LOOKS.length] ?? "colour";
}

function showSlides(app: App, commands: PageCommands): void {
  app.settings.dockOpen.value = true;
  // A dock that was closed is drawn first.
  requestAnimationFrame(() => commands.showSlides());
}

function magnify(app: App, _: PageCommands, event: KeyboardEvent): void {
  const magnification = MAGNIFICATIONS[Number(event.key) - 1];
  if (magnification !== undefined) magnifyTo(app, magnification);
}

/** From off to a length, to an area, and off again. */
function measure({ measure, view }: App): void {
  if (measure.tool.value === "area") measure.stop();
  else measure.start(measure.tool.value === "length" ? "area" : "length");
  if (measure.tool.value !== null) view.handle.value?.focus();
}

/** Of what is at hand: while measuring of that, else of the region first. */
function undoOrRedo({ measure, region }: App, event: KeyboardEvent): void {
  const isRedo = event.key.toLowerCase() === "y" || event.shiftKey;
  const can = (made: typeof measure | typeof region) => (isRedo ? made.canRedo : made.canUndo).value;
  const made = measure.tool.value === null && can(region) ? region : measure;
  if (!can(made)) return;
  if (isRedo) made.redo();
  else made.undo();
  event.preventDefault();
}
