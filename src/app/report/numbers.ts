import type { PixelSize } from "../../engine/slide/types.ts";
import { msg, shownLocale } from "../words/words.ts";

/** Stands beside every number that rests on a pixel size that a person typed; the page says it by `say`. */
export const ASSUMED_MARK = msg`assumed`;

export function isAssumed(pixelSize: PixelSize | null): boolean {
  return pixelSize?.origin === "assumed";
}

/** "18.4 %": one decimal, none from 100 up. */
export function formatPercent(fraction: number): string {
  const percent = fraction * 100;
  return `${formatFixed(percent, percent >= 99.95 ? 0 : 1)} %`;
}

/** "41 %", never more than is done. */
export function formatWhole(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}

/** "37.2 mm²", three figures; small areas in µm² would be unreadable and stay in mm². */
export function formatMm2(areaMm2: number): string {
  return `${threeFigures(areaMm2)} mm²`;
}

/** A length in the unit that suits it: µm below one millimetre, mm below a metre. */
export function formatUm(lengthUm: number): string {
  return lengthUm < 1000 ? `${threeFigures(lengthUm)} µm` : `${threeFigures(lengthUm / 1000)} mm`;
}

/** "0.252 µm/px"; both directions when they differ by more than a thousandth. */
export function formatPixelSize({ mppX, mppY }: PixelSize): string {
  const differs = Math.abs(mppX - mppY) > 0.001 * Math.max(mppX, mppY);
  return differs ? `${threeFigures(mppX)} × ${threeFigures(mppY)} µm/px` : `${threeFigures(mppX)} µm/px`;
}

/** "0.52", with a third decimal where there is one. */
export function formatThreshold(threshold: number): string {
  const two = threshold.toFixed(2);
  return formatFixed(threshold, Math.abs(Number(two) - threshold) < 0.0005 ? 2 : 3);
}

/** "45,210" */
export function formatInteger(value: number): string {
  return Math.round(value).toLocaleString(shownLocale());
}

/** "12 s", "3 min", "1 h 5 min": never more precise than an estimate deserves. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return "1 s";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "1.2 GB", "260 kB" */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const figure = value < 10 && unit > 0 ? withLocalMark(String(Number(value.toFixed(1)))) : Math.round(value);
  return `${figure} ${units[unit]}`;
}

/** "24 Nov 2026, 14:02", by the clock of this computer. */
export function formatMoment(ms: number): string {
  const date = new Date(ms);
  const day = date.toLocaleDateString(shownLocale(), { day: "numeric", month: "short", year: "numeric" });
  return `${day}, ${date.toLocaleTimeString(shownLocale(), { hour: "2-digit", minute: "2-digit" })}`;
}

/** "20x", "2.5x" */
export function formatMagnification(magnification: number): string {
  return `${magnification >= 10 ? Math.round(magnification) : formatFigures(magnification, 2)}x`;
}

/** "0.50": so many decimals. */
export function formatFixed(value: number, decimals: number): string {
  return withLocalMark(value.toFixed(decimals));
}

/** "0.5": at most so many figures, and no zero at the end. */
export function formatFigures(value: number, figures: number): string {
  return withLocalMark(String(Number(value.toPrecision(figures))));
}

/** A number written by the machine, with the decimal mark of the shown language. */
export function withLocalMark(written: string): string {
  return written.replace(".", (1.5).toLocaleString(shownLocale()).charAt(1));
}

function threeFigures(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString(shownLocale());
  if (Math.abs(value) < 0.001) return withLocalMark(value.toPrecision(1));
  return formatFigures(value, 3);
}
