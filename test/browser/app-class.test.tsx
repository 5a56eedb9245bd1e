import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import { createTestApp, fakeClassifier, settled, smallClassification, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp({ loadPack: async (id) => fakeClassifier(id) });
  await test.app.packs.start();
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  await loadLaterPanels();
  render(<Page app={test.app} commands={createPageCommands()} />, root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

async function classify(): Promise<void> {
  const run = test.app.analysis.analyze();
  test.client.finishClass(smallClassification({ notes: ["The pixel size of 4 µm was assumed."] }));
  await run;
  await repainted();
}

const verdict = () => root.querySelector("[role=status][aria-label=Class]")?.textContent ?? "";
const patches = (side: string) => [...root.querySelectorAll<HTMLButtonElement>(`.patches.is-${side} button`)];
const button = (name: string) => [...root.querySelectorAll("button")].find((one) => one.textContent?.trim() === name);

describe("a pack that classifies", () => {
  it("takes the place of the map's controls, and says what will stand there", async () => {
    expect(verdict()).toContain("No class yet.");
    expect(root.querySelectorAll("input[type=range]")).toHaveLength(0);
    expect(root.querySelector("[aria-label=Necrosis]")).toBeNull();
    expect(button("Export CSV")?.disabled).toBe(true);
    expect(button("Export GeoJSON")).toBeUndefined();
  });

  it("shows class, confidence, decision, notes and the patches of both sides", async () => {
    await classify();
    expect(verdict()).toMatch(/haemorrhage\s*82.0 %.*Decision \+0.70; 7 of 8 patches looked at/);
    expect(patches("supporting").map((one) => one.textContent)).toEqual(["+0.50", "+0.30", "+0.20", "+0.10", "+0.10"]);
    expect(patches("opposing").map((one) => one.textContent)).toEqual(["−0.40", "−0.10"]);
    expect(root.textContent).toContain("The pixel size of 4 µm was assumed.");
    expect(root.textContent).toContain("Research use only.");
    expect(button("Export CSV")?.disabled).toBe(false);
    expect(button("Export JSON")?.disabled).toBe(false);
  });

  it("goes to a patch on a click, and marks it", async () => {
    await classify();
    const shown: unknown[] = [];
    const handle = test.app.view.handle.value;
    expect(handle).not.toBeNull();
    test.app.view.attach({
      zoomTo: () => {},
      zoomBy: () => {},
      fit: () => {},
      rotateBy: () => {},
      rotateTo: () => {},
      flip: () => {},
      focus: () => {},
      show: (rect) => shown.push(rect),
      place: () => null,
      lookAt: () => {},
    });
    patches("opposing")[0]?.click();
    await repainted();
    expect(shown).toEqual([{ x0: 1000, y0: 1000, width0: 1000, height0: 1000 }]);
    expect(patches("opposing")[0]?.getAttribute("aria-pressed")).toBe("true");
    expect(patches("supporting").every((one) => one.getAttribute("aria-pressed") === "false")).toBe(true);
    test.app.view.attach(handle);
  });

  it("shows how far it is, and stops when asked", async () => {
    const run = test.app.analysis.analyze();
    test.client.progress({ done: 2, total: 8 });
    await repainted();
    expect(root.querySelector("[role=progressbar]")?.getAttribute("aria-valuenow")).toBe("25");
    expect(root.querySelector(".run-words")?.textContent).toContain("Looking at 8 patches");
    button("Cancel")?.click();
    await run;
    await repainted();
    expect(root.querySelector(".run-words")?.textContent).toContain("there is no class of a part");
    expect(verdict()).toContain("No class yet.");
  });
});
