import { type ClassMap, renderClasses, type ShownClass } from "../heatmap/class-map.ts";
import { rgbOf } from "../heatmap/class-palette.ts";
import { type Box, composePicture, type Overlay } from "../heatmap/compose.ts";
import type { ConfidenceGrid } from "../heatmap/types.ts";
import { copyPixels } from "../slide/pixels.ts";
import type { PixelSize, RgbaImage } from "../slide/types.ts";
import { type DrawingItem, fitText, INK } from "./drawing.ts";
import { paintDrawing } from "./paint.ts";

export interface ClassOverlayOptions {
  /** Of the map over the tissue, 0 to 1. */
  readonly opacity: number;
  readonly pixelSize: PixelSize | null;
}

/** Two rows of letters that can be read. */
const LEGEND_HEIGHT = 30;

/**
 * Draws a class map over a picture of the whole slide, with dark lines between classes; in the strip below stand a box of colour and the
 * name for each class that the map has (background left out), as far as there is room, and the scale bar.
 */
export function composeClassOverlay(
  tissue: RgbaImage,
  grid: ConfidenceGrid,
  { labels, areas }: ClassMap,
  options: ClassOverlayOptions,
): Overlay {
  const shown = areas.filter(({ isBackground, area0 }) => !isBackground && area0 > 0);
  const map = renderClasses(grid, labels, areas);
  return composePicture(
    tissue,
    grid,
    map,
    { ...options, outlined: labels, legendHeight: LEGEND_HEIGHT },
    (image, box) => {
      const legend = paintDrawing({
        width: box.width,
        height: box.height,
        title: "Classes",
        items: legendItems(box, shown),
      });
      copyPixels(legend, image, box.x, box.y);
    },
  );
}

/** Two rows of entries, side by side as far as the box reaches. */
function legendItems({ width, height }: Box, classes: readonly ShownClass[]): DrawingItem[] {
  const step = Math.floor(height / 2);
  const side = Math.max(3, Math.round(step * 0.75));
  const perRow = Math.max(1, Math.ceil(classes.length / 2));
  const room = Math.floor(width / perRow);
  return classes.flatMap(({ name, colour }, index): DrawingItem[] => {
    const x = (index % perRow) * room;
    const y = Math.floor(index / perRow) * step;
    const text = fitText(name, side, room - 2 * side);
    return [
      { kind: "box", x, y, width: side, height: side, fill: INK },
      { kind: "box", x: x + 1, y: y + 1, width: side - 2, height: side - 2, fill: rgbOf(colour) },
      {
        kind: "text",
        x: x + 1.5 * side,
        y: y + 0.85 * side,
        text,
        size: side,
        anchor: "start",
        isBold: false,
        colour: INK,
      },
    ];
  });
}
