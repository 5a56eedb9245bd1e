import type { DiagramBin, ReliabilityDiagram } from "./reliability-diagram.ts";

/** Pixels: the plot's square and the space around it; below the plot stands how the weight is spread over the bins. */
const SIDE = 360;
const LEFT = 64;
const TOP = 48;
const SPREAD = 60;
const GAP = 52;
const WIDTH = LEFT + SIDE + 24;
const HEIGHT = TOP + SIDE + GAP + SPREAD + 48;

/**
 * A reliability diagram as an SVG document: observed share against mean confidence of each bin with its interval, the line on which both agree,
 * and below it the share of the weight in each bin.
 */
export function reliabilitySvg(diagram: ReliabilityDiagram, title: string): string {
  const filled = diagram.bins.filter(
    ({ meanConfidence, observed }) => meanConfidence !== null && observed.value !== null,
  );
  const points = filled.map(({ meanConfidence, observed }) => ({ x: xOf(meanConfidence!), y: yOf(observed.value!) }));
  const error = diagram.expectedCalibrationError.value;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    label(WIDTH / 2, 20, title, 'text-anchor="middle" font-weight="bold"'),
    error === null
      ? ""
      : label(WIDTH / 2, 37, `expected calibration error ${error.toFixed(3)}`, 'text-anchor="middle"'),
    ...axes(),
    `<path d="M${xOf(0)} ${yOf(0)}L${xOf(1)} ${yOf(1)}" stroke="#999" stroke-dasharray="4 4"/>`,
    ...filled.flatMap(whisker),
    `<polyline points="${points.map(({ x, y }) => `${short(x)},${short(y)}`).join(" ")}" fill="none" stroke="#0b5fa5" stroke-width="2"/>`,
    ...points.map(({ x, y }) => `<circle cx="${short(x)}" cy="${short(y)}" r="4" fill="#0b5fa5"/>`),
    ...diagram.bins.map(bar),
    label(LEFT + SIDE / 2, HEIGHT - 10, "confidence", 'text-anchor="middle"'),
    "</svg>",
    "",
  ].join("\n");
}

function axes(): string[] {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const middle = TOP + SIDE / 2;
  const spreadMiddle = TOP + SIDE + GAP + SPREAD / 2;
  return [
    `<rect x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#333"/>`,
    `<path d="M${LEFT} ${TOP + SIDE + GAP + SPREAD}H${LEFT + SIDE}" stroke="#333"/>`,
    ...ticks.flatMap((tick) => [
      label(xOf(tick), TOP + SIDE + 16, tick.toFixed(1), 'text-anchor="middle"'),
      label(xOf(tick), TOP + SIDE + GAP + SPREAD + 16, tick.toFixed(1), 'text-anchor="middle"'),
      label(LEFT - 8, yOf(tick) + 4, tick.toFixed(1), 'text-anchor="end"'),
    ]),
    label(18, middle, "observed share", `text-anchor="middle" transform="rotate(-90 18 ${middle})"`),
    label(LEFT - 8, spreadMiddle, "share of", 'text-anchor="end"'),
    label(LEFT - 8, spreadMiddle + 14, "area", 'text-anchor="end"'),
  ];
}

function whisker({ meanConfidence, observed }: DiagramBin): string[] {
  if (observed.low === null || observed.high === null) return [];
  return [
    `<path d="M${short(xOf(meanConfidence!))} ${short(yOf(observed.low))}V${short(yOf(observed.high))}" stroke="#0b5fa5"/>`,
  ];
}

function bar({ from, to, weightShare, count }: DiagramBin): string {
  const height = weightShare * SPREAD;
  const y = TOP + SIDE + GAP + SPREAD - height;
  const box = `x="${short(xOf(from) + 1)}" y="${short(y)}" width="${short((to - from) * SIDE - 2)}" height="${short(height)}"`;
  return `<rect ${box} fill="#7fb2dd"><title>${(weightShare * 100).toFixed(1)} %, ${count} counted</title></rect>`;
}

function label(x: number, y: number, text: string, attributes: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<text x="${short(x)}" y="${short(y)}" ${attributes}>${safe}</text>`;
}

function xOf(value: number): number {
  return LEFT + value * SIDE;
}

function yOf(value: number): number {
  return TOP + SIDE - value * SIDE;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}
