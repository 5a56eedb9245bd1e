import type { AnalysisResult } from "../../engine/analysis/types.ts";
import type { ClassificationResult } from "../../engine/classification/types.ts";
import type { ClassMap, ShownClass } from "../../engine/heatmap/class-map.ts";
import type { ResultModel } from "../../engine/resultfile/types.ts";
import type { PixelSize } from "../../engine/slide/types.ts";
import type { TrustReport } from "../../engine/trust/types.ts";
import type { App } from "./app.ts";
import type { Findings } from "./necrosis.ts";
import type { Settings } from "./settings.ts";
import type { OpenSlide } from "./slide.ts";

/** All that an export needs, of one moment: slide, run, threshold and the way the map is drawn belong together. */
export interface FinishedResult {
  readonly slide: OpenSlide;
  readonly pixelSize: PixelSize;
  readonly model: ResultModel;
  /** Of the Palisade that computed it. */
  readonly appVersion: string;
  readonly analysis: AnalysisResult;
  readonly findings: Findings;
  /** True where a part of the slide was computed, or all of it coarsely; a note says which. */
  readonly isPartial: boolean;
  /** Whether the slide is like what the model was trained on; null where nobody asked. */
  readonly trust: TrustReport | null;
  /** What the map shows: "Necrosis", or the chosen class. */
  readonly title: string;
  /** With a model of several classes: these, which one is shown (null: all), and the class of every cell. */
  readonly classes: {
    readonly all: readonly ShownClass[];
    readonly chosen: number | null;
    readonly map: ClassMap;
  } | null;
  readonly look: Pick<Settings, "opacity" | "palette" | "mapLook" | "below" | "contours">;
}

/** Null until a run is done, and again when its slide, pixel size or model was changed. */
export function resultOf(app: App): FinishedResult | null {
  const slide = app.slide.open.value;
  const state = app.analysis.state.value;
  const findings = app.necrosis.findings.value;
  const model = app.analysis.model.value;
  if (!slide || state.kind !== "done" || !findings || !model) return null;
  if (app.analysis.grid.value !== state.result.grid || findings.grid !== app.classes.grid.value) return null;
  const all = app.classes.classes.value;
  const map = app.classes.map.value;
  const { opacity, palette, mapLook, below, contours } = app.settings;
  return {
    slide,
    pixelSize: state.result.pixelSize,
    model,
    appVersion: app.analysis.appVersion.value,
    analysis: state.result,
    findings,
    isPartial: state.result.part !== undefined,
    trust: state.result.trust ?? null,
    title: app.classes.title.value,
    classes: all && map ? { all, chosen: app.classes.chosen.value, map } : null,
    look: {
      opacity: opacity.value,
      palette: palette.value,
      mapLook: mapLook.value,
      below: below.value,
      contours: contours.value,
    },
  };
}

/** All that an export of a classification needs. */
export interface ClassifiedSlide {
  readonly slide: OpenSlide;
  readonly model: ResultModel;
  readonly appVersion: string;
  readonly result: ClassificationResult;
}

/** Null until a slide is classified, and again when the slide, its pixel size or the model was changed. */
export function classifiedOf(app: App): ClassifiedSlide | null {
  const slide = app.slide.open.value;
  const state = app.analysis.state.value;
  const model = app.analysis.model.value;
  if (!slide || state.kind !== "classified" || !model) return null;
  return { slide, model, appVersion: app.analysis.appVersion.value, result: state.result };
}
