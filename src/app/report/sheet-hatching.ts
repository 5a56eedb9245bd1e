import type { HatchLines } from "../../engine/heatmap/hatch-lines.ts";
import type { BoxMm, LineMm, SheetItem, Stroke } from "./sheet.ts";

/** Distance of the finest lines on paper, mm: seen as lines at arm's length, and kept by a copier. */
const FINEST = 0.55;

export interface HatchInk {
  readonly core: string;
  readonly casing: string;
  readonly coreWidth: number;
  readonly casingWidth: number;
}

/** Lines all over a box; whoever wants less of them clips them. */
export function hatching(pattern: readonly HatchLines[], box: BoxMm, ink: HatchInk): SheetItem[] {
  return pattern.map(({ dash, ...run }) => {
    const dashes = dash ? { dash: [dash[0] * FINEST, dash[1] * FINEST] as const } : {};
    const stroke = (colour: string, width: number): Stroke => ({ colour, width, ...dashes });
    return {
      kind: "lines",
      lines: linesAcross(run, box),
      isClosed: false,
      strokes: [stroke(ink.casing, ink.casingWidth), stroke(ink.core, ink.coreWidth)],
    };
  });
}

/** On a raster that begins at the paper's corner, so that patterns of neighbours go on into each other. */
function linesAcross({ angle, every, except }: HatchLines, { x, y, width, height }: BoxMm): LineMm[] {
  const turn = (angle * Math.PI) / 180;
  const [alongX, alongY] = [Math.cos(turn), Math.sin(turn)];
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ] as const;
  const across = corners.map(([cx, cy]) => cy * alongX - cx * alongY);
  const along = corners.map(([cx, cy]) => cx * alongX + cy * alongY);
  const [from, to] = [Math.min(...along), Math.max(...along)];
  const spacing = every * FINEST;
  const lines: LineMm[] = [];
  for (let line = Math.ceil(Math.min(...across) / spacing); line * spacing <= Math.max(...across); line++) {
    if (except !== undefined && line % except === 0) continue;
    const off = line * spacing;
    lines.push(
      [from, to].flatMap((at) => [at * alongX - off * alongY, at * alongY + off * alongX]).map((value) => round(value)),
    );
  }
  return lines;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
