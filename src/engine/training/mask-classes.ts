import { AppError } from "../base/errors.ts";
import { BACKGROUND_COLOUR, CLASS_COLOURS, isBackground } from "../heatmap/class-palette.ts";
import { jsonFields } from "./json-fields.ts";
import type { MaskColour } from "./truth.ts";

/** A class, its colour in the masks, and its colour on maps (`#rrggbb`). */
export interface MaskClass {
  readonly name: string;
  readonly maskColour: MaskColour;
  readonly colour: string;
}

/** As many as there are colours that can be told apart, and background. */
const MOST_CLASSES = CLASS_COLOURS.length + 1;

/**
 * Parses a file of classes: `{"format": "palisade-classes", "version": 1, "classes": [{"name", "mask": [r, g, b], "colour"?}]}`.
 * The first class is the one whose map is shown first. Throws `training/bad-config`.
 */
export function parseMaskClasses(value: unknown): MaskClass[] {
  const root = jsonFields(value, "classes");
  root.choice("format", "palisade-classes", ["palisade-classes"]);
  root.number("version", 1, { min: 1, max: 1 });
  const entries = (root.list("classes") ?? []).map((fields) => {
    const [red = 0, green = 0, blue = 0] = fields.numbers("mask", [], { count: 3, min: 0, max: 255, whole: true });
    const entry = {
      name: fields.text("name", ""),
      maskColour: [red, green, blue] as const,
      colour: fields.text("colour", ""),
    };
    fields.end();
    return entry;
  });
  root.end();
  return maskClasses(entries);
}

/** Checks the classes and gives those without a colour (empty) one. Throws `training/bad-config`. */
export function maskClasses(entries: readonly MaskClass[]): MaskClass[] {
  if (entries.length < 3 || entries.length > MOST_CLASSES) {
    throw wrong(`3 to ${MOST_CLASSES} classes`, `${entries.length}; for two name the positive one with --positive`);
  }
  const free = CLASS_COLOURS.filter((colour) => !entries.some((entry) => entry.colour === colour));
  const named = entries.map((entry) => ({ ...entry, colour: entry.colour || ownColour(entry, free) }));
  for (const [index, { name, maskColour, colour }] of named.entries()) {
    if (!/\S/.test(name)) throw wrong("a name for each class", `none for class ${index + 1}`);
    if (!/^#[0-9a-f]{6}$/.test(colour)) throw wrong(`a colour such as #0072b2 for ${name}`, colour);
    const before = named.slice(0, index);
    if (before.some((other) => other.name === name)) throw wrong("different names", `${name} twice`);
    if (before.some((other) => other.maskColour.join() === maskColour.join())) {
      throw wrong("different mask colours", `${maskColour.join()} twice`);
    }
  }
  return named;
}

function ownColour(entry: Pick<MaskClass, "maskColour">, free: string[]): string {
  return isBackground(entry) ? BACKGROUND_COLOUR : (free.shift() ?? BACKGROUND_COLOUR);
}

function wrong(expected: string, found: string): AppError {
  return new AppError("training/bad-config", `Expected ${expected} in the classes, found ${found}.`);
}
