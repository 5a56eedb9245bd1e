import type { App } from "../state/app.ts";
import { THRESHOLD_STEP } from "../state/necrosis.ts";
import { msg } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { isAllShown, magnifyTo, walkTo } from "./commands.ts";

/** One line of the key sheet and what its keys do. */
export interface KeyBinding {
  /** As written on the sheet. */
  readonly shown: string;
  readonly words: string;
  /** `KeyboardEvent.key`, lower case. */
  readonly keys: readonly string[];
  readonly run: (app: App, commands: PageCommands, event: KeyboardEvent) => void;
}

const MAGNIFICATIONS = [1, 2, 5, 10, 20, 40] as const;
const OPACITIES = [1, 0.75, 0.5, 0.25] as const;

export const KEY_BINDINGS: readonly KeyBinding[] = [
  { shown: "O", words: msg`Open a slide`, keys: ["o"], run: openOrFade },
  { shown: "A", words: msg`Analyze`, keys: ["a"], run: (app) => void app.analysis.analyze() },
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
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (commands.confirmation.value) return;
  const key = event.key.toLowerCase();
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
  if (commands.areKeysShown.value) commands.showKeys(false);
  else if (commands.panel.value) commands.showPanel(null);
  else if (app.measure.mode.value.kind === "on") app.measure.stop();
  else if (app.messages.alert.value || app.messages.notice.value) app.messages.dismiss();
  else if (app.recent.asked.value) app.recent.stopAsking();
  else app.analysis.cancel();
}

function nudgeThreshold(app: App, _: PageCommands, event: KeyboardEvent): void {
  if (!app.necrosis.findings.value || isAllShown(app)) return;
  const isDown = event.key.toLowerCase() === "g" || event.shiftKey;
  app.necrosis.setThreshold(app.necrosis.threshold.value + (isDown ? -THRESHOLD_STEP : THRESHOLD_STEP));
}

function magnify(app: App, _: PageCommands, event: KeyboardEvent): void {
  const magnification = MAGNIFICATIONS[Number(event.key) - 1];
  if (magnification !== undefined) magnifyTo(app, magnification);
}

async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // A browser that refuses full screen (a frame, a policy) leaves the page as it is.
  }
}
