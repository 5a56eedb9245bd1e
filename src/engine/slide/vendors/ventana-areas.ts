import { AppError } from "../../base/errors.ts";
import { type XmlElement, xmlChild, xmlChildren } from "../xml.ts";

/** A scanned area of a Ventana slide: a grid of camera frames that overlap, in pixels of level 0. */
export interface VentanaArea {
  /** First tile of the page that belongs to it. */
  readonly startCol: number;
  readonly startRow: number;
  /** Left edge of each column and top edge of each row on the slide, ascending. */
  readonly lefts: readonly number[];
  readonly tops: readonly number[];
}

/** The page that holds the frames of level 0. */
export interface FramePage {
  readonly cols: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

interface ParsedArea {
  readonly startCol: number;
  readonly startRow: number;
  readonly cols: number;
  readonly rows: number;
  /** Of the left bottom corner, y upwards. */
  readonly x: number;
  readonly y: number;
  readonly across: Joints;
  readonly down: Joints;
}

/** Overlaps of neighbouring columns or rows: sums over their joints, one entry a gap. */
interface Joints {
  readonly weights: Float64Array;
  readonly overlaps: Float64Array;
}

const MAX_AREAS = 64;
/** Columns and rows of all areas together; a slide of 200,000 pixels has 400. */
const MAX_LINES = 20_000;

/**
 * Where the frames belong, by the `EncodeInfo` of level 0 (Roche Digital Pathology, "BIF Whitepaper", 2020, pages 12 to
 * 15; frames in the file lie row by row, joints number them from the bottom left in a serpentine). Scanners of the DP
 * series give each gap between columns its own overlap; older ones give values that differ by chance from joint to
 * joint, and there the mean over all joints, weighed by their confidence, holds for every gap, as OpenSlide has it.
 * Throws `slide/malformed`.
 */
export function ventanaAreas(encodeInfo: XmlElement, page: FramePage, isDpSeries: boolean): VentanaArea[] {
  const infos = xmlChildren(xmlChild(encodeInfo, "SlideStitchInfo"), "ImageInfo").slice(0, MAX_AREAS);
  const origins = xmlChild(encodeInfo, "AoiOrigin")?.children ?? [];
  const scanned = infos.filter((info) => numberOf(info, "AOIScanned") !== 0);
  const lines = scanned.reduce((sum, info) => sum + numberOf(info, "NumCols") + numberOf(info, "NumRows"), 0);
  if (lines > MAX_LINES) throw malformed(`at most ${MAX_LINES} columns and rows`, String(lines));
  const parsed = infos.flatMap((info, i) => (scanned.includes(info) ? [parseArea(info, origins[i], page)] : []));
  if (parsed.length === 0) throw malformed("at least one scanned area", "none");
  const acrossAll = overallMean(parsed.map(({ across }) => across));
  const downAll = overallMean(parsed.map(({ down }) => down));
  const placed = parsed.map((area) => {
    const lefts = edgesOf(area.cols, page.tileWidth, area.across, acrossAll, isDpSeries);
    const tops = edgesOf(area.rows, page.tileHeight, area.down, downAll, isDpSeries);
    return { ...area, lefts, tops, height: Math.trunc((tops.at(-1) ?? 0) + page.tileHeight) };
  });
  const top = Math.max(...placed.map(({ y, height }) => y + height));
  // A scanner of the DP series counts from the edge of its stage: what lies left of all areas is left out.
  const left = isDpSeries ? Math.min(...placed.map(({ x }) => x)) : 0;
  return placed.map(({ startCol, startRow, x, y, lefts, tops, height }) => ({
    startCol,
    startRow,
    lefts: lefts.map((edge) => edge + x - left),
    tops: tops.map((edge) => edge + top - y - height),
  }));
}

function parseArea(info: XmlElement, origin: XmlElement | undefined, page: FramePage): ParsedArea {
  if (!origin) throw malformed("the origin of each area", "fewer");
  const width = numberOf(info, "Width");
  const height = numberOf(info, "Height");
  if (width !== page.tileWidth || height !== page.tileHeight) {
    throw malformed(`frames of ${page.tileWidth} x ${page.tileHeight} pixels`, `${width} x ${height}`);
  }
  const cols = numberOf(info, "NumCols");
  const rows = numberOf(info, "NumRows");
  const startCol = numberOf(origin, "OriginX") / width;
  const startRow = numberOf(origin, "OriginY") / height;
  const isInside =
    [cols, rows, startCol, startRow].every(Number.isInteger) &&
    startCol >= 0 &&
    startRow >= 0 &&
    cols >= 1 &&
    rows >= 1 &&
    startCol + cols <= page.cols &&
    startRow + rows <= page.rows;
  if (!isInside) {
    throw malformed(
      `an area within ${page.cols} x ${page.rows} frames`,
      `${cols} x ${rows} from ${startCol}, ${startRow}`,
    );
  }
  const [across, down] = parseJoints(xmlChildren(info, "TileJointInfo"), cols, rows);
  const x = Math.trunc(numberOf(info, "Pos-X"));
  const y = Math.trunc(numberOf(info, "Pos-Y"));
  return { startCol, startRow, cols, rows, x, y, across, down };
}

function parseJoints(joints: readonly XmlElement[], cols: number, rows: number): [Joints, Joints] {
  const across = { weights: new Float64Array(cols), overlaps: new Float64Array(cols) };
  const down = { weights: new Float64Array(rows), overlaps: new Float64Array(rows) };
  for (const joint of joints) {
    const a = frameAt(numberOf(joint, "Tile1"), cols, rows);
    const b = frameAt(numberOf(joint, "Tile2"), cols, rows);
    // LEFT and RIGHT, UP and DOWN only tell which way the overlap was measured.
    const isAcross = Math.abs(a.col - b.col) === 1 && a.row === b.row;
    const isDown = Math.abs(a.row - b.row) === 1 && a.col === b.col;
    if (!isAcross && !isDown) throw malformed("joints of neighbouring frames", "one of frames apart");
    const confidence = Math.max(0, numberOf(joint, "Confidence"));
    const gap = isAcross ? Math.min(a.col, b.col) : Math.min(a.row, b.row);
    const axis = isAcross ? across : down;
    axis.weights[gap] = axis.weights[gap]! + confidence;
    axis.overlaps[gap] = axis.overlaps[gap]! + confidence * numberOf(joint, isAcross ? "OverlapX" : "OverlapY");
  }
  return [across, down];
}

/** Numbers start with 1 at the bottom left, go right, then left in the row above, and so on. */
function frameAt(number: number, cols: number, rows: number): { col: number; row: number } {
  if (!Number.isInteger(number) || number < 1 || number > cols * rows) {
    throw malformed(`a frame from 1 to ${cols * rows}`, String(number));
  }
  const fromBottom = Math.floor((number - 1) / cols);
  const along = (number - 1) % cols;
  return { col: fromBottom % 2 === 0 ? along : cols - 1 - along, row: rows - 1 - fromBottom };
}

/** Mean overlap over all gaps, weighed by confidence; 0 without a joint. */
function overallMean(joints: readonly Joints[]): number {
  const sum = (values: readonly Float64Array[]) =>
    values.reduce((total, array) => total + array.reduce((part, value) => part + value, 0), 0);
  const weight = sum(joints.map(({ weights }) => weights));
  return weight > 0 ? sum(joints.map(({ overlaps }) => overlaps)) / weight : 0;
}

function edgesOf(count: number, tile: number, joints: Joints, mean: number, isByGap: boolean): number[] {
  const edges = [0];
  for (let gap = 0; gap + 1 < count; gap++) {
    const weight = joints.weights[gap]!;
    const overlap = isByGap && weight > 0 ? joints.overlaps[gap]! / weight : mean;
    if (!(Math.abs(overlap) <= tile / 2)) throw malformed("frames that overlap by at most half", `${overlap} pixels`);
    edges.push(isByGap ? edges[gap]! + tile - overlap : (gap + 1) * (tile - mean));
  }
  return edges;
}

function numberOf(element: XmlElement, name: string): number {
  const text = element.attributes.get(name);
  const value = Number(text ?? Number.NaN);
  if (Math.abs(value) <= 1e9 && text?.trim() !== "") return value;
  throw malformed(`a number as ${name} of ${element.name}`, text ?? "none");
}

function malformed(expected: string, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected ${expected} in the stitching data of the Ventana slide, found ${found.slice(0, 40)}; the file is damaged. Copy or download it again.`,
  );
}
