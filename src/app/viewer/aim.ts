import type { Cursor } from "../state/view.ts";
import { type Affine, onSlide, type StagePoint } from "./affine.ts";

type Target =
  | { readonly kind: "pointer"; readonly at: StagePoint }
  | { readonly kind: "tap"; readonly x0: number; readonly y0: number }
  | { readonly kind: "keys" };

/**
 * What the reader points at: with a mouse or a hovering pen what lies under it; with a finger the place that was tapped last, which stays
 * there; with the keyboard on the stage its middle.
 */
export class Aim {
  readonly #element: HTMLElement;
  readonly #onChange: () => void;
  #twin: HTMLElement | null = null;
  #target: Target | null = null;

  /** `element`: the stage. `focusable`: what in it takes the keyboard. */
  constructor(element: HTMLElement, focusable: HTMLElement, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
    element.addEventListener("pointermove", this.#onMove, { capture: true });
    element.addEventListener("pointerleave", this.#onLeave);
    focusable.addEventListener("focus", () => {
      if (focusable.matches(":focus-visible")) this.useMiddle();
    });
    focusable.addEventListener("blur", () => {
      if (this.#target?.kind === "keys") this.#set(null);
    });
  }

  /** A second pane that shows the same as the stage: what is pointed at there is pointed at here. */
  useTwin(pane: HTMLElement | null): void {
    this.#twin?.removeEventListener("pointermove", this.#onMove, { capture: true });
    this.#twin?.removeEventListener("pointerleave", this.#onLeave);
    this.#twin = pane;
    pane?.addEventListener("pointermove", this.#onMove, { capture: true });
    pane?.addEventListener("pointerleave", this.#onLeave);
  }

  /** CSS pixels of the stage. */
  stagePoint({ clientX, clientY, target }: Pick<PointerEvent, "clientX" | "clientY" | "target">): StagePoint {
    const twin = target instanceof Node && this.#twin?.contains(target) ? this.#twin : null;
    const box = (twin ?? this.#element).getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }

  useTap(x0: number, y0: number): void {
    this.#set({ kind: "tap", x0, y0 });
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

  readonly #onLeave = (): void => {
    if (this.#target?.kind === "pointer") this.#set(null);
  };

  readonly #onMove = (event: PointerEvent): void => {
    // A finger that moves the slide points at nothing.
    if (event.pointerType === "touch") return;
    // Browsers send moves of a mouse at rest when the page changes under it.
    if (this.#target?.kind !== "pointer" && event.movementX === 0 && event.movementY === 0) return;
    this.#set({ kind: "pointer", at: this.stagePoint(event) });
  };

  #set(target: Target | null): void {
    this.#target = target;
    this.#onChange();
  }
}
