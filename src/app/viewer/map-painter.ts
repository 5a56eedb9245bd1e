import { effect, untracked } from "@preact/signals";
import type { App } from "../state/app.ts";
import { type Affine, onStage, type StagePoint } from "./affine.ts";
import { drawFocusMarkers } from "./focus-markers.ts";
import { clipToLens, drawLensRing, lensRing } from "./lens.ts";
import { MapLayer } from "./map-layer.ts";
import { drawMap, type MapStyle } from "./map-overlay.ts";
import { createMapPicture } from "./map-picture.ts";

export interface MapPainter {
  /** Paints the map as the reader wants to see it over the slide; with the spyglass, its ring. */
  paint(context: CanvasRenderingContext2D, toStage: Affine, style: MapStyle): void;
  close(): void;
}

/** `repaint`: asks for the stage to be painted, because the map is another one. */
export function createMapPainter(app: App, repaint: () => void): MapPainter {
  const picture = createMapPicture(app);
  const layer = new MapLayer(repaint);
  /** Where the spyglass stood last. */
  let spot: StagePoint | null = null;
  /** Colours that the layer was drawn with. */
  let colours = "";
  const stops = [
    effect(() => {
      picture.value;
      app.necrosis.isMapShown.value;
      app.settings.lensInside.value;
      untracked(repaint);
    }),
    effect(() => {
      app.settings.theme.value;
      untracked(repaint);
    }),
    effect(() => {
      if (app.mapViews.view.value !== "lens") return;
      app.view.cursor.value;
      untracked(repaint);
      return () => untracked(repaint);
    }),
  ];

  function paintLayer(context: CanvasRenderingContext2D, toStage: Affine, style: MapStyle): void {
    const shown = picture.value;
    if (!shown) return;
    const now = `${style.core} ${style.casing}`;
    if (now !== colours) layer.forget();
    colours = now;
    layer.paint(context, toStage, shown, (onLayer, toLayer) => drawMap(onLayer, shown, toLayer, style));
  }

  /** The map, and over it the markers of what is too small to be seen. */
  function paintAll(context: CanvasRenderingContext2D, toStage: Affine, style: MapStyle): void {
    paintLayer(context, toStage, style);
    const findings = app.necrosis.findings.value;
    const isOneClass = app.classes.classes.value === null || app.classes.chosen.value !== null;
    if (findings && isOneClass && !app.comparison.isShown.value) drawFocusMarkers(context, findings, toStage, style);
  }

  return {
    paint(context, toStage, style) {
      if (!app.necrosis.isMapShown.value) return;
      if (app.mapViews.view.value !== "lens") {
        spot = null;
        paintAll(context, toStage, style);
        return;
      }
      const { canvas } = context;
      const cursor = app.view.cursor.value;
      spot = cursor ? onStage(toStage, cursor) : (spot ?? { x: canvas.width / 2, y: canvas.height / 2 });
      const ring = lensRing(canvas, spot, style.pixelRatio);
      context.save();
      clipToLens(context, ring, app.settings.lensInside.value);
      paintAll(context, toStage, style);
      context.restore();
      drawLensRing(context, ring, style);
    },
    close() {
      for (const stop of stops) stop();
      layer.close();
    },
  };
}
