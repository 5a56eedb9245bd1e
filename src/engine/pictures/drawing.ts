import type { RgbaImage } from "../slide/types.ts";
import { textLines } from "./letters.ts";

export type Colour = readonly [red: number, green: number, blue: number];

export interface PictureItem {
  readonly kind: "picture";
  readonly x: number;
  readonly y: number;
  /** In its own pixels; drawn one to one. */
  readonly image: RgbaImage;
}

export interface TextItem {
  readonly kind: "text";
  /** Of the baseline: its start, middle or end, as `anchor` says. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Pixels per em. */
  readonly size: number;
  readonly anchor: "start" | "middle" | "end";
  readonly isBold: boolean;
  readonly colour: Colour;
}

export interface BoxItem {
  readonly kind: "box";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: Colour;
}

export type DrawingItem = PictureItem | TextItem | BoxItem;

/** A figure as data, on white, y down, pixels; written as SVG, as pixels or onto a canvas. Later items lie over earlier ones. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly items: readonly DrawingItem[];
}

export const INK: Colour = [26, 27, 29];
export const QUIET_INK: Colour = [91, 92, 98];

/** Width of a line in the built-in letters; a system's font is about as wide. */
export function textWidth(text: string, size: number): number {
  return textLines(text, size).width;
}

/** The text with its end cut so that it fits, or as it is. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let end = text.length - 1;
  while (end > 1 && textWidth(`${text.slice(0, end)}...`, size) > width) end--;
  return `${text.slice(0, end)}...`;
}
