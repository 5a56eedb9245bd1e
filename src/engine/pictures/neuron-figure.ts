import { RESEARCH_USE_NOTICE } from "../base/research-use.ts";
import type { RgbaImage } from "../slide/types.ts";
import { type Drawing, type DrawingItem, fitText, INK, QUIET_INK, textWidth } from "./drawing.ts";
import type { Neuron } from "./neurons.ts";

/** A neuron with the pictures of the patches that excite it most, all of one size, most excited first. */
export interface NeuronRow {
  readonly neuron: Neuron;
  readonly pictures: readonly RgbaImage[];
}

export interface NeuronFigureOptions {
  readonly packName: string;
  /** Whether the pack weighs several windows, which are then named. */
  readonly hasWindows: boolean;
  /** Pixels per side of a picture. */
  readonly side: number;
  /** Further words under the heading, such as how many images were looked at. */
  readonly remark: string;
}

const MARGIN = 24;
const GAP = 4;
const HEADING = 20;
const TEXT = 14;
const SMALL = 12;

/** Fig. 5 of Xu et al., ICASSP 2015: a row for each neuron, at its left the class for which it speaks and its weight. */
export function neuronFigure(rows: readonly NeuronRow[], options: NeuronFigureOptions): Drawing {
  const { side } = options;
  const labels = rows.map(({ neuron }) => neuronWords(neuron, options.hasWindows));
  const labelWidth = Math.min(
    260,
    Math.max(120, ...labels.flatMap(({ head, facts }) => [textWidth(head, TEXT) + 8, textWidth(facts, SMALL)])),
  );
  const columns = Math.max(1, ...rows.map(({ pictures }) => pictures.length));
  const left = Math.round(MARGIN + 1.1 * labelWidth + 12);
  const top = MARGIN + HEADING + 34;
  const width = Math.max(left + columns * (side + GAP) - GAP + MARGIN, 620);
  const items: DrawingItem[] = [
    text("Patches that excite the strongest neurons", MARGIN, MARGIN + HEADING * 0.75, HEADING, true),
    text(
      fitText(`${options.packName}. ${options.remark}`, SMALL, width - 2 * MARGIN),
      MARGIN,
      MARGIN + HEADING + 14,
      SMALL,
    ),
  ];
  rows.forEach(({ pictures }, row) => {
    const y = top + row * (side + GAP);
    const { head, facts } = labels[row]!;
    items.push(
      text(fitText(head, TEXT, labelWidth), MARGIN, y + side / 2 - 3, TEXT, true),
      text(facts, MARGIN, y + side / 2 + SMALL + 4, SMALL),
      ...pictures.map((image, column): DrawingItem => ({ kind: "picture", x: left + column * (side + GAP), y, image })),
    );
  });
  const bottom = top + rows.length * (side + GAP);
  items.push(text(RESEARCH_USE_NOTICE, MARGIN, bottom + MARGIN, SMALL));
  return {
    width: Math.ceil(width),
    height: Math.ceil(bottom + MARGIN * 2),
    title: `Neurons of ${options.packName}`,
    items,
  };
}

/** "Necrosis +0.031" and "channel 231, window 152 px". */
export function neuronWords(neuron: Neuron, hasWindows: boolean): { readonly head: string; readonly facts: string } {
  const window = hasWindows ? `, window ${neuron.side} px` : "";
  return { head: `${neuron.speaksFor} ${weightWords(neuron)}`, facts: `channel ${neuron.channel}${window}` };
}

/** "+0.031", with a true minus sign. */
export function weightWords({ weight }: Pick<Neuron, "weight">): string {
  return `${weight < 0 ? "−" : "+"}${Math.abs(weight).toPrecision(2)}`;
}

function text(words: string, x: number, y: number, size: number, isBold = false): DrawingItem {
  return { kind: "text", x, y, text: words, size, anchor: "start", isBold, colour: isBold ? INK : QUIET_INK };
}
