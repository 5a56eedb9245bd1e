import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import { AppError } from "../../src/engine/base/errors.ts";
import type { SlideInfo } from "../../src/engine/slide/types.ts";
import { createTestApp, FakeSlide, OWN_PIXEL_SIZE, settled, slideInfo, type TestApp } from "../unit/app/fakes.ts";

let root: HTMLElement;
let test: TestApp;
let asked: string[];

/** A slide whose label is a red picture; remembers what was asked of it. */
class LabelledSlide extends FakeSlide {
  override associated(name = ""): Promise<never> {
    asked.push(name);
    const data = new Uint8ClampedArray(4 * 4 * 2).fill(255);
    // The fake it extends promises nothing at all.
    return Promise.resolve({ width: 4, height: 2, data }) as Promise<never>;
  }
}

const IMAGES = [
  { name: "thumbnail", width: 4, height: 2, isPrivate: false },
  { name: "label", width: 4, height: 2, isPrivate: true },
];

async function openPage(parts: Partial<SlideInfo> = {}): Promise<void> {
  test = createTestApp({
    openSlide: async ({ files, view }) =>
      new LabelledSlide({
        ...slideInfo(files[0]?.name ?? "", OWN_PIXEL_SIZE),
        associatedImages: IMAGES,
        colour: view.colour ?? "stored",
        ...parts,
      }),
  });
  await test.app.packs.start();
  await loadLaterPanels();
  render(<Page app={test.app} commands={createPageCommands()} />, root);
  await test.app.slide.openFiles([new File(["12345"], "own-a.svs")]);
  await repainted();
}

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  document.body.append(root);
  asked = [];
});
afterEach(() => {
  render(null, root);
  root.remove();
});

async function repainted(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

async function press(name: string): Promise<void> {
  const button = [...root.querySelectorAll("button")].find(({ textContent }) => textContent?.trim() === name);
  if (!button) throw new Error(`no button called ${name}`);
  button.click();
  await repainted();
}

async function openDetails(): Promise<void> {
  root.querySelector<HTMLElement>(".fold > summary")?.click();
  await repainted();
}

function text(selector: string): string {
  return root.querySelector<HTMLElement>(selector)?.innerText ?? "";
}

describe("the details of a slide", () => {
  it("tell format, both pixel sizes, levels and properties by name", async () => {
    await openPage({
      pixelSize: { mppX: 0.5, mppY: 0.25, origin: "file" },
      objectivePower: 40,
      properties: { "z.last": "1", "a.first": "x".repeat(200) },
    });
    expect(root.querySelector(".levels")).toBeNull();
    await openDetails();
    expect(text(".fold .facts")).toMatch(/tiled TIFF[\s\S]*JPEG[\s\S]*40x[\s\S]*0\.5 µm[\s\S]*0\.25 µm/);
    expect(text(".levels tbody")).toMatch(/0\s+4,000 × 2,000\s+1\s+256 × 256/);
    expect([...root.querySelectorAll(".property dt")].map(({ textContent }) => textContent)).toEqual([
      "a.first",
      "z.last",
    ]);
    expect(root.querySelector<HTMLDetailsElement>(".property .long")?.open).toBe(false);
  });

  it("can be searched when there are many", async () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p${i}`, i === 7 ? "Needle" : "hay"]));
    await openPage({ properties: many });
    await openDetails();
    const search = root.querySelector<HTMLInputElement>("input[type=search]");
    if (search) search.value = "needle";
    search?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await repainted();
    expect([...root.querySelectorAll(".property dt")].map(({ textContent }) => textContent)).toEqual(["p7"]);
  });
});

describe("a label", () => {
  it("is not even read until it is asked for, and goes with one press and with the next slide", async () => {
    await openPage();
    await openDetails();
    await expect.poll(() => asked).toEqual(["thumbnail"]);
    expect(text(".private-image")).toMatch(/label may show a name or a number/);
    await press("Show label");
    expect(asked).toEqual(["thumbnail", "label"]);
    expect(root.querySelectorAll(".private-image canvas")).toHaveLength(1);
    await press("Hide label");
    expect(root.querySelector(".private-image canvas")).toBeNull();
    await press("Show label");
    await test.app.slide.openFiles([new File([], "own-b.svs")]);
    await repainted();
    await openDetails();
    expect(root.querySelector(".private-image canvas")).toBeNull();
  });
});

describe("fields that may tell who the patient is", () => {
  it("are named, and what they hold is hidden until it is asked for", async () => {
    await openPage({ properties: { "dicom.PatientName": "Miller^Jane", "x.note": "of Miller^Jane", "x.power": "40" } });
    await openDetails();
    expect(text(".privacy")).toMatch(/dicom\.PatientName looks like a name/);
    expect(root.innerText).not.toContain("Miller");
    await press("Show what they hold");
    expect(text(".privacy")).toContain("Miller^Jane");
    expect(text(".properties")).toContain("of Miller^Jane");
    await press("Hide what they hold");
    expect(root.innerText).not.toContain("Miller");
  });

  it("are not spoken of where there are none", async () => {
    await openPage({ properties: { "aperio.AppMag": "20" } });
    expect(root.querySelector(".privacy")).toBeNull();
  });
});

describe("the pixel size of a file that says it wrongly", () => {
  it("can be set by hand, is then marked, and can be taken back", async () => {
    await openPage();
    expect(root.querySelector(".ask")).toBeNull();
    await press("Wrong? Set it yourself");
    await press("20x");
    expect(test.app.slide.pixelSize.value).toEqual({ mppX: 0.5, mppY: 0.5, origin: "assumed" });
    expect(text(".status-scale")).toContain("assumed");
    await press("Use the file's again");
    expect(test.app.slide.pixelSize.value).toEqual(OWN_PIXEL_SIZE);
    expect(root.querySelector(".ask")).toBeNull();
  });

  it("may differ along x and y", async () => {
    await openPage({ pixelSize: null });
    await press("20x");
    root.querySelector<HTMLInputElement>(".ask .switch input")?.click();
    await repainted();
    const [x, y] = root.querySelectorAll<HTMLInputElement>(".ask input[type=text]");
    expect([x?.value, y?.value]).toEqual(["0.5", "0.5"]);
    if (y) y.value = "0,6";
    y?.dispatchEvent(new InputEvent("input", { bubbles: true }));
    expect(test.app.slide.pixelSize.value).toEqual({ mppX: 0.5, mppY: 0.6, origin: "assumed" });
    root.querySelector<HTMLInputElement>(".ask .switch input")?.click();
    await repainted();
    expect(test.app.slide.pixelSize.value).toEqual({ mppX: 0.5, mppY: 0.5, origin: "assumed" });
  });
});

describe("the colours of a slide", () => {
  it("are a choice only where the file holds a profile, and a profile that does not serve is spoken of", async () => {
    await openPage();
    expect(root.querySelector(".choice")).toBeNull();
    render(null, root);
    await openPage({ hasColourProfile: true, colourNote: "The profile is damaged." });
    await press("By the slide's profile");
    expect(test.app.slide.open.value?.view.colour).toBe("srgb");
    expect(root.innerText).toContain("The profile is damaged.");
  });
});

describe("a file that is lost", () => {
  it("is asked for again in the alert, where one press opens the dialog", async () => {
    await openPage();
    const gone = "Expected to read own-a.svs as it was opened; choose it again.";
    test.app.slide.fail(new AppError("slide/unreadable", gone));
    await repainted();
    expect(text("[role=alert]")).toBe(gone);
    let isAsked = false;
    root.querySelector("input[type=file]")?.addEventListener("click", (event) => {
      event.preventDefault();
      isAsked = true;
    });
    await press("Choose the file again");
    expect(isAsked).toBe(true);
    test.app.messages.report(new AppError("slide/malformed", "Expected another thing."));
    await repainted();
    expect(text(".alert")).not.toContain("Choose the file again");
  });
});
