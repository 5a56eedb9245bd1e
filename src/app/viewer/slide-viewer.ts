import OpenSeadragon from "openseadragon";
import type { SlideClient } from "../../workers/slide.api.ts";
import type { Cursor, Field, Place, Point0, Rect0, ViewerHandle, ViewReading } from "../state/view.ts";
import { type Affine, onSlide, slideToStage } from "./affine.ts";
import { Aim } from "./aim.ts";
import { LineTool } from "./line-tool.ts";
import { mirrorGestures } from "./mirrored-gestures.ts";
import { NavigatorLayer } from "./navigator-layer.ts";
import { keepStylesOut } from "./no-inline-styles.ts";
import { type PointHandlers, PointTool } from "./point-tool.ts";
import { quietConsole } from "./quiet-console.ts";
import { dropStaleTiles } from "./stale-tiles.ts";
import { limitTileBytes } from "./tile-budget.ts";
import { SlideTileSource } from "./tile-source.ts";
import { TwinPane } from "./twin-pane.ts";

export interface SlideViewerEvents {
  /** After each drawn frame that moved the slide. */
  readonly onView: (reading: ViewReading, field: Field) => void;
  readonly onCursor: (cursor: Cursor | null) => void;
  /** A key that was pressed on the stage; true: it is done with. */
  readonly onKey?: (key: string) => boolean;
  readonly onLoading: (isLoading: boolean) => void;
  /** The first tile of a slide that could not be read; later ones of the same slide stay quiet. */
  readonly onTileFailure: (error: unknown) => void;
  /** Paints over the slide; called in every frame in which the slide is drawn. `null`: nothing is open. */
  readonly paint: (context: CanvasRenderingContext2D, toStage: Affine | null, pixelRatio: number) => void;
  /** The same over the small slide in the corner. */
  readonly paintNavigator?: (context: CanvasRenderingContext2D, toNavigator: Affine) => void;
}

/** Views of one slide that lie over each other while their tiles come. */
const MOST_VIEWS = 3;
/** CSS pixels that an arrow key moves the slide, and with Shift. */
const ARROW_STEP = { far: 40, near: 2 } as const;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** OpenSeadragon on an element, with a canvas over the slide. Whoever makes it closes it. */
export class SlideViewer implements ViewerHandle {
  readonly #viewer: OpenSeadragon.Viewer;
  readonly #overlay: HTMLCanvasElement;
  readonly #events: SlideViewerEvents;
  readonly #lines: LineTool;
  readonly #points: PointTool;
  readonly #aim: Aim;
  readonly #navigator: NavigatorLayer;
  #twin: TwinPane | null = null;
  #shown: SlideClient | null = null;
  #source: SlideTileSource | null = null;
  /** True until the reader moves the slide: so long it fills the stage, whatever the stage's size becomes. */
  #isFitted = true;

  constructor(element: HTMLElement, events: SlideViewerEvents) {
    this.#events = events;
    quietConsole();
    keepStylesOut();
    this.#viewer = OpenSeadragon(stageOptions(element));
    this.#overlay = document.createElement("canvas");
    this.#overlay.className = "stage-map";
    // Within OpenSeadragon's own layers: over the slide, under the navigator.
    this.#viewer.canvas.append(this.#overlay);
    this.#aim = new Aim(this.#viewer.container, this.#viewer.canvas, () => this.#reportCursor());
    const pointAt = (event: PointerEvent) => this.#pointAt(event);
    this.#lines = new LineTool(this.#viewer, pointAt);
    this.#points = new PointTool(this.#viewer, pointAt);
    this.#navigator = new NavigatorLayer(this.#viewer, events.paintNavigator ?? (() => undefined));
    mirrorGestures(this.#viewer);
    this.#listen();
  }

  /**
   * Replaces the slide; null takes it away. Another view of the slide that is shown keeps its place: it is laid over the old one, which
   * goes once the new one is there.
   */
  open(client: SlideClient | null, isOtherView = false): void {
    if (client === this.#shown) return;
    this.#shown = client;
    if (client && isOtherView && this.#item()) {
      this.#exchange(client);
      return;
    }
    this.#viewer.close();
    this.#source?.cancelAll();
    this.#source = null;
    this.#viewer.viewport?.setRotation(0, true);
    this.#viewer.viewport?.setFlip(false);
    this.#limitZoom(null, null);
    this.#aim.forget();
    this.#isFitted = true;
    if (!client) {
      this.#paint();
      return;
    }
    this.#events.onLoading(true);
    limitTileBytes(this.#viewer, client.info.levels);
    this.#source = this.#sourceOf(client);
    this.#viewer.open({ tileSource: this.#source });
    // Without it an added image can stay invisible until the first movement (OpenSeadragon issue 2925).
    this.#viewer.addOnceHandler("open", () => {
      this.#item()?.addHandler("fully-loaded-change", (event) => this.#events.onLoading(!event.fullyLoaded));
      this.#viewer.forceRedraw();
    });
  }

  /** Draws lines instead of moving the slide; null: moves it again. Called with each step of a line. */
  drawLines(onLine: ((from: Point0, to: Point0) => void) | null): void {
    this.#lines.use(onLine);
  }

  /** Takes points instead of looking closer at a double click; null: as ever. The slide still moves, but not under a pen. */
  takePoints(handlers: PointHandlers | null): void {
    this.#points.use(handlers);
  }

  #exchange(client: SlideClient): void {
    this.#source?.cancelAll();
    const source = this.#sourceOf(client);
    this.#source = source;
    this.#viewer.addTiledImage({
      tileSource: source,
      success: (event) => {
        // OpenSeadragon's types leave open what it gives here.
        const { item } = event as unknown as { readonly item: OpenSeadragon.TiledImage };
        const { world } = this.#viewer;
        if (this.#source !== source) {
          world.removeItem(item);
          return;
        }
        // Of views that follow each other faster than their tiles, only the complete one below and the latest matter.
        while (world.getItemCount() > MOST_VIEWS) world.removeItem(world.getItemAt(1));
        const dropOthers = () => {
          for (let i = world.getItemCount() - 1; i >= 0; i--) {
            const other = world.getItemAt(i);
            if (other !== item) world.removeItem(other);
          }
        };
        item.addHandler("fully-loaded-change", ({ fullyLoaded }) => {
          if (this.#source !== source) return;
          this.#events.onLoading(!fullyLoaded);
          if (fullyLoaded) dropOthers();
        });
        this.#viewer.forceRedraw();
      },
    });
  }

  #sourceOf(client: SlideClient): SlideTileSource {
    let hasFailed = false;
    return new SlideTileSource(client, (error) => {
      if (hasFailed || client !== this.#shown) return;
      hasFailed = true;
      this.#events.onTileFailure(error);
    });
  }

  /** Paints anew what lies over the slide, and that alone. */
  repaint(): void {
    this.#paint();
  }

  /** Paints anew what lies over the small slide; `words` say what that shows. */
  repaintNavigator(words: string): void {
    this.#navigator.describe(words);
    this.#navigator.paint();
  }

  /** Shows the slide without what lies over it in a second pane of the same size, too; null: no more. */
  twinIn(pane: HTMLElement | null): void {
    this.#twin?.close();
    this.#twin = pane && new TwinPane(this.#viewer, pane);
    this.#aim.useTwin(pane);
    this.#viewer.forceRedraw();
  }

  zoomTo(pixelsPerPixel0: number): void {
    const item = this.#item();
    if (!item) return;
    this.#isFitted = false;
    const { viewport } = this.#viewer;
    const zoom = item.imageToViewportZoom(pixelsPerPixel0);
    // What is asked for by name is shown, be it smaller or blurred more than a wheel would go.
    this.#limitZoom(Math.min(viewport.getMinZoom(), zoom), Math.max(viewport.getMaxZoom(), zoom));
    viewport.zoomTo(zoom);
    viewport.applyConstraints();
  }

  /** Null: as the stage's options say. OpenSeadragon's types leave the limits of a viewport out. */
  #limitZoom(least: number | null, most: number | null): void {
    const { viewport } = this.#viewer;
    if (!viewport) return;
    Reflect.set(viewport, "minZoomLevel", least);
    Reflect.set(viewport, "maxZoomLevel", most);
  }

  zoomBy(factor: number): void {
    this.#isFitted = false;
    this.#viewer.viewport?.zoomBy(factor);
    this.#viewer.viewport?.applyConstraints();
  }

  fit(): void {
    this.#isFitted = true;
    this.#viewer.viewport?.goHome();
  }

  rotateBy(degrees: number): void {
    this.rotateTo(this.#rotation(false) + degrees);
  }

  rotateTo(degrees: number): void {
    const { viewport } = this.#viewer;
    if (!viewport) return;
    viewport.setRotation(viewport.getFlip() ? -degrees : degrees);
    // A slide that was all in view stays so.
    if (this.#isFitted) viewport.goHome();
  }

  flip(): void {
    const { viewport } = this.#viewer;
    viewport?.setFlip(!viewport.getFlip());
  }

  focus(): void {
    this.#viewer.canvas.focus({ preventScroll: true });
    this.#aim.useMiddle();
  }

  /** Degrees clockwise as seen: OpenSeadragon counts them before it mirrors. `isNow`: in this frame, else where it turns to. */
  #rotation(isNow: boolean): number {
    const { viewport } = this.#viewer;
    const degrees = viewport?.getRotation(isNow) ?? 0;
    const seen = viewport?.getFlip() ? -degrees : degrees;
    return ((seen % 360) + 360) % 360;
  }

  show(rect: Rect0): void {
    const item = this.#item();
    if (!item) return;
    this.#isFitted = false;
    const air = 0.6 * Math.max(rect.width0, rect.height0);
    const bounds = item.imageToViewportRectangle(
      rect.x0 - air / 2,
      rect.y0 - air / 2,
      rect.width0 + air,
      rect.height0 + air,
    );
    this.#viewer.viewport.fitBounds(bounds);
  }

  place(): Place | null {
    const item = this.#item();
    if (!item) return null;
    const { viewport } = this.#viewer;
    const { x, y } = item.viewportToImageCoordinates(viewport.getCenter());
    const pixelsPerPixel0 = item.viewportToImageZoom(viewport.getZoom());
    return { x0: x, y0: y, pixelsPerPixel0, rotation: this.#rotation(false), isFlipped: viewport.getFlip() };
  }

  lookAt({ x0, y0, pixelsPerPixel0, rotation, isFlipped }: Place): void {
    const item = this.#item();
    if (!item) return;
    this.#isFitted = false;
    const { viewport } = this.#viewer;
    viewport.setFlip(isFlipped);
    viewport.setRotation(isFlipped ? -rotation : rotation, true);
    viewport.zoomTo(item.imageToViewportZoom(pixelsPerPixel0), undefined, true);
    viewport.panTo(item.imageToViewportCoordinates(x0, y0), true);
    viewport.applyConstraints(true);
  }

  close(): void {
    this.#twin?.close();
    this.#source?.cancelAll();
    this.#aim.close();
    this.#viewer.destroy();
  }

  #item(): OpenSeadragon.TiledImage | null {
    return this.#viewer.world.getItemCount() > 0 ? this.#viewer.world.getItemAt(0) : null;
  }

  #listen(): void {
    const viewer = this.#viewer;
    viewer.addHandler("update-viewport", () => this.#paint());
    let isResized = false;
    viewer.addHandler("resize", () => {
      isResized = true;
    });
    let movedAt = 0;
    viewer.addHandler("viewport-change", () => {
      dropStaleTiles(viewer, this.#source?.running ?? [], movedAt);
      movedAt = Date.now();
    });
    // OpenSeadragon sets its own zoom after the "resize" event and before this one, which comes ahead of the drawing.
    viewer.addHandler("viewport-change", () => {
      if (isResized && this.#isFitted) viewer.viewport.goHome(true);
      isResized = false;
    });
    for (const gesture of ["canvas-drag", "canvas-scroll", "canvas-pinch", "canvas-double-click"] as const) {
      viewer.addHandler(gesture, () => {
        this.#isFitted = false;
      });
    }
    viewer.addHandler("canvas-key", (event) => {
      event.preventDefaultAction = true;
      const { key, shiftKey, ctrlKey, metaKey, altKey } = event.originalEvent;
      if (ctrlKey || metaKey || altKey) return;
      const isTaken = this.#moveByArrow(key, shiftKey) || this.#events.onKey?.(key) === true;
      if (isTaken) event.originalEvent.preventDefault();
    });
    viewer.addHandler("canvas-click", ({ originalEvent }) => {
      const point = this.#pointAt(originalEvent as PointerEvent);
      if (point) this.#aim.tap(originalEvent as PointerEvent, point);
    });
  }

  #moveByArrow(key: string, isFine: boolean): boolean {
    const direction = ARROWS[key];
    if (!direction || !this.#item()) return false;
    const { viewport } = this.#viewer;
    const step = isFine ? ARROW_STEP.near : ARROW_STEP.far;
    const delta = new OpenSeadragon.Point(direction[0] * (viewport.getFlip() ? -step : step), direction[1] * step);
    this.#isFitted = false;
    this.#aim.useMiddle();
    viewport.panBy(viewport.deltaPointsFromPixels(delta), true);
    viewport.applyConstraints(true);
    return true;
  }

  #pointAt(event: PointerEvent): Point0 | null {
    const toStage = slideToStage(this.#viewer, 1);
    return toStage && onSlide(toStage, this.#aim.stagePoint(event));
  }

  #reportCursor(): void {
    const toStage = slideToStage(this.#viewer, 1);
    const at = toStage && this.#aim.on(toStage);
    const size = this.#item()?.getContentSize();
    const isInside = at && size && at.x0 >= 0 && at.y0 >= 0 && at.x0 < size.x && at.y0 < size.y;
    this.#events.onCursor(isInside ? at : null);
  }

  #paint(): void {
    this.#twin?.draw();
    const pixelRatio = window.devicePixelRatio || 1;
    const canvas = this.#overlay;
    const width = Math.round(canvas.clientWidth * pixelRatio);
    const height = Math.round(canvas.clientHeight * pixelRatio);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    const toStage = slideToStage(this.#viewer, pixelRatio);
    this.#events.paint(context, toStage, pixelRatio);
    this.#reportCursor();
    if (!toStage) return;
    const at = (x: number, y: number) => onSlide(toStage, { x, y });
    this.#events.onView(
      {
        pixelsPerPixel0: Math.hypot(toStage.a, toStage.b) / pixelRatio,
        rotation: this.#rotation(true),
        isFlipped: this.#viewer.viewport.getFlip(),
      },
      [at(0, 0), at(width, 0), at(width, height), at(0, height)],
    );
  }
}

/** How the stage's viewer is set. */
export function stageOptions(element: HTMLElement): OpenSeadragon.Options {
  return {
    element,
    drawer: hasQuickWebGl() ? ["webgl", "canvas"] : "canvas",
    showNavigationControl: false,
    showNavigator: true,
    navigatorPosition: "BOTTOM_LEFT",
    navigatorSizeRatio: 0.16,
    navigatorMaintainSizeRatio: true,
    navigatorAutoFade: false,
    navigatorOpacity: 1,
    navigatorBackground: "transparent",
    navigatorBorderColor: "transparent",
    navigatorDisplayRegionColor: "currentColor",
    imageLoaderLimit: 8,
    // OpenSeadragon asks for one a frame by itself, and a first view of a hundred would take two seconds.
    maxTilesPerFrame: 32,
    timeout: 120_000,
    animationTime: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.35,
    springStiffness: 9,
    blendTime: 0,
    preserveImageSizeOnResize: true,
    minZoomImageRatio: 0.5,
    maxZoomPixelRatio: 8,
    visibilityRatio: 0.3,
    zoomPerScroll: 1.25,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: false },
    gestureSettingsTouch: { pinchRotate: false, dblClickToZoom: true, flickEnabled: false },
    gestureSettingsPen: { clickToZoom: false, dblClickToZoom: true },
  };
}

/** False where WebGL is missing or emulated in software: the plain canvas is then the quicker and safer way to draw. */
function hasQuickWebGl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const names = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = names ? String(context.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "";
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !/swiftshader|llvmpipe|software/i.test(renderer);
}
