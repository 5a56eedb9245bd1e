import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import { classGrid, classPackOf } from "../unit/app/class-fakes.ts";
import { createTestApp, OWN_PIXEL_SIZE, settled, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp({ loadPack: async (id) => classPackOf(id) });
  await test.app.packs.start();
  await loadLaterPanels();
  render(<Page app={test.app} commands={createPageCommands()} />, root);
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  const run = test.app.analysis.analyze();
  test.client.finish(classGrid(), OWN_PIXEL_SIZE);
  await run;
  await repainted();
});
afterEach(() => {
  render(null, root);
  root.remove();
});

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

function choose(name: string): Promise<void> {
  const select = root.querySelector<HTMLSelectElement>("#shown-class");
  const option = [...(select?.options ?? [])].find(({ text }) => text === name);
  if (select && option) select.value = option.value;
  select?.dispatchEvent(new Event("change", { bubbles: true }));
  return repainted();
}

describe("with a model of several classes", () => {
  it("a table names every class with its colour, share and area, and no threshold is offered", () => {
    const rows = [...root.querySelectorAll(".class-table tbody tr")].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(rows).toEqual([
      ["Necrosis", "25.0 %", "25.0 %", "0.5 mm²"],
      ["Cellular tumour", "62.5 %", "62.5 %", "1.25 mm²"],
      ["Background", "12.5 %", "12.5 %", "0.25 mm²"],
    ]);
    const colours = [...root.querySelectorAll(".class-table rect")].map((one) => one.getAttribute("fill"));
    expect(colours).toEqual(["#000000", "#009e73", "none"]);
    const sliders = [...root.querySelectorAll<HTMLInputElement>("input[type=range]")];
    expect(sliders.map((slider) => slider.labels?.[0]?.textContent)).toEqual(["Opacity"]);
    expect(root.querySelector("[role=status][aria-label='All classes']")).not.toBeNull();
  });

  it("one class can be looked at alone, with its threshold, legend and regions, and back", async () => {
    await choose("Cellular tumour");
    const status = root.querySelector("[role=status][aria-label='Cellular tumour']");
    expect(status?.textContent).toContain("62.5 %");
    expect(root.querySelectorAll("input[type=range]")).toHaveLength(2);
    expect(root.querySelector(".legend-ends")?.textContent).toBe("0 not cellular tumour1 cellular tumour");
    expect(root.querySelector(".walk")).not.toBeNull();
    await choose("All classes");
    expect(root.querySelector(".class-table")).not.toBeNull();
    expect(root.querySelector(".walk")).toBeNull();
  });

  it("the picker is labelled and lists all classes first", () => {
    const select = root.querySelector<HTMLSelectElement>("#shown-class");
    expect(select?.labels?.[0]?.textContent).toBe("Map of");
    expect([...(select?.options ?? [])].map(({ text }) => text)).toEqual([
      "All classes",
      "Necrosis",
      "Cellular tumour",
      "Background",
    ]);
  });
});
