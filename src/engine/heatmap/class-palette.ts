/**
 * Colours for up to eight classes that stay apart with every common colour blindness and on pink and purple tissue: Okabe and Ito,
 * "Color Universal Design" (2002), its reddish purple last because H&E is of that hue.
 */
export const CLASS_COLOURS: readonly string[] = [
  "#000000",
  "#e69f00",
  "#f0e442",
  "#009e73",
  "#d55e00",
  "#0072b2",
  "#56b4e9",
  "#cc79a7",
];

/** Background; class maps leave it clear. */
export const BACKGROUND_COLOUR = "#ffffff";

export function isBackground({ maskColour }: { readonly maskColour: readonly [number, number, number] }): boolean {
  return maskColour.every((value) => value === 255);
}

/** Red, green and blue, 0 to 255, of `#rrggbb`. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
