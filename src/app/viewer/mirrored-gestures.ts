import OpenSeadragon from "openseadragon";

/** Makes double clicks and pinches zoom about the right place on a mirrored slide: OpenSeadragon takes the mirroring into account elsewhere only. */
export function mirrorGestures(viewer: OpenSeadragon.Viewer): void {
  const mirrored = ({ x, y }: OpenSeadragon.Point) =>
    new OpenSeadragon.Point(viewer.viewport.getContainerSize().x - x, y);
  viewer.addHandler("canvas-double-click", ({ position }) => {
    // The very object that it then zooms about.
    if (viewer.viewport.getFlip()) position.x = mirrored(position).x;
  });
  viewer.addHandler("canvas-pinch", (event) => {
    const { viewport } = viewer;
    if (!viewport.getFlip()) return;
    event.preventDefaultPanAction = true;
    event.preventDefaultZoomAction = true;
    const to = viewport.pointFromPixel(mirrored(event.center), true);
    const from = viewport.pointFromPixel(mirrored(event.lastCenter), true);
    viewport.panBy(from.minus(to), true);
    viewport.zoomBy(event.distance / event.lastDistance, to, true);
    viewport.applyConstraints();
  });
}
