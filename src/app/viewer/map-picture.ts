import { computed, type ReadonlySignal } from "@preact/signals";
import { renderClasses, type ShownClass } from "../../engine/heatmap/class-map.ts";
import { levelMask } from "../../engine/heatmap/level-mask.ts";
import { CONTOUR_LEVELS, hatchBands, weakHatchLevel } from "../../engine/heatmap/map-look.ts";
import { cellRings, smoothOutlines, smoothRings } from "../../engine/heatmap/outline-rings.ts";
import { type BelowThreshold, paletteTable, renderGrid } from "../../engine/heatmap/palette.ts";
import type { CellMask, ConfidenceGrid } from "../../engine/heatmap/types.ts";
import { paintComparison } from "../../engine/pictures/truth-raster.ts";
import type { RgbaImage } from "../../engine/slide/types.ts";
import type { App } from "../state/app.ts";
import { type Outline, outlineOf } from "./outline-path.ts";

/** What lies over the slide; everything but the colour is lines, and stays crisp at every zoom. */
export type MapPicture = Common &
  (
    | {
        readonly kind: "colour";
        /** One pixel per cell of the grid; kept as a canvas, because a canvas can be drawn turned and scaled. */
        readonly cells: PaintedCells;
        /** Sharp cells: colours of classes must not mix. */
        readonly isSharp: boolean;
        /** Of what is counted, or null for none. */
        readonly outline: Outline | null;
      }
    | {
        readonly kind: "contours";
        readonly threshold: number;
        /** Whether levels below the threshold are shown. */
        readonly hasWeak: boolean;
        readonly levels: readonly LevelLine[];
        readonly outline: Outline | null;
      }
    | {
        readonly kind: "hatching";
        /** From the widest to the narrowest, each within the one before. */
        readonly bands: readonly Band[];
        readonly weak: Outline | null;
        readonly outline: Outline | null;
      }
    | { readonly kind: "class-contours" | "class-hatching"; readonly parts: readonly ClassPart[] }
  );

/** A new object with each painting, so that who watches it hears of it, over a canvas that stays. */
interface PaintedCells {
  readonly canvas: HTMLCanvasElement;
}

interface Common {
  readonly grid: ConfidenceGrid;
  /** 0 to 1; of all but the line around what is counted. */
  readonly opacity: number;
}

interface Band {
  readonly every: number;
  readonly outline: Outline;
}

export interface LevelLine {
  readonly level: number;
  readonly colour: string;
  /** Made when it is first drawn: from far off most levels never are. */
  readonly outline: () => Outline;
}

/** Where one class of several is the most likely. */
export interface ClassPart {
  /** In the order of the classes. */
  readonly index: number;
  readonly colour: string;
  readonly outline: Outline;
}

/** The map as the reader wants it drawn; null without one. Each part is made anew only when what it rests on has changed. */
export function createMapPicture(app: App): ReadonlySignal<MapPicture | null> {
  const { settings, necrosis, classes, comparison } = app;
  const { findings } = necrosis;
  const grid = computed(() => findings.value?.grid ?? null);
  const paintMap = canvasKeeper();
  const paintClasses = canvasKeeper();
  const paintTruth = canvasKeeper();

  const outline = computed(() => {
    const found = findings.value;
    return found?.outlines ? outlineOf(smoothOutlines(found.grid, found.outlines, found.threshold)) : null;
  });
  const levels = computed(() => grid.value && levelLines(grid.value, settings.palette.value));
  const colours = computed(() => {
    const found = findings.value;
    if (!found) return null;
    const options = { palette: settings.palette.value, threshold: found.threshold, below: settings.below.value };
    return paintMap(renderGrid(found.grid, options));
  });
  let lastBands: readonly Band[] = [];
  let lastGrid: ConfidenceGrid | null = null;
  const bands = computed(() => {
    const found = findings.value;
    const main = outline.value;
    if (found?.grid !== lastGrid) lastBands = [];
    lastGrid = found?.grid ?? null;
    // While outlines are on their way, those of a moment ago are better than none that flicker.
    if (found && main) lastBands = bandsOf(found, main);
    return lastBands;
  });
  const weak = computed(() => {
    const found = findings.value;
    if (!found || settings.below.value !== "faint") return null;
    const level = weakHatchLevel(found.threshold);
    return outlineOf(smoothRings(found.grid, levelMask(found.grid, level), level));
  });
  const labels = computed(() => (classes.chosen.value === null ? (classes.map.value?.labels ?? null) : null));
  const classColours = computed(() => {
    const [on, all, each] = [grid.value, classes.classes.value, labels.value];
    return on && all && each && paintClasses(renderClasses(on, each, all));
  });
  const parts = computed(() => {
    const [on, all, each] = [grid.value, classes.classes.value, labels.value];
    return on && all && each && classParts(on, each, all);
  });
  const compared = computed(() => {
    const raster = comparison.isShown.value ? comparison.raster.value : null;
    const found = findings.value;
    return raster && found && paintTruth(paintComparison(raster, found.grid, found.mask));
  });

  function ofClasses(common: Common): MapPicture | null {
    if (!labels.value) return null;
    const look = settings.mapLook.value;
    if (look === "colour") {
      return (
        classColours.value && { ...common, kind: "colour", cells: classColours.value, isSharp: true, outline: null }
      );
    }
    return parts.value && { ...common, kind: `class-${look}`, parts: parts.value };
  }

  return computed((): MapPicture | null => {
    const found = findings.value;
    if (!found) return null;
    const common = { grid: found.grid, opacity: settings.opacity.value };
    if (compared.value) return { ...common, kind: "colour", cells: compared.value, isSharp: true, outline: null };
    if (classes.classes.value && classes.chosen.value === null) return ofClasses(common);
    const main = outline.value;
    const look = settings.mapLook.value;
    const { threshold } = found;
    if (look === "contours") {
      const hasWeak = settings.below.value === "faint";
      return { ...common, kind: look, threshold, hasWeak, levels: levels.value ?? [], outline: main };
    }
    const shown = settings.contours.value ? main : null;
    if (look === "hatching") {
      return { ...common, kind: look, bands: bands.value, weak: weak.value, outline: shown };
    }
    return colours.value && { ...common, kind: look, cells: colours.value, isSharp: false, outline: shown };
  });
}

/** The same for a grid of its own, as the legend shows it. */
export function pictureOfGrid(
  grid: ConfidenceGrid,
  options: {
    readonly look: "contours" | "hatching";
    readonly threshold: number;
    readonly palette: string;
    readonly below: BelowThreshold;
  },
): MapPicture {
  const { look, threshold, palette, below } = options;
  const mask = levelMask(grid, threshold);
  const main = outlineOf(smoothRings(grid, mask, threshold));
  const hasWeak = below === "faint";
  const common = { grid, opacity: 1 };
  if (look === "contours") {
    return { ...common, kind: look, threshold, hasWeak, levels: levelLines(grid, palette), outline: main };
  }
  const level = weakHatchLevel(threshold);
  const weak = hasWeak ? outlineOf(smoothRings(grid, levelMask(grid, level), level)) : null;
  return { ...common, kind: look, bands: bandsOf({ grid, mask, threshold }, main), weak, outline: main };
}

function levelLines(grid: ConfidenceGrid, palette: string): readonly LevelLine[] {
  const table = paletteTable(palette);
  return CONTOUR_LEVELS.map((level) => {
    const at = Math.round(level * 255) * 4;
    const hex = [...table.subarray(at, at + 3)].map((part) => part.toString(16).padStart(2, "0")).join("");
    return {
      level,
      colour: `#${hex}`,
      outline: once(() => outlineOf(smoothRings(grid, levelMask(grid, level), level))),
    };
  });
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Within the mask: what was dropped has no hatching, what was filled that of the first band. */
function bandsOf(
  { grid, mask, threshold }: { readonly grid: ConfidenceGrid; readonly mask: CellMask; readonly threshold: number },
  main: Outline,
): readonly Band[] {
  return hatchBands(threshold).map(({ level, every }, i) => ({
    every,
    outline: i === 0 ? main : outlineOf(smoothRings(grid, levelMask(grid, level, mask), level)),
  }));
}

function classParts(grid: ConfidenceGrid, labels: Uint8Array, classes: readonly ShownClass[]): readonly ClassPart[] {
  return classes.flatMap(({ colour, isBackground }, index) => {
    if (isBackground) return [];
    const data = Uint8Array.from(labels, (label) => (label === index ? 1 : 0));
    const outline = outlineOf(cellRings(grid, { cols: grid.cols, rows: grid.rows, data }));
    return outline.rings.length > 0 ? [{ index, colour, outline }] : [];
  });
}

/** Paints one canvas over and over while the size stays. */
function canvasKeeper(): (image: RgbaImage) => PaintedCells {
  let canvas: HTMLCanvasElement | null = null;
  return (image) => {
    if (canvas?.width !== image.width || canvas.height !== image.height) {
      canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
    }
    canvas.getContext("2d")?.putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
    return { canvas };
  };
}
