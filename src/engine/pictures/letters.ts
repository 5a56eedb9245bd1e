/**
 * Letters of lines and bows, for pictures made where there are no fonts. A glyph is paths apart by spaces; a path is a mark and its
 * points, a character (0-9, a-g: 0 to 16) for each coordinate. Capitals stand from y = 0 to the baseline at 12, small letters from 4, tails end at
 * 16. `-`: straight lines; `~`: a quadratic B-spline that starts and ends in its outer points; `o`: a closed one.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  A: "-0c408c -1979",
  B: "-000c ~004070764606 ~0646868c4c0c",
  C: "~8380000c8c89",
  D: "-000c ~0040808c4c0c",
  E: "-70000c7c -0656",
  F: "-70000c -0656",
  G: "~8380000c8c87 -8747",
  H: "-000c -808c -0686",
  I: "-0040 -202c -0c4c",
  J: "~60686c0c09",
  K: "-000c -8007 -348c",
  L: "-000c7c",
  M: "-0c0048808c",
  N: "-0c008c80",
  O: "o00909c0c",
  P: "-0c00 ~004080874707",
  Q: "o00909c0c -699d",
  R: "-0c00 ~004080864606 -468c",
  S: "~82800006868c0c0a",
  T: "-0080 -404c",
  U: "~00080c8c8880",
  V: "-004c80",
  W: "-002c538ca0",
  X: "-008c -800c",
  Y: "-004680 -464c",
  Z: "-00800c8c",
  a: "o04747c0c -747c",
  b: "-000c o04747c0c",
  c: "~7674040c7c7a",
  d: "-707c o04747c0c",
  e: "-0878 ~7874040c7c7a",
  f: "~5020242c -0444",
  g: "o04747c0c ~747c7g0g0e",
  h: "-000c ~080474787c",
  i: "-040c -0000",
  j: "~343c3g0g -3030",
  k: "-000c -6409 -276c",
  l: "-000c",
  m: "-040c ~080454585c ~5854a4a8ac",
  n: "-040c ~080474787c",
  o: "o04747c0c",
  p: "-040g o04747c0c",
  q: "-747g o04747c0c",
  r: "-040c ~080454",
  s: "~65640408686c0c0b",
  t: "~21282c5c -0454",
  u: "~04080c7c78 -747c",
  v: "-043c64",
  w: "-042c558ca4",
  x: "-046c -640c",
  y: "-043c -641g",
  z: "-04640c6c",
  "0": "o00707c0c",
  "1": "-03404c",
  "2": "~030070750c -0c7c",
  "3": "~0200707636 ~36767c0c0a",
  "4": "-5c500878",
  "5": "-601005 ~0545757c0c0a",
  "6": "~600209 o05757c0c",
  "7": "-00702c",
  "8": "o10606616 o06767c0c",
  "9": "o00707707 ~737a1c",
  ".": "-0c0c",
  ",": "-1c0e",
  ":": "-0505 -0c0c",
  ";": "-1515 -1c0e",
  "-": "-0747",
  "+": "-0767 -343a",
  "−": "-0767",
  "–": "-0767",
  "=": "-0565 -0969",
  _: "-0d7d",
  "/": "-0d60",
  "\\": "-006d",
  "|": "-000e",
  "(": "~30073e",
  ")": "~00370e",
  "[": "-30000e3e",
  "]": "-00303e0e",
  "%": "-1c70 o00303404 o58888c5c",
  "#": "-1c30 -5c70 -0484 -0888",
  "<": "-63076b",
  ">": "-03670b",
  "?": "~0300606536 -3639 -3c3c",
  "!": "-0008 -0c0c",
  "'": "-0003",
  '"': "-0003 -3033",
  "*": "-3137 -0266 -6206",
  "×": "-056b -650b",
  "·": "-0707",
  µ: "-040g ~04080c7c78 -747c",
  "°": "o00303404",
};

/** For what there is no glyph of: an empty box. */
const UNKNOWN = "-00600c";
const UNITS_PER_EM = 12 / 0.72;
const GAP = 3.2;
const SPACE = 5;
/** Straight pieces of one bow of a spline. */
const PIECES = 5;

export type Polyline = readonly (readonly [x: number, y: number])[];

/** Text as lines, origin at the start of its baseline, y down, in units of `size` pixels per em. */
export function textLines(text: string, size: number): { readonly lines: readonly Polyline[]; readonly width: number } {
  const unit = size / UNITS_PER_EM;
  const lines: Polyline[] = [];
  let at = 0;
  for (const letter of plainLetters(text)) {
    if (letter === " ") {
      at += SPACE;
      continue;
    }
    const paths = glyphPaths(GLYPHS[letter] ?? UNKNOWN);
    for (const path of paths) lines.push(path.map(([x, y]) => [(at + x) * unit, (y - 12) * unit]));
    at += Math.max(...paths.flatMap((path) => path.map(([x]) => x))) + GAP;
  }
  return { lines, width: Math.max(0, at - GAP) * unit };
}

/** Accents go: letters with them are rare in names of classes and files, and legible without. */
function plainLetters(text: string): string[] {
  return [...text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s/g, " ")];
}

function glyphPaths(glyph: string): Polyline[] {
  return glyph.split(" ").map((path) => {
    const points = pointsOf(path.slice(1));
    if (path.startsWith("~")) return spline(points);
    if (path.startsWith("o")) return closedSpline(points);
    return points;
  });
}

function pointsOf(code: string): Polyline {
  const numbers = [...code].map((digit) => Number.parseInt(digit, 17));
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!]);
}

function spline(points: Polyline): Polyline {
  const first = points[0]!;
  const line: (readonly [number, number])[] = [first];
  let from = first;
  for (let i = 1; i < points.length - 1; i++) {
    const to = i === points.length - 2 ? points[i + 1]! : middle(points[i]!, points[i + 1]!);
    line.push(...bow(from, points[i]!, to));
    from = to;
  }
  return line;
}

function closedSpline(points: Polyline): Polyline {
  const line = points.flatMap((point, i) => {
    const before = points[(i + points.length - 1) % points.length]!;
    const after = points[(i + 1) % points.length]!;
    return bow(middle(before, point), point, middle(point, after));
  });
  return [...line, line[0]!];
}

/** The quadratic Bezier curve, without its start. */
function bow(from: readonly [number, number], control: readonly [number, number], to: readonly [number, number]) {
  return Array.from({ length: PIECES }, (_, i): readonly [number, number] => {
    const t = (i + 1) / PIECES;
    const at = (axis: 0 | 1) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * control[axis] + t ** 2 * to[axis];
    return [at(0), at(1)];
  });
}

function middle(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
