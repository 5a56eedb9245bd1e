import OpenSeadragon from "openseadragon";
import type { SlideClient } from "../../workers/slide.api.ts";
import type { Place, Point0, Rect0, ViewerHandle, ViewReading } from "../state/view.ts";
import { LineTool } from "./line-tool.ts";
import type { Affine } from "./affine.ts";
import { Mirror } from "./mirror.ts";
import { keepStylesOut } from "./no-inline-styles.ts";
import { quietConsole } from "./quiet-console.ts";
import { dropStaleTiles } from "./stale-tiles.ts";
import { limitTileBytes } from "./tile-budget.ts";
import { SlideTileSource } from "./tile-source.ts";

export interface SlideViewerEvents {
  /** After each drawn frame that moved the slide. */
  readonly onView: (reading: ViewReading) => void;
  readonly onCursor: (point: Point0 | null) => void;
  readonly onLoading: (isLoading: boolean) => void;
  /** The first tile of a slide that could not be read; later ones of the same slide stay quiet. */
  readonly onTileFailure: (error: unknown) => void;
  /** Paints over the slide; called in every frame in which the slide is drawn. `null`: nothing is open. */
  readonly paint: (context: CanvasRenderingContext2D, toStage: Affine | null, pixelRatio: number) => void;
}

/** Views of one slide that lie over each other while their tiles come. */
const MOST_VIEWS = 3;

/** OpenSeadragon on an element, with a canvas over the slide. Whoever makes it closes it. */
export class SlideViewer implements ViewerHandle {
  readonly #viewer: OpenSeadragon.Viewer;
  readonly #overlay: HTMLCanvasElement;
  readonly #events: SlideViewerEvents;
  readonly #lines: LineTool;
  #mirror: Mirror | null = null;
  #shown: SlideClient | null = null;
  #source: SlideTileSource | null = null;
  /** True until the reader moves the slide: so long it fills the stage, whatever the stage's size becomes. */
  #isFitted = true;
  /** Of the pointer, in CSS pixels of the stage. */
  #pointer: OpenSeadragon.Point | null = null;

  constructor(element: HTMLElement, events: SlideViewerEvents) {
    this.#events = events;
    quietConsole();
    keepStylesOut();
    this.#viewer = OpenSeadragon(stageOptions(element));
    this.#overlay = document.createElement("canvas");
    this.#overlay.className = "stage-map";
    // Within OpenSeadragon's own layers: over the slide, under the navigator.
    this.#viewer.canvas.append(this.#overlay);
    this.#lines = new LineTool(this.#viewer, (position) => {
      const point = this.#item()?.viewerElementToImageCoordinates(position);
      return point ? { x0: point.x, y0: point.y } : null;
    });
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

  /** Shows the slide without what lies over it in a second pane of the same size, too; null: no more. */
  mirrorIn(pane: HTMLElement | null): void {
    this.#mirror?.close();
    this.#mirror = pane && new Mirror(this.#viewer, pane);
    this.#viewer.forceRedraw();
  }

  zoomTo(pixelsPerPixel0: number): void {
    const item = this.#item();
    if (!item) return;
    this.#isFitted = false;
    this.#viewer.viewport.zoomTo(item.imageToViewportZoom(pixelsPerPixel0));
    this.#viewer.viewport.applyConstraints();
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
    const viewport = this.#viewer.viewport;
    viewport?.setRotation(viewport.getRotation() + degrees);
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
    return { x0: x, y0: y, pixelsPerPixel0, rotation: viewport.getRotation() };
  }

  lookAt({ x0, y0, pixelsPerPixel0, rotation }: Place): void {
    const item = this.#item();
    if (!item) return;
    this.#isFitted = false;
    const { viewport } = this.#viewer;
    viewport.setRotation(rotation, true);
    viewport.zoomTo(item.imageToViewportZoom(pixelsPerPixel0), undefined, true);
    viewport.panTo(item.imageToViewportCoordinates(x0, y0), true);
    viewport.applyConstraints(true);
  }

  close(): void {
    this.#mirror?.close();
    this.#source?.cancelAll();
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
      const { key } = event.originalEvent;
      if (!key.startsWith("Arrow")) event.preventDefaultAction = true;
    });
    const { container } = viewer;
    container.addEventListener("pointermove", (event) => this.#onPointer(event), { capture: true });
    container.addEventListener("pointerleave", () => this.#onPointer(null));
  }

  #onPointer(event: PointerEvent | null): void {
    const box = this.#viewer.container.getBoundingClientRect();
    this.#pointer = event && new OpenSeadragon.Point(event.clientX - box.left, event.clientY - box.top);
    this.#reportCursor();
  }

  #reportCursor(): void {
    const item = this.#item();
    if (!item || !this.#pointer) {
      this.#events.onCursor(null);
      return;
    }
    const at = item.viewerElementToImageCoordinates(this.#pointer);
    const size = item.getContentSize();
    const isInside = at.x >= 0 && at.y >= 0 && at.x < size.x && at.y < size.y;
    this.#events.onCursor(isInside ? { x0: at.x, y0: at.y } : null);
  }

  #paint(): void {
    this.#mirror?.draw();
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
    const toStage = this.#toStage(pixelRatio);
    this.#events.paint(context, toStage, pixelRatio);
    this.#reportCursor();
    if (!toStage) return;
    this.#events.onView({
      pixelsPerPixel0: Math.hypot(toStage.a, toStage.b) / pixelRatio,
      rotation: this.#viewer.viewport.getRotation(true),
    });
  }

  /** Three corners of the slide as they stand on the stage in this frame fix the affine map. */
  #toStage(pixelRatio: number): Affine | null {
    const item = this.#item();
    if (!item) return null;
    const { x: width0, y: height0 } = item.getContentSize();
    const at = (x0: number, y0: number) =>
      this.#viewer.viewport.pixelFromPoint(item.imageToViewportCoordinates(x0, y0, true), true).times(pixelRatio);
    const origin = at(0, 0);
    const right = at(width0, 0);
    const below = at(0, height0);
    return {
      a: (right.x - origin.x) / width0,
      b: (right.y - origin.y) / width0,
      c: (below.x - origin.x) / height0,
      d: (below.y - origin.y) / height0,
      e: origin.x,
      f: origin.y,
    };
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
    animationTime: 0.35,
    springStiffness: 9,
    blendTime: 0,
    preserveImageSizeOnResize: true,
    minZoomImageRatio: 0.5,
    maxZoomPixelRatio: 8,
    visibilityRatio: 0.3,
    zoomPerScroll: 1.25,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: false },
    gestureSettingsTouch: { pinchRotate: false },
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
