import { type Affine, inverse, joined } from "./affine.ts";

/** Of the stage's size, how much more lies around it on every side. */
const MARGIN = 0.25;
/** A drawing that takes longer than this, milliseconds, is not made anew for every frame of a movement. */
const QUICK_MS = 7;
/** Share of the time that slow drawings may take while something moves: one in so many. */
const SHARE = 5;
/** After the last movement, milliseconds, a slow drawing is made whatever it takes. */
const REST_MS = 150;

/** Draws the whole map onto a canvas on which the slide lies as told. */
export type DrawLayer = (context: CanvasRenderingContext2D, toLayer: Affine) => void;

/**
 * The map as a picture somewhat larger than the stage, which is moved along while one pans and drawn anew only when it shows something else, at another
 * zoom, or not enough. A map that takes long to draw is shown scaled for a moment while one zooms.
 */
export class MapLayer {
  readonly #canvas = document.createElement("canvas");
  readonly #onStale: () => void;
  #toLayer: Affine | null = null;
  #shown: unknown = null;
  #drawnAt = 0;
  #costMs = 0;
  #timer = 0;
  #isAtRest = false;

  /** `onStale`: called when what is shown should be drawn anew though nothing moves any more. */
  constructor(onStale: () => void) {
    this.#onStale = onStale;
  }

  /** `what`: anything that is another object when the map is another one. Draws onto the context, in its pixels. */
  paint(context: CanvasRenderingContext2D, toStage: Affine, what: unknown, draw: DrawLayer): void {
    const { width, height } = context.canvas;
    if (width === 0 || height === 0) return;
    const toLayer = this.#toLayer;
    const moved = toLayer && what === this.#shown && this.#fits(width, height) ? offsetOf(toLayer, toStage) : null;
    const isHere = moved !== null && this.#covers(moved, width, height);
    const startedAt = performance.now();
    const isNew = !isHere && (!toLayer || what !== this.#shown || this.#isTime());
    if (isNew) {
      this.#draw(width, height, toStage, what, draw);
    } else if (!isHere) {
      this.#later();
    }
    if (!this.#toLayer) return;
    const layerToStage = joined(inverse(this.#toLayer), toStage);
    const offset = offsetOf(this.#toLayer, toStage);
    context.save();
    if (offset) context.setTransform(1, 0, 0, 1, Math.round(offset.x), Math.round(offset.y));
    else
      context.setTransform(
        layerToStage.a,
        layerToStage.b,
        layerToStage.c,
        layerToStage.d,
        layerToStage.e,
        layerToStage.f,
      );
    context.drawImage(this.#canvas, 0, 0);
    context.restore();
    if (!isNew) return;
    // Browsers put drawing off until the picture is used.
    this.#drawnAt = performance.now();
    this.#costMs = this.#drawnAt - startedAt;
  }

  /** Whatever is shown is drawn anew next time. */
  forget(): void {
    this.#shown = null;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #draw(width: number, height: number, toStage: Affine, what: unknown, draw: DrawLayer): void {
    const [left, top] = [Math.round(width * MARGIN), Math.round(height * MARGIN)];
    const canvas = this.#canvas;
    if (canvas.width !== width + 2 * left) canvas.width = width + 2 * left;
    if (canvas.height !== height + 2 * top) canvas.height = height + 2 * top;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    this.#toLayer = { ...toStage, e: toStage.e + left, f: toStage.f + top };
    this.#shown = what;
    draw(context, this.#toLayer);
    clearTimeout(this.#timer);
  }

  #fits(width: number, height: number): boolean {
    const { width: own, height: ownHeight } = this.#canvas;
    return own === width + 2 * Math.round(width * MARGIN) && ownHeight === height + 2 * Math.round(height * MARGIN);
  }

  #covers({ x, y }: { readonly x: number; readonly y: number }, width: number, height: number): boolean {
    return x <= 0 && y <= 0 && x + this.#canvas.width >= width && y + this.#canvas.height >= height;
  }

  #isTime(): boolean {
    return this.#isAtRest || this.#costMs <= QUICK_MS || performance.now() - this.#drawnAt > SHARE * this.#costMs;
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#isAtRest = true;
      this.#onStale();
      this.#isAtRest = false;
    }, REST_MS);
  }
}

/** How far the layer lies from the stage when zoom, turn and flip are the same; null when they are not. */
function offsetOf(toLayer: Affine, toStage: Affine): { readonly x: number; readonly y: number } | null {
  const size = Math.max(Math.abs(toStage.a), Math.abs(toStage.b));
  const isSame = (["a", "b", "c", "d"] as const).every(
    (part) => Math.abs(toLayer[part] - toStage[part]) <= 1e-7 * size,
  );
  return isSame ? { x: toStage.e - toLayer.e, y: toStage.f - toLayer.f } : null;
}
