import type { PixelSize, RgbaImage } from "../slide/types.ts";
import { type ClassMap, renderClasses, type ShownClass } from "./class-map.ts";
import { rgbOf } from "./class-palette.ts";
import { type Box, composePicture, fill, type Overlay } from "./compose.ts";
import { drawText, GLYPH_HEIGHT, textWidth } from "./pixel-letters.ts";
import type { ConfidenceGrid } from "./types.ts";

export interface ClassOverlayOptions {
  /** Of the map over the tissue, 0 to 1. */
  readonly opacity: number;
  readonly pixelSize: PixelSize | null;
}

const INK = [40, 40, 40] as const;

/**
 * Draws a class map over a picture of the whole slide, with dark lines between classes; in the strip below stand a patch of colour and the
 * name for each class that the map has (background left out), as far as there is room, and the scale bar.
 */
export function composeClassOverlay(
  tissue: RgbaImage,
  grid: ConfidenceGrid,
  { labels, areas }: ClassMap,
  options: ClassOverlayOptions,
): Overlay {
  const shown = areas.filter(({ isBackground, area0 }) => !isBackground && area0 > 0);
  return composePicture(
    tissue,
    grid,
    renderClasses(grid, labels, areas),
    { ...options, outlined: labels },
    (image, box) => drawClassLegend(image, box, shown),
  );
}

/** Two rows of entries, side by side as far as the box reaches. */
function drawClassLegend(image: RgbaImage, box: Box, classes: readonly ShownClass[]): void {
  const scale = Math.max(1, Math.floor(box.height / 2 / (GLYPH_HEIGHT + 2)));
  const side = GLYPH_HEIGHT * scale;
  const step = Math.floor(box.height / 2) + 1;
  const perRow = Math.ceil(classes.length / 2);
  const width = Math.floor(box.width / Math.max(1, perRow));
  classes.forEach(({ name, colour }, index) => {
    const x = box.x + (index % perRow) * width;
    const y = box.y + Math.floor(index / perRow) * step;
    fill(image, { x: x - 1, y: y - 1, width: side + 2, height: side + 2 }, INK);
    fill(image, { x, y, width: side, height: side }, rgbOf(colour));
    const room = width - side - 3 * scale;
    let text = name;
    while (text.length > 1 && textWidth(text, scale) > room) text = text.slice(0, -1);
    drawText(image, text, { x: x + side + 2 * scale, y, scale, colour: INK });
  });
}
