import { description, type MadePage, madeTiff, pattern, xmp } from "./tiff-file.ts";

/** A scanned area: its first tile of the page, its size in tiles, and its place as the scanner says it. */
export interface MadeArea {
  readonly col: number;
  readonly row: number;
  readonly cols: number;
  readonly rows: number;
  readonly posX: number;
  /** Of its lower edge, upwards. */
  readonly posY: number;
}

export interface MadeVentana {
  readonly cols: number;
  readonly rows: number;
  readonly areas: readonly MadeArea[];
  /** Pixels by which the column right of `gap` covers the one left of it; counted within the area. */
  readonly overlapX: (gap: number) => number;
  /** The same for the row below `gap`. */
  readonly overlapY: (gap: number) => number;
  readonly scannerModel?: string;
  /** What joints between columns are called; default RIGHT. */
  readonly across?: "LEFT" | "RIGHT";
}

export const VENTANA_TILE = 64;

/** Two areas with the same overlap everywhere, which OpenSlide opens. */
export const VENTANA_ISCAN: MadeVentana = {
  cols: 5,
  rows: 4,
  areas: [
    { col: 0, row: 0, cols: 3, rows: 2, posX: 0, posY: 200 },
    { col: 3, row: 2, cols: 2, rows: 2, posX: 220, posY: 12 },
  ],
  overlapX: () => 8,
  overlapY: () => 4,
};

/**
 * A Ventana BIF as OpenSlide's source and Roche's whitepaper describe it: label and thumbnail, then three levels whose
 * pages lay the frames side by side; level k is the page of level 0 made 2^k times smaller. `edit` gets the last
 * word on the stitching data.
 */
export function madeBif(slide: MadeVentana, edit = (xml: string) => xml): Uint8Array<ArrayBuffer> {
  const levels = [0, 1, 2].map((level) => levelPage(slide.cols * VENTANA_TILE, slide.rows * VENTANA_TILE, level));
  const [finest, ...coarser] = levels;
  if (!finest) throw new RangeError("a slide without a level");
  const stitching = { ...finest, fields: [...(finest.fields ?? []), xmp(edit(encodeInfo(slide)))] };
  return madeTiff([...firstPages(iScan(slide.scannerModel)), stitching, ...coarser], true);
}

/** The plain TIFF that the same scanners write: tiles do not overlap, and `iScan` lies within `Metadata`. */
export function madeVentanaTiff(): Uint8Array<ArrayBuffer> {
  const levels = [0, 1, 2].map((level) => levelPage(300, 200, level));
  return madeTiff([...firstPages(`<Metadata>${iScan()}</Metadata>`), ...levels], true);
}

function firstPages(xml: string): MadePage[] {
  return [
    { width: 40, height: 90, colour: pattern(9), fields: [description("Label Image"), xmp(xml)] },
    { width: 30, height: 20, colour: pattern(8), fields: [description("Thumbnail")] },
  ];
}

function levelPage(width: number, height: number, level: number): MadePage {
  return {
    width: width >> level,
    height: height >> level,
    tile: [VENTANA_TILE, VENTANA_TILE],
    colour: pattern(level),
    fields: [description(`level=${level} mag=${40 / 2 ** level} quality=95`)],
  };
}

function iScan(scannerModel?: string): string {
  const model = scannerModel === undefined ? "" : ` ScannerModel="${scannerModel}"`;
  return `<iScan${model} Magnification="40" ScanRes="0.2325" UnitNumber="BI07N0207" UserName="made" Z-layers="1" BuildVersion="3.3.1.1"><AOI0 Left="1" Top="2"/></iScan>`;
}

function encodeInfo({ areas, overlapX, overlapY, across = "RIGHT" }: MadeVentana): string {
  const infos = areas.map(({ cols, rows, posX, posY }) => {
    const joints: string[] = [];
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++) {
        const here = frameNumber(col, row, cols, rows);
        if (col + 1 < cols) joints.push(joint(across, here, frameNumber(col + 1, row, cols, rows), overlapX(col), 0));
        if (row > 0) joints.push(joint("UP", here, frameNumber(col, row - 1, cols, rows), 0, overlapY(row - 1)));
      }
    }
    return `<ImageInfo AOIScanned="1" Width="${VENTANA_TILE}" Height="${VENTANA_TILE}" NumRows="${rows}" NumCols="${cols}" Pos-X="${posX}" Pos-Y="${posY}">${joints.join("")}</ImageInfo>`;
  });
  const origins = areas.map(
    ({ col, row }, i) => `<AOI${i} OriginX="${col * VENTANA_TILE}" OriginY="${row * VENTANA_TILE}"/>`,
  );
  return `<EncodeInfo Ver="2"><SlideStitchInfo>${infos.join("")}</SlideStitchInfo><AoiOrigin>${origins.join("")}</AoiOrigin></EncodeInfo>`;
}

function joint(direction: string, tile1: number, tile2: number, x: number, y: number): string {
  return `<TileJointInfo FlagJoined="1" Confidence="100" Direction="${direction}" Tile1="${tile1}" Tile2="${tile2}" OverlapX="${x}" OverlapY="${y}"/>`;
}

/** From 1 at the bottom left to the right, then leftwards in the row above, and so on. */
function frameNumber(col: number, row: number, cols: number, rows: number): number {
  const fromBottom = rows - 1 - row;
  return fromBottom * cols + (fromBottom % 2 === 0 ? col : cols - 1 - col) + 1;
}
