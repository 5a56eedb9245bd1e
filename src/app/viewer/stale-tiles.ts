import type OpenSeadragon from "openseadragon";

/** What of OpenSeadragon's loader its types leave out. */
interface Loader {
  readonly jobQueue: OpenSeadragon.ImageJob[];
}

/**
 * Lets go of tiles that the view no longer needs, `running` ones and those that wait in the viewer's queue: OpenSeadragon
 * itself loads whatever it once asked for, and on the way over a slide that is hundreds of tiles that nobody sees. Before each
 * frame that moves the view it touches the tiles that it needs. What was not touched since the frame before, which ended at `since`
 * (milliseconds of `Date.now`), is dropped, and asked for again when the view comes back.
 */
export function dropStaleTiles(
  viewer: OpenSeadragon.Viewer,
  running: Iterable<OpenSeadragon.ImageJob>,
  since: number,
): void {
  const loader = viewer.imageLoader as unknown as Loader;
  const isStale = ({ tile }: OpenSeadragon.ImageJob): boolean =>
    tile.lastTouchTime < since && tile.tiledImage?.viewer === viewer;
  // Before the running ones: each that ends starts the next in the queue.
  for (const job of loader.jobQueue.filter(isStale)) {
    loader.jobQueue.splice(loader.jobQueue.indexOf(job), 1);
    job.abort();
  }
  for (const job of [...running].filter(isStale)) {
    job.abort();
    // An aborted tile counts as missing for good otherwise.
    job.tile.exists = true;
  }
}
