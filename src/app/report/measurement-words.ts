import { type MeasuredShape, measureShape, type ShapeFigures } from "../../engine/annotations/measurement.ts";
import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import type { PixelSize } from "../../engine/slide/types.ts";
import { t, withLocalMark } from "../words/words.ts";
import { formatArea, formatInteger, formatUm, isAssumed } from "./numbers.ts";

/** "1.23 mm", "0.42 mm², perimeter 2.9 mm": what stands beside a shape. */
export function measuredWords({ unit, length, area }: ShapeFigures): string {
  const far = unit === "um" ? formatUm(length) : `${formatInteger(length)} px`;
  if (area === null) return far;
  const wide = unit === "um" ? formatArea(area) : `${formatInteger(area)} px²`;
  return t`${wide}, perimeter ${far}`;
}

/** All measurements as a table for a spreadsheet, cells apart by tabs, with a line that says what they rest on. */
export function measurementTable(shapes: readonly MeasuredShape[], pixelSize: PixelSize | null): string {
  const [far, wide] = pixelSize ? ["µm", "µm²"] : ["px", "px²"];
  const rows = shapes.map((shape, i) => {
    const { length, area } = measureShape(shape, pixelSize);
    return [
      i + 1,
      shape.kind === "area" ? t`area` : t`length`,
      fourFigures(length),
      area === null ? "" : fourFigures(area),
    ];
  });
  const head = [t`No.`, t`kind`, t`length or perimeter (${far ?? ""})`, t`area (${wide ?? ""})`];
  return [...[head, ...rows].map((cells) => cells.join("\t")), scaleWords(pixelSize), RESEARCH_USE_NOTICE].join("\n");
}

function scaleWords(pixelSize: PixelSize | null): string {
  if (!pixelSize) return t`The pixel size is unknown: all numbers are in pixels of the slide.`;
  const mppX = withLocalMark(String(pixelSize.mppX));
  const mppY = withLocalMark(String(pixelSize.mppY));
  return isAssumed(pixelSize)
    ? t`Pixel size ${mppX} x ${mppY} µm, assumed: typed by a person, not from the file.`
    : t`Pixel size ${mppX} x ${mppY} µm, from the file.`;
}

function fourFigures(value: number): string {
  return withLocalMark(value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4))));
}
