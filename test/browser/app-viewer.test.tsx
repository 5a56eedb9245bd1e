import { afterEach, describe, expect, it } from "vitest";
import type { Cursor, ViewReading } from "../../src/app/state/view.ts";
import type { Affine } from "../../src/app/viewer/affine.ts";
import { SlideViewer } from "../../src/app/viewer/slide-viewer.ts";
import { SlideTileSource } from "../../src/app/viewer/tile-source.ts";
import type { SlideFingerprint } from "../../src/engine/slide/fingerprint.ts";
import type { SlideLevel, TileAddress } from "../../src/engine/slide/types.ts";
import type { SlideClient } from "../../src/workers/slide.api.ts";
import { plainSlideInfo } from "../support/plain-slide-info.ts";

const WIDTH0 = 1000;
const HEIGHT0 = 700;

/** Levels with ratios that are neither whole nor alike, and with narrow last tiles. */
const LEVELS: readonly SlideLevel[] = [level(1000, 700, 128), level(333, 233, 100), level(77, 54, 256)];

function level(width: number, height: number, tile: number): SlideLevel {
  return {
    width,
    height,
    downsampleX: WIDTH0 / width,
    downsampleY: HEIGHT0 / height,
    tileWidth: tile,
    tileHeight: tile,
  };
}

/** White but for a blue square at level-0 (600, 300) to (800, 500), on every level. */
class DrawnSlide implements SlideClient {
  readonly asked: TileAddress[] = [];
  readonly aborted: TileAddress[] = [];
  readonly info = plainSlideInfo("drawn", { width: WIDTH0, height: HEIGHT0 }, { levels: LEVELS });
  /** While set, tiles wait for ever. */
  isStuck = false;

  async fingerprint(): Promise<SlideFingerprint> {
    return { sha256: "drawn", files: [] };
  }

  async tile(address: TileAddress, options: { readonly signal?: AbortSignal } = {}): Promise<ImageBitmap> {
    this.asked.push(address);
    if (this.isStuck) await untilAborted(options.signal, () => this.aborted.push(address));
    const at = LEVELS[address.level]!;
    const width = Math.min(at.tileWidth, at.width - address.col * at.tileWidth);
    const height = Math.min(at.tileHeight, at.height - address.row * at.tileHeight);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d")!;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.scale(1 / at.downsampleX, 1 / at.downsampleY);
    context.translate(-address.col * at.tileWidth * at.downsampleX, -address.row * at.tileHeight * at.downsampleY);
    context.fillStyle = "#00f";
    context.fillRect(600, 300, 200, 200);
    return canvas.transferToImageBitmap();
  }

  region(): Promise<never> {
    return Promise.reject(new Error("No test here reads regions."));
  }

  associated(): Promise<never> {
    throw new Error("nothing accompanies a drawn slide");
  }

  close(): void {}
}

function untilAborted(signal: AbortSignal | undefined, onAbort: () => void): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => {
      onAbort();
      reject(new DOMException("Cancelled.", "AbortError"));
    });
  });
}

interface Mounted {
  readonly viewer: SlideViewer;
  readonly frame: HTMLElement;
  toStage(): Affine;
  /** The map from the slide to the small slide in the corner. */
  toNavigator(): Affine;
  reading(): ViewReading | null;
  cursor(): Cursor | null;
  isLoading(): boolean;
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function mount(): Mounted {
  const frame = document.createElement("div");
  frame.style.cssText = "position: absolute; left: 0; top: 0; width: 500px; height: 400px";
  document.body.append(frame);
  let affine: Affine | null = null;
  let inNavigator: Affine | null = null;
  let reading: ViewReading | null = null;
  let cursor: Cursor | null = null;
  let isLoading = true;
  const viewer = new SlideViewer(frame, {
    onView: (next) => {
      reading = next;
    },
    onCursor: (next) => {
      cursor = next;
    },
    paintNavigator: (_, toNavigator) => {
      inNavigator = toNavigator;
    },
    onLoading: (next) => {
      isLoading = next;
    },
    onTileFailure: (error) => {
      throw error;
    },
    paint: (_, toStage) => {
      affine = toStage;
    },
  });
  cleanups.push(() => {
    viewer.close();
    frame.remove();
  });
  return {
    viewer,
    frame,
    toStage: () => {
      if (!affine) throw new Error("Nothing was painted yet.");
      return affine;
    },
    toNavigator: () => {
      if (!inNavigator) throw new Error("The navigator was not painted yet.");
      return inNavigator;
    },
    reading: () => reading,
    cursor: () => cursor,
    isLoading: () => isLoading,
  };
}

function onStage({ a, b, c, d, e, f }: Affine, x0: number, y0: number): readonly [number, number] {
  return [a * x0 + c * y0 + e, b * x0 + d * y0 + f];
}

/** Colour of the slide as drawn, at CSS pixels of the stage. */
function colourAt(frame: HTMLElement, place: readonly [number, number]): number[] {
  return colourOn(frame.querySelector<HTMLCanvasElement>(".openseadragon-canvas canvas")!, frame.clientWidth, place);
}

function colourOn(drawn: HTMLCanvasElement, clientWidth: number, [x, y]: readonly [number, number]): number[] {
  const copy = new OffscreenCanvas(drawn.width, drawn.height);
  const context = copy.getContext("2d")!;
  context.drawImage(drawn, 0, 0);
  const scale = drawn.width / clientWidth;
  return [...context.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data].slice(0, 3);
}

async function settled(mounted: Mounted): Promise<void> {
  await expect.poll(() => mounted.isLoading(), { timeout: 10_000 }).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 700));
}

describe("tiles of a slide with odd levels", () => {
  it("cover the slide without gap or overlap at every level", () => {
    const source = new SlideTileSource(new DrawnSlide(), () => undefined);
    for (let viewerLevel = 0; viewerLevel < LEVELS.length; viewerLevel++) {
      const count = source.getNumTiles(viewerLevel);
      const last = source.getTileBounds(viewerLevel, count.x - 1, count.y - 1);
      expect(last.x + last.width).toBeCloseTo(1, 12);
      expect(last.y + last.height).toBeCloseTo(HEIGHT0 / WIDTH0, 12);
      const first = source.getTileBounds(viewerLevel, 0, 0);
      if (count.x > 1) expect(source.getTileBounds(viewerLevel, 1, 0).x).toBeCloseTo(first.x + first.width, 12);
    }
  });

  it("have addresses that no other slide shares", () => {
    const one = new SlideTileSource(new DrawnSlide(), () => undefined);
    const two = new SlideTileSource(new DrawnSlide(), () => undefined);
    expect(one.getTileHashKey(0, 0, 0)).not.toBe(two.getTileHashKey(0, 0, 0));
  });
});

describe("what lies over the slide", () => {
  it("stands where the slide is drawn: whole, magnified, turned and mirrored", async () => {
    const mounted = mount();
    mounted.viewer.open(new DrawnSlide());
    const moves = [
      () => undefined,
      () => mounted.viewer.show({ x0: 550, y0: 250, width0: 300, height0: 300 }),
      () => mounted.viewer.rotateBy(90),
      () => mounted.viewer.flip(),
      () => mounted.viewer.rotateTo(30),
    ];
    for (const move of moves) {
      move();
      await settled(mounted);
      const toStage = mounted.toStage();
      const [dx, dy] = [6 / Math.hypot(toStage.a, toStage.b), 6 / Math.hypot(toStage.c, toStage.d)];
      for (const [x0, y0] of [
        [600, 300],
        [800, 300],
        [600, 500],
        [800, 500],
      ] as const) {
        const inward = [x0 === 600 ? dx : -dx, y0 === 300 ? dy : -dy] as const;
        expect(colourAt(mounted.frame, onStage(toStage, x0 + inward[0], y0 + inward[1]))).toEqual([0, 0, 255]);
        expect(colourAt(mounted.frame, onStage(toStage, x0 - inward[0], y0 - inward[1]))).toEqual([255, 255, 255]);
      }
    }
  });
});

describe("tiles that are no longer wanted", () => {
  it("are cancelled when another slide is opened", async () => {
    const mounted = mount();
    const stuck = new DrawnSlide();
    stuck.isStuck = true;
    mounted.viewer.open(stuck);
    await expect.poll(() => stuck.asked.length, { timeout: 10_000 }).toBeGreaterThan(0);
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    expect(stuck.aborted).toHaveLength(stuck.asked.length);
  });
});

describe("turning and mirroring", () => {
  it("turns what is seen clockwise, mirrored or not, and tells the angle so", async () => {
    const mounted = mount();
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    /** Where a step to the right on the slide points on the stage, degrees clockwise. */
    const heading = () => {
      const { a, b } = mounted.toStage();
      return Math.round((Math.atan2(b, a) * 180) / Math.PI);
    };
    mounted.viewer.rotateBy(90);
    await settled(mounted);
    expect([heading(), mounted.reading()]).toEqual([90, expect.objectContaining({ rotation: 90, isFlipped: false })]);
    mounted.viewer.flip();
    await settled(mounted);
    // What pointed down still does, and the slide lies the other way round.
    expect([heading(), mounted.reading()?.rotation]).toEqual([90, 270]);
    mounted.viewer.rotateBy(-90);
    await settled(mounted);
    expect([heading(), mounted.reading()]).toEqual([0, expect.objectContaining({ rotation: 180, isFlipped: true })]);
    const { a, d } = mounted.toStage();
    expect([Math.sign(a), Math.sign(d)]).toEqual([1, -1]);
  });

  it("ends with the slide", async () => {
    const mounted = mount();
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    mounted.viewer.rotateBy(90);
    mounted.viewer.flip();
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    expect(mounted.reading()).toMatchObject({ rotation: 0, isFlipped: false });
  });

  it("keeps a slide that was all in view in view", async () => {
    const mounted = mount();
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    for (const angle of [90, 45, 210]) {
      mounted.viewer.rotateTo(angle);
      await settled(mounted);
      const corners = [
        [0, 0],
        [WIDTH0, 0],
        [WIDTH0, HEIGHT0],
        [0, HEIGHT0],
      ].map(([x0 = 0, y0 = 0]) => onStage(mounted.toStage(), x0, y0));
      for (const [x, y] of corners) {
        expect(x).toBeGreaterThan(-1);
        expect(x).toBeLessThan(501);
        expect(y).toBeGreaterThan(-1);
        expect(y).toBeLessThan(401);
      }
    }
  });

  it("takes a place to another stage as it stands", async () => {
    const [one, two] = [mount(), mount()];
    for (const { viewer } of [one, two]) viewer.open(new DrawnSlide());
    await settled(one);
    one.viewer.rotateTo(30);
    one.viewer.flip();
    one.viewer.zoomTo(2);
    await settled(one);
    two.viewer.lookAt(one.viewer.place()!);
    await settled(two);
    for (const key of ["a", "b", "c", "d", "e", "f"] as const) {
      expect(two.toStage()[key]).toBeCloseTo(one.toStage()[key], 1);
    }
  });
});

describe("the place that is pointed at", () => {
  it("is the one under the mouse, turned and mirrored", async () => {
    const mounted = mount();
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    mounted.viewer.rotateTo(30);
    mounted.viewer.flip();
    await settled(mounted);
    const [x, y] = onStage(mounted.toStage(), 620, 330);
    const over = mounted.frame.querySelector(".openseadragon-container")!;
    over.dispatchEvent(
      new PointerEvent("pointermove", { clientX: x, clientY: y, movementX: 1, pointerType: "mouse", bubbles: true }),
    );
    expect(mounted.cursor()?.by).toBe("pointer");
    expect(mounted.cursor()?.x0).toBeCloseTo(620, 0);
    expect(mounted.cursor()?.y0).toBeCloseTo(330, 0);
  });

  it("is the middle for the keyboard, under which arrows move the slide", async () => {
    const mounted = mount();
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    mounted.viewer.zoomTo(2);
    await settled(mounted);
    mounted.viewer.flip();
    const stage = mounted.frame.querySelector<HTMLElement>(".openseadragon-canvas")!;
    stage.focus();
    const press = (key: string, shiftKey = false) => {
      stage.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, shiftKey, bubbles: true, cancelable: true }));
    };
    press("ArrowDown");
    await settled(mounted);
    const { x0, y0 } = mounted.cursor()!;
    expect(mounted.cursor()?.by).toBe("keys");
    press("ArrowRight");
    await settled(mounted);
    // 40 pixels of the stage, of a slide whose right is the stage's left.
    expect(mounted.cursor()?.x0).toBeCloseTo(x0 - 20, 3);
    press("ArrowUp", true);
    await settled(mounted);
    expect(mounted.cursor()?.y0).toBeCloseTo(y0 - 1, 3);
  });
});

describe("what lies over the small slide in the corner", () => {
  it("stands where that is drawn, turned and mirrored", async () => {
    const mounted = mount();
    mounted.viewer.open(new DrawnSlide());
    await settled(mounted);
    for (const move of [
      () => undefined,
      () => mounted.viewer.rotateTo(90),
      () => mounted.viewer.flip(),
      () => mounted.viewer.rotateTo(210),
    ]) {
      move();
      await settled(mounted);
      const navigator = mounted.frame.querySelector<HTMLElement>(".navigator")!;
      const drawn = navigator.querySelector<HTMLCanvasElement>(".openseadragon-canvas canvas")!;
      const at = (x0: number, y0: number) => colourOn(drawn, drawn.clientWidth, onStage(mounted.toNavigator(), x0, y0));
      expect(at(700, 400)).toEqual([0, 0, 255]);
      expect(at(300, 400)).toEqual([255, 255, 255]);
      expect(at(700, 150)).toEqual([255, 255, 255]);
    }
  });
});
