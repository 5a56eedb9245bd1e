import type { LensInside } from "../state/settings.ts";
import type { MapStyle } from "./map-overlay.ts";

/** Of the ring, CSS pixels; on a small stage a quarter of its shorter side. */
const RADIUS = 110;
/** A finger that moved no farther, CSS pixels, has tapped. */
const TAP = 10;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * A round spyglass on the stage. It follows mouse and pen; where there is neither it stands in the middle, so that the slide is moved below it by finger or
 * arrow keys. A tap brings it.
 */
export class Lens {
  readonly #frame: HTMLElement;
  readonly #listening = new AbortController();
  /** CSS pixels of the stage; null: in the middle. */
  #spot: Spot | null = null;
  #pressed: Spot | null = null;

  /** `onMove`: called when it stands elsewhere. */
  constructor(frame: HTMLElement, onMove: () => void) {
    this.#frame = frame;
    const move = (spot: Spot | null) => {
      this.#spot = spot;
      onMove();
    };
    const options = { signal: this.#listening.signal, capture: true };
    frame.addEventListener(
      "pointermove",
      (event) => {
        if (event.pointerType !== "touch") move(this.#spotOf(event));
      },
      options,
    );
    frame.addEventListener("pointerdown", (event) => { this.#pressed = this.#spotOf(event); }, options);
    frame.addEventListener(
      "pointerup",
      (event) => {
        const [from, to] = [this.#pressed, this.#spotOf(event)];
        const isTap = from && Math.hypot(to.x - from.x, to.y - from.y) <= TAP;
        if (event.pointerType === "touch" && isTap) move(to);
      },
      options,
    );
    frame.addEventListener("keydown", (event) => { if (event.key.startsWith("Arrow")) move(null); }, options);
  }

  /** Keeps what is painted next to the inside or the outside of the ring; to be undone by the context's `restore`. */
  clip(context: CanvasRenderingContext2D, inside: LensInside, pixelRatio: number): void {
    const path = this.#circle(pixelRatio);
    if (inside === "tissue") path.rect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clip(path, "evenodd");
  }

  drawRing(context: CanvasRenderingContext2D, { core, casing, pixelRatio }: MapStyle): void {
    const path = this.#circle(pixelRatio);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const { colour, width } of [
      { colour: casing, width: 4 },
      { colour: core, width: 1.5 },
    ]) {
      context.strokeStyle = colour;
      context.lineWidth = width * pixelRatio;
      context.stroke(path);
    }
    context.restore();
  }

  close(): void {
    this.#listening.abort();
  }

  #spotOf(event: PointerEvent): Spot {
    const box = this.#frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #circle(pixelRatio: number): Path2D {
    const { clientWidth, clientHeight } = this.#frame;
    const { x, y } = this.#spot ?? { x: clientWidth / 2, y: clientHeight / 2 };
    const radius = Math.min(RADIUS, Math.min(clientWidth, clientHeight) / 4);
    const path = new Path2D();
    path.arc(x * pixelRatio, y * pixelRatio, radius * pixelRatio, 0, 2 * Math.PI);
    path.closePath();
    return path;
  }
}
