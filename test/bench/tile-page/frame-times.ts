import type OpenSeadragon from "openseadragon";

/** CSS pixels a second: a brisk drag over tissue. */
const SPEED = 1200;

/** Milliseconds between frames while the view moves over level 0 to and fro for `seconds`. */
export async function timeFrames(viewer: OpenSeadragon.Viewer, seconds: number): Promise<number[]> {
  const item = viewer.world.getItemAt(0);
  const { x: width, y: height } = item.getContentSize();
  viewer.viewport.zoomTo(item.imageToViewportZoom(1), undefined, true);
  viewer.viewport.panTo(item.imageToViewportCoordinates(width / 2, height / 2), true);
  await settled(item);
  const times: number[] = [];
  const started = await nextFrame();
  let last = started;
  while (last - started < seconds * 1000) {
    const now = await nextFrame();
    times.push(now - last);
    last = now;
    const way = ((now - started) / 1000) * SPEED;
    const x = bounce(width / 2 + way, width);
    const y = bounce(height / 2 + way / 3, height);
    viewer.viewport.panTo(item.imageToViewportCoordinates(x, y), true);
  }
  return times;
}

/** A position that turns round at 0 and at `length`. */
function bounce(position: number, length: number): number {
  const within = position % (2 * length);
  return within > length ? 2 * length - within : within;
}

function nextFrame(): Promise<number> {
  return new Promise(requestAnimationFrame);
}

async function settled(item: OpenSeadragon.TiledImage): Promise<void> {
  await nextFrame();
  await nextFrame();
  while (!item.getFullyLoaded()) await nextFrame();
}
