import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { listenToKeys } from "../../src/app/ui/keys.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { loadStage } from "../../src/app/ui/later-stage.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import type { SlideChannel } from "../../src/engine/slide/types.ts";
import { createTestApp, FakeSlide, OWN_PIXEL_SIZE, settled, slideInfo, type TestApp } from "../unit/app/fakes.ts";

const CHANNEL: SlideChannel = { name: "DAPI", isShown: true, colour: [0, 0, 255], low: 10, high: 200, most: 65535 };
const CHANNELS: readonly SlideChannel[] = [CHANNEL, { ...CHANNEL, name: "FITC", colour: [0, 255, 0], high: 900 }];

let root: HTMLElement;
let test: TestApp;
let stopKeys: () => void;

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp({
    openSlide: async ({ files, view }) => {
      const name = files[0]?.name ?? "";
      const isStained = name.startsWith("stained");
      return new FakeSlide({
        ...slideInfo(name, OWN_PIXEL_SIZE),
        channels: isStained ? [] : CHANNELS.map((channel, index) => ({ ...channel, ...view.channels?.[index] })),
        focalPlanes: isStained ? [] : [-1.5, 0, 1.5].map((offsetUm) => ({ offsetUm })),
        focalPlane: view.focalPlane ?? 1,
        properties: { "ome.missing": "a file of this slide was not given: b.tif." },
      });
    },
  });
  await test.app.packs.start();
  const commands = createPageCommands();
  stopKeys = listenToKeys(test.app, commands);
  await Promise.all([loadLaterPanels(), loadStage()]);
  render(<Page app={test.app} commands={commands} />, root);
});
afterEach(() => {
  stopKeys();
  render(null, root);
  root.remove();
});

async function open(name: string): Promise<void> {
  await test.app.slide.openFiles([new File([], name)]);
  await repainted();
}

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

function named<Element extends HTMLElement>(selector: string, label: string): Element {
  const found = root.querySelector<Element>(`${selector}[aria-label="${label}"]`);
  if (!found) throw new Error(`nothing called ${label}`);
  return found;
}

function set(input: HTMLInputElement, value: string, event: "input" | "change"): void {
  input.value = value;
  input.dispatchEvent(new Event(event, { bubbles: true }));
}

describe("the channel panel", () => {
  it("is not there for a stained slide", async () => {
    await open("stained.svs");
    expect(root.querySelector(".channels, .focus")).toBeNull();
  });

  it("shows each channel with its name, colour and range, and what is missing", async () => {
    await open("cells.ome.tif");
    const names = [...root.querySelectorAll(".channel-name")].map((label) => label.textContent);
    expect(names).toEqual(["DAPI", "FITC"]);
    expect(named<HTMLInputElement>("input", "Colour of DAPI").value).toBe("#0000ff");
    expect(named<HTMLInputElement>("input", "Black of FITC").value).toBe("10");
    expect(named<HTMLInputElement>("input", "Full colour of FITC").value).toBe("900");
    expect(root.textContent).toContain("A file of this slide was not given: b.tif.");
    expect(root.textContent).toContain("models for stained slides cannot read it");
  });

  it("changes what is shown: channel, colour, and both ends of the range", async () => {
    await open("cells.ome.tif");
    const [first] = root.querySelectorAll<HTMLInputElement>(".channel input[type=checkbox]");
    first?.click();
    set(named("input", "Colour of FITC"), "#ff8000", "input");
    set(named("input", "Black of FITC, slider"), "300", "input");
    set(named("input", "Full colour of FITC"), "1200", "change");
    await repainted();
    expect(test.app.slide.open.value?.view.channels).toEqual([
      { isShown: false, colour: [0, 0, 255], low: 10, high: 200 },
      { isShown: true, colour: [255, 128, 0], low: 300, high: 1200 },
    ]);
    const reset = [...root.querySelectorAll("button")].find((button) => button.textContent === "Show as the file says");
    reset?.click();
    await repainted();
    expect(test.app.picture.channels.value).toEqual(CHANNELS);
  });

  it("keeps black below the full colour, and takes no words for numbers", async () => {
    await open("cells.ome.tif");
    set(named("input", "Black of DAPI, slider"), "255", "input");
    await repainted();
    expect(test.app.picture.channels.value[0]).toMatchObject({ low: 199, high: 200 });
    const typed = named<HTMLInputElement>("input", "Full colour of DAPI");
    set(typed, "bright", "change");
    await repainted();
    expect(typed.value).toBe("200");
  });

  it("gives both ends of a slider to the hand, wherever they stand", async () => {
    await open("cells.ome.tif");
    const track = root.querySelector(".range-track");
    const box = track?.getBoundingClientRect();
    if (!box) throw new Error("no slider");
    for (const [label, value] of [
      ["Black of DAPI, slider", 10],
      ["Full colour of DAPI, slider", 200],
    ] as const) {
      const slider = named<HTMLInputElement>("input", label);
      const share = (value - Number(slider.min)) / (Number(slider.max) - Number(slider.min));
      const x = box.left + 7 + (box.width - 14) * share;
      expect(document.elementFromPoint(x, box.top + box.height / 2)).toBe(slider);
    }
  });
});

describe("the focus", () => {
  it("tells the plane in micrometres and follows slider and keys", async () => {
    await open("cells.ome.tif");
    const focus = root.querySelector<HTMLInputElement>("#focus");
    if (!focus) throw new Error("no focus");
    expect(focus.getAttribute("aria-valuetext")).toBe("plane 2 of 3 (0 µm)");
    set(focus, "2", "input");
    await repainted();
    expect(root.querySelector(".focus .figure")?.textContent).toBe("+1.5 µm");
    for (const key of [",", ","]) window.dispatchEvent(new KeyboardEvent("keydown", { key }));
    await repainted();
    expect(test.app.slide.open.value?.info.focalPlane).toBe(0);
    expect(root.querySelector(".focus .figure")?.textContent).toBe("−1.5 µm");
  });
});
