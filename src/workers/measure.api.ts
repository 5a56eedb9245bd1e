import type { MapToMeasure, MeasuredMap } from "../engine/heatmap/measure-map.ts";

/** What the measuring worker answers. All arguments and results can be cloned. */
export interface MeasureApi {
  /** Takes the map that the next calls are about. */
  load(map: MapToMeasure): Promise<void>;
  /** As `MapMeter.measure`. Transferred. */
  measure(threshold: number): Promise<MeasuredMap>;
  /** As `MapMeter.finish`. Transferred. */
  finish(threshold: number): Promise<MeasuredMap>;
}

export interface MeasureQuestion {
  readonly map: MapToMeasure;
  readonly threshold: number;
}

/** Measures maps as thresholds move. Whoever makes it closes it. */
export interface Measurer {
  /**
   * `hear` gets the numbers first, and the rest of the same threshold once nothing was asked for a moment. Asked again before an answer is there, only
   * the last question is answered.
   */
  ask(question: MeasureQuestion, hear: (answer: MeasuredMap) => void): void;
  /** Drops what was asked, and the map. */
  forget(): void;
}
