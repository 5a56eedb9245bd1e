import { effect, untracked } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { coverageWords } from "../report/coverage-words.ts";
import type { App } from "../state/app.ts";
import type { OpenSlide } from "../state/slide.ts";
import { t } from "../words/words.ts";
import type { Affine } from "./affine.ts";
import { drawCoverage } from "./coverage-tint.ts";
import { createMapPainter } from "./map-painter.ts";
import { measureByKey, pointHandlers } from "./measuring.ts";
import { drawFrame, drawPatchFrames } from "./patch-frames.ts";
import { paintPointing } from "./pointing.ts";
import { SlideViewer } from "./slide-viewer.ts";
import "./navigator.css";

/** The slide, edge to edge, and the map over it; side by side, the slide alone to its left. Mounts OpenSeadragon once and then hears signals. */
export function Stage({ app }: { readonly app: App }) {
  const frame = useRef<HTMLDivElement>(null);
  const twin = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!frame.current || !twin.current) return;
    return mountViewer(app, frame.current, twin.current);
  }, [app]);
  return (
    <div class={app.mapViews.view.value === "beside" ? "stage-panes is-beside" : "stage-panes"}>
      <div class="stage-twin" ref={twin} role="img" aria-label={t`The tissue without the map`} />
      <div class="stage-slide" ref={frame} />
    </div>
  );
}

function mountViewer(app: App, frame: HTMLElement, twin: HTMLElement): () => void {
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
    const core = style.getPropertyValue("--contour-core");
    const casing = style.getPropertyValue("--contour-casing");
    map.paint(context, toStage, { core, casing, pixelRatio });
    if (!app.necrosis.isMapShown.value) return;
    const neuronPatch = app.neurons.visited.value;
    if (neuronPatch) {
      drawFrame(context, neuronPatch.box, toStage, { colour: core, casing, width: 2, isDashed: false, pixelRatio });
    }
    const patches = app.evidence.patches.value;
    if (patches) {
      const supporting = style.getPropertyValue("--supporting");
      const opposing = style.getPropertyValue("--opposing");
      const visited = app.evidence.visited.value;
      drawPatchFrames(context, patches, visited, toStage, { supporting, opposing, casing, pixelRatio });
    }
  }
  const map = createMapPainter(app, () => viewer.repaint());
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
      app.evidence.patches.value;
      app.evidence.visited.value;
      app.neurons.visited.value;
      untracked(() => viewer.repaint());
    }),
    effect(() => {
      viewer.twinIn(app.mapViews.view.value === "beside" ? twin : null);
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
    map.close();
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
