import type { Place } from "./view.ts";

/** What a link's fragment says, each part only where it does. */
export interface LinkedView {
  /** Of the middle of the stage, level-0 pixels. */
  readonly centre: { readonly x0: number; readonly y0: number } | null;
  /** `scale`: CSS pixels per level-0 pixel; `magnification`: as of an objective. */
  readonly zoom: { readonly kind: "scale" | "magnification"; readonly value: number } | null;
  /** Degrees clockwise. */
  readonly rotation: number | null;
  /** Null: as it is. */
  readonly isFlipped: boolean | null;
  /** 0 to 1. */
  readonly threshold: number | null;
  /** Id of a pack. */
  readonly pack: string | null;
}

/** `#x=45210&y=18022&zoom=0.5&rotation=90&flip=1&threshold=0.52&pack=ID`; what is unknown, missing or no number is left out. */
export function parseLinkedView(hash: string): LinkedView {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const number = (name: string): number | null => {
    const text = fields.get(name)?.trim();
    const value = text ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value : null;
  };
  const x0 = number("x");
  const y0 = number("y");
  const threshold = number("threshold");
  return {
    centre: x0 !== null && y0 !== null ? { x0, y0 } : null,
    zoom: parseZoom(fields.get("zoom")),
    rotation: number("rotation"),
    isFlipped: number("flip") === null ? null : number("flip") === 1,
    threshold: threshold !== null && threshold >= 0 && threshold <= 1 ? threshold : null,
    pack: fields.get("pack")?.trim() || null,
  };
}

/** "0.5" or "20x" */
function parseZoom(text: string | null): LinkedView["zoom"] {
  const [, digits, isMagnification] = /^(\d*\.?\d+(?:e-?\d+)?)(x?)$/i.exec(text?.trim() ?? "") ?? [];
  const value = Number(digits ?? Number.NaN);
  if (!(value > 0 && Number.isFinite(value))) return null;
  return { kind: isMagnification ? "magnification" : "scale", value };
}

export interface ShownView {
  readonly place: Place;
  /** Null where there is no model or it knows none. */
  readonly threshold: number | null;
  readonly pack: string | null;
}

/** The fragment that `parseLinkedView` reads back to the same field, without the hash sign. */
export function writeLinkedView({ place, threshold, pack }: ShownView): string {
  const fields = new URLSearchParams({
    x: String(Math.round(place.x0)),
    y: String(Math.round(place.y0)),
    zoom: String(Number(place.pixelsPerPixel0.toPrecision(4))),
  });
  const rotation = ((Math.round(place.rotation) % 360) + 360) % 360;
  if (rotation !== 0) fields.set("rotation", String(rotation));
  if (place.isFlipped) fields.set("flip", "1");
  if (threshold !== null) fields.set("threshold", String(threshold));
  if (pack !== null) fields.set("pack", pack);
  return fields.toString();
}
