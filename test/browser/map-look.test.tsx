import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { createPageCommands } from "../../src/app/ui/commands.ts";
import { listenToKeys } from "../../src/app/ui/keys.ts";
import { loadLaterPanels } from "../../src/app/ui/later-panels.tsx";
import { Page } from "../../src/app/ui/page.tsx";
import "../../src/app/ui/page.css";
import type { ConfidenceGrid } from "../../src/engine/heatmap/types.ts";
import type { SlideInfo, TileAddress } from "../../src/engine/slide/types.ts";
import { createTestApp, FakeSlide, OWN_PIXEL_SIZE, settled, type TestApp } from "../unit/app/fakes.ts";

const WIDTH0 = 4000;
const HEIGHT0 = 2000;
const CELL = 50;

/** Of one level; each place has a colour of its own: red grows to the right, green downwards. */
class ColouredSlide extends FakeSlide {
  asked = 0;

  override async tile({ col, row }: TileAddress = { level: 0, col: 0, row: 0 }): Promise<ImageBitmap> {
    this.asked++;
    const canvas = new OffscreenCanvas(500, 500);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    for (let x = 0; x < 500; x += 20) {
      for (let y = 0; y < 500; y += 20) {
        context.fillStyle = `rgb(${((col * 500 + x) / WIDTH0) * 255} ${((row * 500 + y) / HEIGHT0) * 255} 160)`;
        context.fillRect(x, y, 20, 20);
      }
    }
    return canvas.transferToImageBitmap();
  }
}

const INFO: Partial<SlideInfo> = {
  width0: WIDTH0,
  height0: HEIGHT0,
  levels: [{ width: WIDTH0, height: HEIGHT0, downsampleX: 1, downsampleY: 1, tileWidth: 500, tileHeight: 500 }],
};

/** A hill: confidence 1 in the middle of the slide, 0.5 at a distance of 600 level-0 pixels, 0 at 1200. */
function hill(): ConfidenceGrid {
  const [cols, rows] = [WIDTH0 / CELL, HEIGHT0 / CELL];
  const values = Float32Array.from({ length: cols * rows }, (_, i) => {
    const [x, y] = [((i % cols) + 0.5) * CELL - WIDTH0 / 2, (Math.floor(i / cols) + 0.5) * CELL - HEIGHT0 / 2];
    return Math.max(0, 1 - Math.hypot(x, y) / 1200);
  });
  const tissue = new Uint8Array(values.length).fill(1);
  return { cols, rows, stride0X: CELL, stride0Y: CELL, width0: WIDTH0, height0: HEIGHT0, values, tissue };
}

let root: HTMLElement;
let test: TestApp;
let slide: ColouredSlide;
let stopListening: () => void;

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.createElement("div");
  root.style.cssText = "position: fixed; inset: 0";
  document.body.append(root);
  test = createTestApp({
    openSlide: async () => {
      slide = new ColouredSlide({ ...new FakeSlideInfo(), ...INFO });
      return slide;
    },
  });
  const commands = createPageCommands();
  await test.app.packs.start();
  await loadLaterPanels();
  render(<Page app={test.app} commands={commands} />, root);
  stopListening = listenToKeys(test.app, commands);
  await test.app.slide.openFiles([new File([], "own-a.svs")]);
  await expect.poll(() => test.app.view.isLoading.value, { timeout: 10_000 }).toBe(false);
});
afterEach(() => {
  stopListening();
  render(null, root);
  root.remove();
});

/** What a slide needs besides its size. */
class FakeSlideInfo implements SlideInfo {
  readonly name = "own-a.svs";
  readonly byteSize = 1;
  readonly format = "drawn";
  readonly width0 = WIDTH0;
  readonly height0 = HEIGHT0;
  readonly levels = [];
  readonly pixelSize = OWN_PIXEL_SIZE;
  readonly objectivePower = null;
  readonly compression = "none";
  readonly associatedImages = [];
  readonly focalPlanes = [];
  readonly focalPlane = 0;
  readonly channels = [];
  readonly hasColourProfile = false;
  readonly colour = "stored";
  readonly colourNote = null;
  readonly properties = {};
}

async function analyzed(): Promise<void> {
  const run = test.app.analysis.analyze();
  await settled();
  test.client.finish(hill(), OWN_PIXEL_SIZE);
  await run;
  await atRest();
}

/** After animations and deferred drawing. */
async function atRest(): Promise<void> {
  await settled();
  await new Promise((resolve) => setTimeout(resolve, 900));
}

function press(key: string): void {
  window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

function pixelsOf(canvas: HTMLCanvasElement): ImageData {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function canvasOf(selector: string): HTMLCanvasElement {
  const found = root.querySelector<HTMLCanvasElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

const map = () => pixelsOf(canvasOf("canvas.stage-map"));
const drawn = () => canvasOf(".stage-slide .openseadragon-canvas canvas");

interface Ink {
  readonly dark: number;
  readonly light: number;
  readonly coloured: number;
  readonly count: number;
}

/** Of the pixels whose distance from the middle of the slide, in level-0 pixels, lies between two bounds. */
function inkBetween(from0: number, to0: number): Ink {
  const { data, width, height } = map();
  const scale = test.app.view.reading.value?.pixelsPerPixel0 ?? 1;
  const ink = { dark: 0, light: 0, coloured: 0, count: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance0 = Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) / scale;
      if (distance0 < from0 || distance0 >= to0) continue;
      ink.count++;
      const [red, green, blue, alpha] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
      if (alpha! < 100) continue;
      const spread = Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!);
      if (spread > 60) ink.coloured++;
      else if (red! < 90) ink.dark++;
      else if (red! > 160) ink.light++;
    }
  }
  return ink;
}

const share = ({ dark, count }: Ink) => dark / count;

describe("the looks of the map", () => {
  it("C steps from colour to contours, to hatching and back", async () => {
    await analyzed();
    const { mapLook } = test.app.settings;
    const seen = [mapLook.value];
    for (let i = 0; i < 3; i++) {
      press("c");
      seen.push(mapLook.value);
    }
    expect(seen).toEqual(["colour", "contours", "hatching", "colour"]);
    press("c");
    await settled();
    expect(root.querySelector<HTMLSelectElement>("#map-look")?.value).toBe("contours");
  });

  it("colour fills what is counted; contours and hatching leave most of the tissue to be seen", async () => {
    await analyzed();
    const filled = inkBetween(0, 400);
    expect(filled.coloured / filled.count).toBeGreaterThan(0.95);
    for (const look of ["contours", "hatching"] as const) {
      test.app.settings.mapLook.value = look;
      await atRest();
      const { dark, light, coloured, count } = inkBetween(0, 560);
      expect(dark + light + coloured).toBeGreaterThan(0);
      expect((dark + light + coloured) / count).toBeLessThan(0.75);
    }
  });

  it("hatching is dark and light alone, and the denser the higher the confidence", async () => {
    test.app.settings.mapLook.value = "hatching";
    test.app.settings.contours.value = false;
    await analyzed();
    // Thirds from the threshold of 0.5 to 1 begin at distances of 600, 400 and 200.
    const shares = [inkBetween(0, 180), inkBetween(220, 380), inkBetween(420, 580)].map(share);
    expect(shares[0]! / shares[1]!).toBeGreaterThan(1.5);
    expect(shares[1]! / shares[2]!).toBeGreaterThan(1.5);
    expect(inkBetween(0, 580).coloured).toBe(0);
    expect(inkBetween(0, 180).light).toBeGreaterThan(0);
    test.app.settings.below.value = "hidden";
    await atRest();
    expect(share(inkBetween(650, 900))).toBe(0);
  });

  it.each(["contours", "hatching"] as const)("%s stay as thin and as sharp at every zoom", async (look) => {
    test.app.settings.mapLook.value = look;
    test.app.settings.below.value = "hidden";
    await analyzed();
    const widths: number[] = [];
    for (const zoom of [0.2, 1, 6]) {
      test.app.view.handle.value?.lookAt({
        x0: WIDTH0 / 2 + 600,
        y0: HEIGHT0 / 2,
        pixelsPerPixel0: zoom,
        rotation: 0,
        isFlipped: false,
      });
      await atRest();
      const { data, width, height } = map();
      // Along the middle row, the threshold's line crosses upright in the middle: dark pixels within 5 of it.
      const row = Math.round(height / 2);
      let dark = 0;
      for (let x = Math.round(width / 2) - 6; x <= width / 2 + 6; x++) {
        const at = (row * width + x) * 4;
        if (data[at + 3]! > 128 && data[at]! < 100) dark++;
      }
      widths.push(dark);
    }
    for (const width of widths) {
      expect(width).toBeGreaterThanOrEqual(1);
      expect(width).toBeLessThanOrEqual(look === "contours" ? 3 : 6);
    }
  });

  it("move with the tissue, to the pixel, while it is panned", async () => {
    test.app.settings.mapLook.value = "hatching";
    await analyzed();
    const { handle } = test.app.view;
    const at = (dx: number) => ({
      x0: WIDTH0 / 2 - dx,
      y0: HEIGHT0 / 2,
      pixelsPerPixel0: 0.5,
      rotation: 0,
      isFlipped: false,
    });
    handle.value?.lookAt(at(0));
    await atRest();
    const before = map();
    // 40 level-0 pixels are 20 of the screen.
    handle.value?.lookAt(at(40));
    await atRest();
    const after = map();
    let differing = 0;
    for (let y = 100; y < before.height - 100; y += 3) {
      for (let x = 100; x < before.width - 100; x += 3) {
        const a = before.data[(y * before.width + x) * 4 + 3]!;
        const b = after.data[(y * after.width + x + 20) * 4 + 3]!;
        if (Math.abs(a - b) > 8) differing++;
      }
    }
    expect(differing).toBe(0);
  });
});

describe("side by side", () => {
  it("shows the same tissue in both halves, zoomed, turned and mirrored, and reads no tile for it", async () => {
    await analyzed();
    press("v");
    await atRest();
    expect(root.querySelector("[role=status][aria-label='View of the map']")?.textContent).toBe(
      "Left: tissue. Right: tissue with map.",
    );
    const { handle } = test.app.view;
    const moves = [
      () => undefined,
      () => handle.value?.show({ x0: 1500, y0: 700, width0: 700, height0: 500 }),
      () => handle.value?.rotateBy(90),
      () => handle.value?.flip(),
    ];
    for (const move of moves) {
      const askedBefore = slide.asked;
      move();
      await atRest();
      const [twin, own] = [canvasOf(".stage-twin canvas"), drawn()].map(pixelsOf);
      expect([twin!.width, twin!.height]).toEqual([own!.width, own!.height]);
      expect(twin!.data.some((value) => value !== 0)).toBe(true);
      // Millions of numbers: a matcher would take a minute to compare them.
      expect(twin!.data.findIndex((value, i) => value !== own!.data[i])).toBe(-1);
      // A slide of 8 x 4 tiles that all fit the cache: each is asked for once, whatever the number of panes.
      expect(slide.asked).toBeLessThanOrEqual(Math.max(askedBefore, 32));
    }
    expect(slide.asked).toBeLessThanOrEqual(32);
  });

  it("ends with the same key, with Esc, and when the map goes", async () => {
    press("v");
    expect(test.app.mapViews.view.value).toBe("over");
    await analyzed();
    press("v");
    expect(test.app.mapViews.view.value).toBe("beside");
    press("v");
    expect(test.app.mapViews.view.value).toBe("over");
    press("v");
    press("Escape");
    expect(test.app.mapViews.view.value).toBe("over");
    press("s");
    expect(test.app.mapViews.view.value).toBe("lens");
    await test.app.slide.openFiles([new File([], "own-b.svs")]);
    await settled();
    expect(test.app.mapViews.view.value).toBe("over");
  });
});

describe("the spyglass", () => {
  /** Opacity of the map at a distance to the right of the middle, screen pixels. */
  function alphaAt(dx: number): number {
    const { data, width, height } = map();
    return data[(Math.round(height / 2) * width + Math.round(width / 2) + dx) * 4 + 3]!;
  }

  it("takes the map away within its ring, in the middle for the keyboard, or shows it there alone", async () => {
    await analyzed();
    test.app.view.handle.value?.lookAt({
      x0: WIDTH0 / 2,
      y0: HEIGHT0 / 2,
      pixelsPerPixel0: 0.5,
      rotation: 0,
      isFlipped: false,
    });
    await atRest();
    expect([alphaAt(0), alphaAt(60), alphaAt(150)].every((alpha) => alpha > 60)).toBe(true);
    press("s");
    await atRest();
    expect([alphaAt(0), alphaAt(60)]).toEqual([0, 0]);
    expect(alphaAt(150)).toBeGreaterThan(60);
    [...root.querySelectorAll("button")].find(({ textContent }) => textContent === "Swap")?.click();
    await atRest();
    expect(alphaAt(60)).toBeGreaterThan(60);
    expect(alphaAt(150)).toBe(0);
    expect(test.app.settings.lensInside.value).toBe("map");
    press("Escape");
    await atRest();
    expect(alphaAt(150)).toBeGreaterThan(60);
  });
});

describe("the legend", () => {
  it("is drawn as the map is", async () => {
    await analyzed();
    test.app.settings.mapLook.value = "hatching";
    await atRest();
    const { data, width, height } = pixelsOf(canvasOf(".legend-bar canvas"));
    const darkIn = (from: number, to: number) => {
      let dark = 0;
      for (let y = 0; y < height; y++) {
        for (let x = Math.round(from * width); x < to * width; x++) {
          const at = (y * width + x) * 4;
          if (data[at + 3]! > 100 && data[at]! < 90) dark++;
        }
      }
      return dark / (to - from);
    };
    expect(darkIn(0, 0.2)).toBe(0);
    expect(darkIn(0.85, 1)).toBeGreaterThan(1.5 * darkIn(0.52, 0.65));
  });
});
