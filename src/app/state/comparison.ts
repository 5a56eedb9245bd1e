import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { type ParsedShape, parseGeoJson } from "../../engine/annotations/parse-geojson.ts";
import { AppError } from "../../engine/base/errors.ts";
import { type FoundColour, isWhite, likelyColour, maskColours } from "../../engine/pictures/mask-colours.ts";
import {
  type Comparison,
  cellTruthOf,
  compareMask,
  type TruthRaster,
  truthOfPicture,
  truthOfPolygons,
} from "../../engine/pictures/truth-raster.ts";
import type { PixelSize, RgbaImage } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import type { SlideInput } from "../../workers/slide-input.ts";
import { formatPercent } from "../report/numbers.ts";
import { t } from "../words/words.ts";
import type { MessagesState } from "./messages.ts";
import type { NecrosisState } from "./necrosis.ts";
import type { SlideState } from "./slide.ts";

/** What a person drew, as it was read. */
type Source =
  | { readonly kind: "shapes"; readonly name: string; readonly shapes: readonly ParsedShape[] }
  | {
      readonly kind: "picture";
      readonly name: string;
      readonly image: RgbaImage;
      readonly colours: readonly FoundColour[];
    };

/** A class of the outlines: by name, or by the colour in which it is painted. */
export interface TruthChoice {
  readonly id: string;
  readonly name: string;
}

export interface ComparisonDeps {
  readonly openSlide: (input: SlideInput, pixelSize: PixelSize | null) => Promise<SlideClient>;
  readonly slide: SlideState;
  readonly necrosis: NecrosisState;
  readonly messages: MessagesState;
}

export interface ComparisonState {
  /** Name of the file with the outlines; null without one. */
  readonly name: ReadonlySignal<string | null>;
  readonly isReading: ReadonlySignal<boolean>;
  /** What can be taken for the class, and which one is. */
  readonly choices: ReadonlySignal<readonly TruthChoice[]>;
  readonly chosen: ReadonlySignal<string>;
  /** The truth on the cells of the map that is shown; null without outlines or map. */
  readonly raster: ReadonlySignal<TruthRaster | null>;
  readonly result: ReadonlySignal<Comparison | null>;
  /** Whether the comparison takes the map's place over the slide. */
  readonly isShown: Signal<boolean>;
  /** Takes a GeoJSON file or a painted mask of the whole slide. */
  open(file: File): Promise<void>;
  choose(id: string): void;
  close(): void;
}

const ALL_SHAPES = "all";
/** Pixels of a mask: a finer one is read at a coarser level. */
const MOST_PIXELS = 2 ** 25;

/** Outlines belong to one slide: another one takes them away. */
export function createComparison(deps: ComparisonDeps): ComparisonState {
  const source = signal<Source | null>(null);
  const chosen = signal("");
  const isReading = signal(false);
  const isShown = signal(true);
  let attempts = 0;

  const files = computed(() => deps.slide.open.value?.filesId);
  effect(() => {
    files.value;
    untracked(close);
  });

  function close(): void {
    attempts++;
    source.value = null;
    isReading.value = false;
  }

  async function open(file: File): Promise<void> {
    if (!deps.slide.open.value) {
      deps.messages.report(noSlide(file.name));
      return;
    }
    const attempt = ++attempts;
    isReading.value = true;
    try {
      const next = await readSource(file, deps.openSlide);
      if (attempt !== attempts) return;
      chosen.value = likelyChoice(next);
      source.value = next;
      isShown.value = true;
      deps.messages.dismiss();
    } catch (error) {
      if (attempt === attempts) deps.messages.report(error);
    } finally {
      if (attempt === attempts) isReading.value = false;
    }
  }

  const grid = computed(() => deps.necrosis.findings.value?.grid ?? null);
  const raster = computed(() => {
    const truth = source.value;
    if (!truth || !grid.value) return null;
    if (truth.kind === "shapes") {
      const shapes = truth.shapes.filter(
        ({ classification }) => chosen.value === ALL_SHAPES || (classification ?? "") === chosen.value,
      );
      return truthOfPolygons(
        shapes.flatMap(({ polygons }) => polygons),
        grid.value,
      );
    }
    const { colour } = truth.colours.find((found) => colourId(found) === chosen.value) ?? truth.colours[0]!;
    return truthOfPicture(truth.image, colour, truth.colours.length, grid.value);
  });
  const cells = computed(() => (raster.value && grid.value ? cellTruthOf(raster.value, grid.value) : null));
  return {
    name: computed(() => source.value?.name ?? null),
    isReading,
    choices: computed(() => choicesOf(source.value)),
    chosen,
    raster,
    result: computed(() => {
      const findings = deps.necrosis.findings.value;
      return findings && cells.value ? compareMask(findings.mask, cells.value) : null;
    }),
    isShown,
    open,
    choose(id) {
      chosen.value = id;
    },
    close,
  };
}

async function readSource(file: File, openSlide: ComparisonDeps["openSlide"]): Promise<Source> {
  if (/\.(geo)?json$/i.test(file.name)) {
    const shapes = parseGeoJson(await file.text());
    if (shapes.some(({ polygons }) => polygons.length > 0)) return { kind: "shapes", name: file.name, shapes };
    throw new AppError(
      "annotations/bad-geojson",
      `Expected outlines in "${file.name}", found none; export the annotations again as GeoJSON.`,
    );
  }
  const client = await openSlide({ files: [file], view: {} }, null);
  try {
    const { levels } = client.info;
    const fits = levels.findIndex(({ width, height }) => width * height <= MOST_PIXELS);
    const index = fits < 0 ? levels.length - 1 : fits;
    const level = levels[index]!;
    const image = await client.region({ x0: 0, y0: 0, width: level.width, height: level.height, level: index });
    return { kind: "picture", name: file.name, image, colours: maskColours(image) };
  } finally {
    client.close();
  }
}

function choicesOf(source: Source | null): TruthChoice[] {
  if (!source) return [];
  if (source.kind === "picture") {
    return source.colours.map((found) => ({
      id: colourId(found),
      name: t`${colourName(found)}, ${formatPercent(found.share)} of the mask`,
    }));
  }
  const names = [...new Set(source.shapes.map(({ classification }) => classification ?? ""))].sort();
  const all = { id: ALL_SHAPES, name: t`All outlines` };
  return names.length < 2 ? [all] : [all, ...names.map((name) => ({ id: name, name: name || t`Without a class` }))];
}

/** Outlines called necrosis or the like are meant, where some are and others are not. */
function likelyChoice(source: Source): string {
  if (source.kind === "picture") return colourId({ colour: likelyColour(source.colours) });
  const named = choicesOf(source).find(({ id }) => /necro/i.test(id));
  return named?.id ?? ALL_SHAPES;
}

function colourName({ colour }: FoundColour): string {
  if (isWhite(colour)) return t`white`;
  return colour.every((value) => value === 0) ? t`black` : t`colour ${colour.join(" ")}`;
}

function colourId({ colour }: Pick<FoundColour, "colour">): string {
  return colour.join(",");
}

function noSlide(name: string): AppError {
  return new AppError(
    "slide/not-a-slide",
    `Expected an open slide to lay the outlines of "${name}" on, found none; open the slide first.`,
  );
}
