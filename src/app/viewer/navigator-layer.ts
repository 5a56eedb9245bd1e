import type OpenSeadragon from "openseadragon";
import { type Affine, slideToStage } from "./affine.ts";

/** A canvas over the small slide in the corner, which turns and is mirrored with the large one. */
export class NavigatorLayer {
  readonly #navigator: OpenSeadragon.Viewer;
  readonly #canvas = document.createElement("canvas");
  readonly #paint: (context: CanvasRenderingContext2D, toNavigator: Affine) => void;

  constructor(viewer: OpenSeadragon.Viewer, paint: (context: CanvasRenderingContext2D, toNavigator: Affine) => void) {
    this.#navigator = viewer.navigator;
    this.#paint = paint;
    this.#canvas.className = "navigator-layer";
    this.#navigator.canvas.append(this.#canvas);
    this.#navigator.addHandler("update-viewport", () => this.paint());
  }

  /** Where a mouse rests on the small slide, and for those who hear the page. */
  describe(words: string): void {
    this.#navigator.element.title = words;
    this.#canvas.role = "img";
    this.#canvas.ariaLabel = words;
  }

  paint(): void {
    const pixelRatio = window.devicePixelRatio || 1;
    const canvas = this.#canvas;
    canvas.width = Math.round(canvas.clientWidth * pixelRatio);
    canvas.height = Math.round(canvas.clientHeight * pixelRatio);
    const toNavigator = slideToStage(this.#navigator, pixelRatio);
    const context = canvas.getContext("2d");
    if (context && toNavigator) this.#paint(context, toNavigator);
  }
}
