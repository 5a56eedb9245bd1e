import { measureShape } from "../../engine/annotations/measurement.ts";
import { measuredWords } from "../report/measurement-words.ts";
import { ASSUMED_MARK, isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { say } from "../words/words.ts";
import type { Affine } from "./affine.ts";
import { drawCrossHair, drawDraft, drawShape, type ShapeStyle } from "./measured-shapes.ts";

/** What the reader points at and measures, over everything else. */
export function paintPointing(
  app: App,
  context: CanvasRenderingContext2D,
  toStage: Affine,
  pixelRatio: number,
  css: CSSStyleDeclaration,
): void {
  const style: ShapeStyle = {
    core: css.getPropertyValue("--contour-core"),
    casing: css.getPropertyValue("--contour-casing"),
    pixelRatio,
    ground: css.getPropertyValue("--surface"),
    ink: css.getPropertyValue("--text"),
    font: `${12 * pixelRatio}px ${css.fontFamily}`,
  };
  const pixelSize = app.slide.pixelSize.value;
  const mark = isAssumed(pixelSize) ? ` (${say(ASSUMED_MARK)})` : "";
  const wordsOf = (shape: Parameters<typeof measureShape>[0]) =>
    `${measuredWords(measureShape(shape, pixelSize))}${mark}`;
  app.measure.shapes.value.forEach((shape, i) => {
    drawShape(context, shape, { number: String(i + 1), words: wordsOf(shape) }, toStage, style);
  });
  const cursor = app.view.cursor.value;
  const kind = app.measure.tool.value;
  const draft = app.measure.draft.value;
  if (kind && draft.length > 0) {
    const next = cursor?.by === "tap" ? null : cursor;
    const words = next ? wordsOf({ kind, points: [...draft, next] }) : "";
    drawDraft(context, { kind, points: draft }, next, words, toStage, style);
  }
  const known = app.knownLength.mode.value;
  if (known.kind === "on" && known.line) {
    drawShape(context, { kind: "length", points: [known.line.from, known.line.to] }, null, toStage, style);
  }
  if (cursor && cursor.by !== "pointer") drawCrossHair(context, cursor, toStage, style);
}
