import type { App } from "../state/app.ts";
import type { ViewState } from "../state/view.ts";
import type { PointHandlers } from "./point-tool.ts";

/** CSS pixels: an arrow key with Shift moves the slide farther. */
const KEY_REACH_PX = 1;

/** What the points that are set on the slide make. */
export function pointHandlers(app: App): PointHandlers {
  return {
    onPoint: (point, reachPx) => app.measure.setPoint(point, onSlide(app.view, reachPx)),
    onStroke: (point, isFirst) => app.measure.addStroke(point, isFirst),
  };
}

/**
 * Measuring without a pointer: Enter or Space sets a point in the middle of the stage, and where the last one stands ends the shape; Backspace takes
 * the last step back. True when the key was one of these.
 */
export function measureByKey({ measure, view }: App, key: string): boolean {
  if (measure.tool.value === null) return false;
  if (key === "Backspace") {
    measure.undo();
    return true;
  }
  if (key !== "Enter" && key !== " ") return false;
  const cursor = view.cursor.value;
  if (cursor) measure.setPoint(cursor, onSlide(view, KEY_REACH_PX));
  return true;
}

/** CSS pixels as level-0 pixels, as far as the slide is magnified now. */
function onSlide(view: ViewState, px: number): number {
  return px / (view.reading.value?.pixelsPerPixel0 ?? 1);
}
