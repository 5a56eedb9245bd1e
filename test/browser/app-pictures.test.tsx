import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { listenToDrops } from "../../src/app/ui/drops.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { loadStage } from "../../src/app/ui/later-stage.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import { createTestApp, NEURON_FINDINGS, OWN_PIXEL_SIZE, settled, smallGrid, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;

let stopListening = () => {};

beforeEach(async () => {
  await page.viewport(1280, 1400);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp();
  await test.app.packs.start();
  const commands = createPageCommands();
  stopListening = listenToDrops(test.app, commands);
  await Promise.all([loadLaterPanels(), loadStage()]);
  render(<Page app={test.app} commands={commands} />, root);
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  await repainted();
});
afterEach(() => {
  stopListening();
  render(null, root);
  root.remove();
});

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

function button(name: string): HTMLButtonElement | undefined {
  const named = (one: HTMLButtonElement) => (one.ariaLabel ?? one.textContent?.trim()) === name;
  return [...root.querySelectorAll("button")].find(named);
}

function unfold(title: string): void {
  [...root.querySelectorAll("summary")].find((one) => one.textContent?.trim() === title)?.click();
}

async function analyzed(): Promise<void> {
  const run = test.app.analysis.analyze();
  test.client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await run;
  await repainted();
}

describe("the neurons", () => {
  it("are searched for on demand and listed with class, weight and places", async () => {
    unfold("Neurons");
    button("Search")?.click();
    test.client.progress({ done: 1, total: 4 });
    await repainted();
    const bar = root.querySelector("[role=progressbar][aria-label=Neurons]");
    expect(bar?.getAttribute("aria-valuenow")).toBe("25");
    expect(button("Stop search")).toBeDefined();
    test.client.findNeurons(NEURON_FINDINGS);
    await repainted();
    const row = root.querySelector(".neurons li");
    expect(row?.querySelector(".neuron-words")?.textContent).toContain("other −0.25 channel 3");
    expect(row?.querySelectorAll("canvas")).toHaveLength(2);
    expect(root.textContent).toContain("Slide 3 of 9 parts looked at.");
    expect(button("Neurons as PNG")?.disabled).toBe(false);
    expect(button("Neurons as SVG")?.disabled).toBe(false);
  });

  it("take the reader to a place and back", async () => {
    const shown: object[] = [];
    const search = test.app.neurons.search();
    test.client.findNeurons(NEURON_FINDINGS);
    await search;
    await repainted();
    test.app.view.attach({ ...test.app.view.handle.value!, show: (rect) => void shown.push(rect) });
    const place = button("Place 2 of channel 3, other −0.25");
    place?.click();
    await repainted();
    expect(shown).toEqual([NEURON_FINDINGS.rows[0]!.patches[1]!.box]);
    expect(place?.ariaPressed).toBe("true");
    place?.click();
    await repainted();
    expect(shown).toHaveLength(1);
    expect(place?.ariaPressed).toBe("false");
  });
});

/** A square over the upper left cell of `smallGrid`. */
const OUTLINES = JSON.stringify({
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [1000, 0],
      [1000, 1000],
      [0, 1000],
      [0, 0],
    ],
  ],
});

function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  root.querySelector("main")?.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
}

describe("the comparison with outlines", () => {
  it("comes by dropping a GeoJSON file on the open slide", async () => {
    await analyzed();
    drop(new File([OUTLINES], "mine.geojson"));
    await repainted();
    await repainted();
    unfold("Compare");
    const scores = root.querySelector("[role=status][aria-label=Comparison]")?.textContent;
    expect(scores).toContain("S (Dice)0.667");
    expect(scores).toContain("Precision0.500");
    expect(scores).toContain("Recall1.000");
    expect(test.app.slide.open.value?.info.name).toBe("own-a.svs");
    expect(button("Overlay as PNG")?.disabled).toBe(false);
    button("Remove")?.click();
    await repainted();
    expect(root.querySelector("[role=status][aria-label=Comparison]")).toBeNull();
  });

  it("is drawn over the slide in place of the map, and gives the map back", async () => {
    await analyzed();
    await test.app.comparison.open(new File([OUTLINES], "mine.geojson"));
    await repainted();
    const box = root.querySelector<HTMLInputElement>(".switch input:checked");
    expect(test.app.comparison.isShown.value).toBe(true);
    expect(box).not.toBeNull();
    test.app.comparison.isShown.value = false;
    await repainted();
    expect(test.app.comparison.result.value?.score).toBeCloseTo(2 / 3, 6);
  });

  it("waits for a map", async () => {
    await test.app.comparison.open(new File([OUTLINES], "mine.geojson"));
    await repainted();
    unfold("Compare");
    expect(root.textContent).toContain("Analyze the slide to compare.");
  });
});
