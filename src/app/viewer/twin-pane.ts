import OpenSeadragon from "openseadragon";

/** What is done to one pane is done to the viewer. */
const GESTURES = [
  "clickHandler",
  "contextMenuHandler",
  "dblClickHandler",
  "dragEndHandler",
  "dragHandler",
  "enterHandler",
  "leaveHandler",
  "nonPrimaryPressHandler",
  "nonPrimaryReleaseHandler",
  "pinchHandler",
  "pressHandler",
  "releaseHandler",
  "scrollHandler",
] as const;

/**
 * A second pane with the slide as a viewer of the same size draws it, without what lies over it. It is a copy of the viewer's own picture, made in the same
 * frame, so that zoom, turn and flip agree by themselves and no tile is read, decoded or kept twice; and mouse, pen and fingers on it reach the viewer as if
 * they were on the viewer.
 */
export class TwinPane {
  readonly #viewer: OpenSeadragon.Viewer;
  readonly #canvas = document.createElement("canvas");
  readonly #tracker: OpenSeadragon.MouseTracker;

  constructor(viewer: OpenSeadragon.Viewer, pane: HTMLElement) {
    this.#viewer = viewer;
    pane.append(this.#canvas);
    // Its types leave out the viewer's own tracker.
    const own = Reflect.get(viewer, "innerTracker") as OpenSeadragon.MouseTracker;
    const options: OpenSeadragon.MouseTrackerOptions = { element: pane };
    for (const gesture of GESTURES) Reflect.set(options, gesture, own[gesture]);
    this.#tracker = new OpenSeadragon.MouseTracker(options);
  }

  /** After the viewer has drawn a frame. */
  draw(): void {
    const drawn = this.#viewer.drawer.canvas;
    if (this.#canvas.width !== drawn.width) this.#canvas.width = drawn.width;
    if (this.#canvas.height !== drawn.height) this.#canvas.height = drawn.height;
    const context = this.#canvas.getContext("2d");
    if (!context || drawn.width === 0 || drawn.height === 0) return;
    context.clearRect(0, 0, drawn.width, drawn.height);
    context.drawImage(drawn, 0, 0);
  }

  close(): void {
    this.#tracker.destroy();
    this.#canvas.remove();
  }
}
