import { effect, untracked } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { renderClasses } from "../../engine/heatmap/class-map.ts";
import { renderGrid } from "../../engine/heatmap/palette.ts";
import { paintComparison } from "../../engine/pictures/truth-raster.ts";
import { coverageWords } from "../report/coverage-words.ts";
import type { App } from "../state/app.ts";
import type { OpenSlide } from "../state/slide.ts";
import type { Affine } from "./affine.ts";
import { drawCoverage } from "./coverage-tint.ts";
import { drawFocusMarkers } from "./focus-markers.ts";
import { cellsCanvas, contourPath, drawMap, type MapPicture } from "./map-overlay.ts";
import { measureByKey, pointHandlers } from "./measuring.ts";
import { drawFrame, drawPatchFrames } from "./patch-frames.ts";
import { paintPointing } from "./pointing.ts";
import { SlideViewer } from "./slide-viewer.ts";
import "./navigator.css";

/** The slide, edge to edge, and the map over it. Mounts OpenSeadragon once and then hears signals. */
export function Stage({ app }: { readonly app: App }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!frame.current) return;
    return mountViewer(app, frame.current);
  }, [app]);
  return <div class="stage-slide" ref={frame} />;
}

function mountViewer(app: App, frame: HTMLElement): () => void {
  let picture: MapPicture | null = null;
  let shown: OpenSlide | null = null;
  const viewer = new SlideViewer(frame, {
    onView: (reading, field) => {
      if (!isAlike(app.view.reading.value, reading)) app.view.reading.value = reading;
      const before = app.view.field.value;
      if (field.some((corner, i) => !isAlike(before?.[i], corner))) app.view.field.value = field;
    },
    onCursor: (cursor) => {
      if (!isAlike(app.view.cursor.value, cursor)) app.view.cursor.value = cursor;
    },
    onKey: (key) => measureByKey(app, key),
    onLoading: (isLoading) => {
      app.view.isLoading.value = isLoading;
    },
    onTileFailure: (error) => app.slide.fail(error),
    paint: (context, toStage, pixelRatio) => {
      if (!toStage) return;
      const style = getComputedStyle(frame);
      paintMap(context, toStage, pixelRatio, style);
      paintPointing(app, context, toStage, pixelRatio, style);
    },
    paintNavigator: (context, toNavigator) => {
      const cells = app.coverage.cells.value;
      if (cells) drawCoverage(context, cells, toNavigator, getComputedStyle(frame).getPropertyValue("--seen"));
    },
  });
  function paintMap(
    context: CanvasRenderingContext2D,
    toStage: Affine,
    pixelRatio: number,
    style: CSSStyleDeclaration,
  ) {
    if (!app.necrosis.isMapShown.value) return;
    const casing = style.getPropertyValue("--contour-casing");
    if (picture) {
      const core = style.getPropertyValue("--contour-core");
      drawMap(context, picture, toStage, { core, casing, pixelRatio });
    }
    const findings = app.necrosis.findings.value;
    const isOneClass = app.classes.classes.value === null || app.classes.chosen.value !== null;
    if (findings && isOneClass && !app.comparison.isShown.value) {
      const core = style.getPropertyValue("--contour-core");
      drawFocusMarkers(context, findings, toStage, { core, casing, pixelRatio });
    }
    const neuronPatch = app.neurons.visited.value;
    if (neuronPatch) {
      const colour = style.getPropertyValue("--contour-core");
      drawFrame(context, neuronPatch.box, toStage, { colour, casing, width: 2, isDashed: false, pixelRatio });
    }
    const patches = app.evidence.patches.value;
    if (patches) {
      const supporting = style.getPropertyValue("--supporting");
      const opposing = style.getPropertyValue("--opposing");
      const visited = app.evidence.visited.value;
      drawPatchFrames(context, patches, visited, toStage, { supporting, opposing, casing, pixelRatio });
    }
  }
  const stops = [
    effect(() => {
      const slide = app.slide.open.value;
      viewer.open(slide?.client ?? null, slide !== null && isOtherView(slide, shown));
      shown = slide;
    }),
    effect(() => {
      const isDrawing = app.knownLength.mode.value.kind === "on";
      const isMeasuring = app.measure.tool.value !== null;
      frame.classList.toggle("is-measuring", isDrawing || isMeasuring);
      viewer.drawLines(isDrawing ? (from, to) => app.knownLength.draw({ from, to }) : null);
      viewer.takePoints(isMeasuring ? pointHandlers(app) : null);
    }),
    effect(() => {
      app.coverage.cells.value;
      viewer.repaintNavigator(coverageWords(app.coverage, app.slide.pixelSize.value !== null) ?? "");
    }),
    effect(() => {
      picture = pictureOf(app, picture);
      app.necrosis.isMapShown.value;
      app.settings.theme.value;
      app.evidence.patches.value;
      app.evidence.visited.value;
      app.neurons.visited.value;
      untracked(() => viewer.repaint());
    }),
    effect(() => {
      app.knownLength.mode.value;
      app.measure.shapes.value;
      app.measure.draft.value;
      app.slide.pixelSize.value;
      const isMeasuring = app.measure.tool.value !== null;
      const cursor = app.view.cursor.value;
      // A mouse that only looks leaves the picture as it is.
      if (isMeasuring || cursor?.by !== "pointer") untracked(() => viewer.repaint());
    }),
  ];
  app.view.attach(viewer);
  return () => {
    app.view.attach(null);
    for (const stop of stops) stop();
    viewer.close();
  };
}

/** Flat objects of numbers and words. */
function isAlike<T extends object>(a: T | null | undefined, b: T | null): boolean {
  if (!a || !b) return a === b;
  return Object.keys(b).every((key) => Reflect.get(a, key) === Reflect.get(b, key));
}

/** Another plane, channel or colour of the same file, or the file chosen again after it was lost. */
function isOtherView(slide: OpenSlide, shown: OpenSlide | null): boolean {
  return slide.id === shown?.id || slide.filesId === shown?.filesId;
}

function pictureOf(app: App, previous: MapPicture | null): MapPicture | null {
  const findings = app.necrosis.findings.value;
  const { palette, below, opacity, contours } = app.settings;
  if (!findings) return null;
  const raster = app.comparison.isShown.value ? app.comparison.raster.value : null;
  if (raster) {
    return {
      cells: cellsCanvas(paintComparison(raster, findings.grid, findings.mask), previous?.cells ?? null),
      grid: findings.grid,
      opacity: opacity.value,
      isSharp: true,
      contours: null,
    };
  }
  const map = app.classes.map.value;
  const classes = app.classes.classes.value;
  if (classes && app.classes.chosen.value === null) {
    if (!map) return null;
    return {
      cells: cellsCanvas(renderClasses(findings.grid, map.labels, classes), previous?.cells ?? null),
      grid: findings.grid,
      opacity: opacity.value,
      isSharp: true,
      contours: null,
    };
  }
  const image = renderGrid(findings.grid, {
    palette: palette.value,
    threshold: findings.threshold,
    below: below.value,
  });
  return {
    cells: cellsCanvas(image, previous?.cells ?? null),
    grid: findings.grid,
    opacity: opacity.value,
    isSharp: false,
    contours: contours.value && findings.outlines ? contourPath(findings.outlines) : null,
  };
}
