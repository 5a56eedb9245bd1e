import type { Cursor, Point0 } from "../state/view.ts";
import { type Affine, onSlide, type StagePoint } from "./affine.ts";

type Target =
  | { readonly kind: "pointer"; readonly at: StagePoint }
  | { readonly kind: "tap"; readonly x0: number; readonly y0: number }
  | { readonly kind: "keys" };

/** Keys that move the slide under the cross-hair or set a point there. */
const POINTING_KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", " "]);
/** CSS pixels that a finger may slip and still tap. */
const STILL = 6;

/**
 * What the reader points at: with a mouse or a hovering pen what lies under it; with a finger the place that was tapped last, which stays
 * there; with the keyboard on the stage its middle.
 */
export class Aim {
  readonly #element: HTMLElement;
  readonly #onChange: () => void;
  readonly #ending = new AbortController();
  #twin: HTMLElement | null = null;
  #twinEnding: AbortController | null = null;
  #target: Target | null = null;
  /** Where a pointer went down since a key was pressed last, in CSS pixels of the stage; null after a key. */
  #pressed: StagePoint | null = null;

  /** `element`: the stage. `focusable`: what in it takes the keyboard. */
  constructor(element: HTMLElement, focusable: HTMLElement, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
    this.#listenOn(element, this.#ending.signal);
    element.ownerDocument.addEventListener(
      "keydown",
      ({ key }) => {
        this.#pressed = null;
        // The keyboard may have been on the stage since before the slide was.
        const isOnStage = element.ownerDocument.activeElement === focusable;
        if (isOnStage && this.#target === null && POINTING_KEYS.has(key)) this.useMiddle();
      },
      { capture: true, signal: this.#ending.signal },
    );
    focusable.addEventListener("focus", () => {
      if (this.#pressed === null && focusable.matches(":focus-visible")) this.useMiddle();
    });
    focusable.addEventListener("blur", () => {
      if (this.#target?.kind === "keys") this.#set(null);
    });
  }

  /** A second pane that shows the same as the stage: what is pointed at there is pointed at here. */
  useTwin(pane: HTMLElement | null): void {
    this.#twinEnding?.abort();
    this.#twinEnding = new AbortController();
    this.#twin = pane;
    if (pane) this.#listenOn(pane, this.#twinEnding.signal);
  }

  /** CSS pixels of the stage. */
  stagePoint({ clientX, clientY, target }: Pick<PointerEvent, "clientX" | "clientY" | "target">): StagePoint {
    const twin = target instanceof Node && this.#twin?.contains(target) ? this.#twin : null;
    const box = (twin ?? this.#element).getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }

  /** A finger or pen that comes up where it went down, however long that took, taps. */
  tap(event: PointerEvent, { x0, y0 }: Point0): void {
    const at = this.stagePoint(event);
    const isStill = this.#pressed && Math.hypot(at.x - this.#pressed.x, at.y - this.#pressed.y) < STILL;
    if (isStill && event.pointerType !== "mouse") this.#set({ kind: "tap", x0, y0 });
  }

  useMiddle(): void {
    this.#set({ kind: "keys" });
  }

  forget(): void {
    this.#set(null);
  }

  /** `toStage` in CSS pixels. */
  on(toStage: Affine): Cursor | null {
    const target = this.#target;
    if (!target) return null;
    if (target.kind === "tap") return { x0: target.x0, y0: target.y0, by: "tap" };
    const { clientWidth, clientHeight } = this.#element;
    const at = target.kind === "pointer" ? target.at : { x: clientWidth / 2, y: clientHeight / 2 };
    return { ...onSlide(toStage, at), by: target.kind };
  }

  close(): void {
    this.#ending.abort();
    this.#twinEnding?.abort();
  }

  #listenOn(pane: HTMLElement, signal: AbortSignal): void {
    const early = { capture: true, signal };
    pane.addEventListener("pointermove", (event) => this.#onMove(event), early);
    pane.addEventListener("pointerdown", (event) => this.#onPress(event), early);
    const onLeave = () => {
      if (this.#target?.kind === "pointer") this.#set(null);
    };
    pane.addEventListener("pointerleave", onLeave, { signal });
  }

  #onPress(event: PointerEvent): void {
    this.#pressed = this.stagePoint(event);
    if (event.pointerType === "mouse") this.#set({ kind: "pointer", at: this.#pressed });
  }

  #onMove(event: PointerEvent): void {
    // A finger that moves the slide points at nothing.
    if (event.pointerType === "touch") return;
    // Browsers send moves of a mouse at rest when the page changes under it.
    if (this.#target?.kind !== "pointer" && event.movementX === 0 && event.movementY === 0) return;
    this.#set({ kind: "pointer", at: this.stagePoint(event) });
  }

  #set(target: Target | null): void {
    this.#target = target;
    this.#onChange();
  }
}
