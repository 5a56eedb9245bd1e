import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import type { ConfidenceGrid } from "../../src/engine/heatmap/types.ts";
import { createTestApp, OWN_PIXEL_SIZE, settled, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;

/** 10,000 foci of a cell each on a chequer of 200 x 200 cells, ever more confident to the right. */
function chequer(): ConfidenceGrid {
  const side = 200;
  const values = Float32Array.from({ length: side * side }, (_, i) => {
    const [col, row] = [i % side, Math.floor(i / side)];
    return col % 2 === 0 && row % 2 === 0 ? 0.6 + 0.3 * (col / side) : 0.1;
  });
  const tissue = new Uint8Array(side * side).fill(1);
  return { cols: side, rows: side, stride0X: 20, stride0Y: 10, width0: 4000, height0: 2000, values, tissue };
}

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  document.body.append(root);
  test = createTestApp();
  await test.app.packs.start();
  await loadLaterPanels();
  render(<Page app={test.app} commands={createPageCommands()} />, root);
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

async function analysed(): Promise<void> {
  const run = test.app.analysis.analyze();
  test.client.finish(chequer(), OWN_PIXEL_SIZE);
  await run;
  await repainted();
}

const rows = () => [...root.querySelectorAll<HTMLElement>(".finding")];
const labelled = (name: string) => root.querySelector<HTMLElement>(`[aria-label='${name}']`);

describe("the findings section", () => {
  it("says what will stand there before there is a map", async () => {
    await repainted();
    expect(root.textContent).toContain("The places to look at will be listed here, once there is a map.");
  });

  it("lists ten thousand foci a page at a time, in the chosen order, and says how many were seen", async () => {
    await analysed();
    expect(rows()).toHaveLength(8);
    expect(root.querySelector(".section-aside")?.textContent).toBe("– / 10,000");
    const select = labelled("Order of the findings") as HTMLSelectElement;
    select.value = "confidence";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await repainted();
    expect(rows()[0]?.textContent).toContain("mean 89.7 %");
    rows()[2]?.querySelector("button")?.click();
    await repainted();
    expect(rows()[2]?.querySelector("button")?.getAttribute("aria-current")).toBe("true");
    expect(labelled("Seen findings")?.textContent).toBe("1 of 10,000 seen");
    rows()[2]?.querySelector("input")?.click();
    await repainted();
    expect(labelled("Seen findings")?.textContent).toBe("0 of 10,000 seen");
  });

  it("turns its page with the walk", async () => {
    await analysed();
    for (let i = 0; i < 9; i++) labelled("Next finding")?.click();
    await repainted();
    expect(root.querySelector(".section-aside")?.textContent).toBe("9 / 10,000");
    expect(rows()[0]?.className).toContain("is-current");
    expect(root.querySelector<HTMLOListElement>(".findings")?.start).toBe(9);
  });
});

describe("the numbers", () => {
  it("stand in a table with names, values and ranges", async () => {
    await analysed();
    const table = labelled("Numbers of the map");
    const cells = [...(table?.querySelectorAll("tbody tr") ?? [])].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(cells.slice(0, 4)).toEqual([
      ["Share of the tissue", "25.0 %", "25.0 %"],
      ["Area", "0.5 mm²", "0.5 mm²"],
      ["Tissue", "2 mm²", ""],
      ["Foci", "10,000", "10,000"],
    ]);
    expect(root.textContent).toContain("The model's card does not state how often its confidence was right.");
  });

  it("are marked one by one where the pixel size is assumed", async () => {
    test.app.slide.assumePixelSize(0.5);
    await repainted();
    await analysed();
    const marks = root.querySelectorAll("[aria-label='Numbers of the map'] .assumed");
    expect(marks.length).toBeGreaterThanOrEqual(6);
    expect(marks[0]?.textContent).toBe("* (rests on the assumed pixel size)");
  });
});
