import OpenSeadragon from "openseadragon";
import { SlideViewer, stageOptions } from "../../../src/app/viewer/slide-viewer.ts";
import { SlideTileSource } from "../../../src/app/viewer/tile-source.ts";
import { openSlideInWorker, prepareSlideWorker } from "../../../src/workers/slide.client.ts";

/** `peer`: geotiff-tilesource in a viewer with OpenSeadragon's defaults; `peer-tuned`: in one with Palisade's options. */
export type ReaderName = "palisade" | "peer" | "peer-tuned";

/** The peer's own build, unchanged: the benchmark serves it beside the page. */
const PEER_MODULE = "./geotiff-tilesource.mjs";

/** One of the compared ways to show a file. Its viewer and its workers wait before any file is there. */
export interface Reader {
  /** Opens the file in the viewer and settles when every tile of the first view was drawn; the milliseconds it took. */
  show(file: File): Promise<number>;
  /** A tile source of its own, for tiles one by one. */
  openSource(file: File): Promise<OpenSeadragon.TileSource>;
  readonly viewer: OpenSeadragon.Viewer;
  /** Tiles that could not be read so far. */
  failures(): number;
}

/** What of geotiff-tilesource is used here; it has no types of its own. */
interface PeerModule {
  /** Adds `GeoTIFFTileSource` to OpenSeadragon, and starts its worker pool. */
  enableGeoTIFFTileSource(openSeadragon: object): void;
}

interface PeerClass {
  getAllTileSources(file: File, options: object): Promise<OpenSeadragon.TileSource[]>;
}

export async function startReader(name: ReaderName, stage: HTMLElement): Promise<Reader> {
  return name === "palisade" ? startPalisade(stage) : await startPeer(name, stage);
}

function startPalisade(stage: HTMLElement): Reader {
  let failures = 0;
  const nothing = (): void => undefined;
  const slideViewer = new SlideViewer(stage, {
    onView: nothing,
    onCursor: nothing,
    onLoading: nothing,
    onTileFailure: () => {
      failures += 1;
    },
    paint: nothing,
  });
  prepareSlideWorker();
  const viewer = OpenSeadragon.getViewer(stage);
  return {
    viewer,
    failures: () => failures,
    show: (file) =>
      untilShown(viewer, async () => slideViewer.open(await openSlideInWorker({ files: [file], view: {} }))),
    openSource: async (file) =>
      new SlideTileSource(await openSlideInWorker({ files: [file], view: {} }), () => {
        failures += 1;
      }),
  };
}

async function startPeer(name: "peer" | "peer-tuned", stage: HTMLElement): Promise<Reader> {
  const module: PeerModule = await import(/* @vite-ignore */ new URL(PEER_MODULE, location.href).href);
  module.enableGeoTIFFTileSource(OpenSeadragon);
  // The library adds the class under this name and does not tell the compiler.
  const peer = Reflect.get(OpenSeadragon, "GeoTIFFTileSource") as PeerClass;
  // Its README's viewer; the drawer alone is Palisade's, since WebGL in software would only hold it up.
  const plain = { element: stage, drawer: "canvas" as const, showNavigationControl: false };
  const viewer = OpenSeadragon(name === "peer" ? plain : stageOptions(stage));
  let failures = 0;
  viewer.addHandler("tile-load-failed", () => {
    failures += 1;
  });
  const openSource = async (file: File): Promise<OpenSeadragon.TileSource> => {
    const [first] = await peer.getAllTileSources(file, { logLatency: false });
    if (!first) throw new Error("geotiff-tilesource found no image");
    return first;
  };
  return {
    viewer,
    failures: () => failures,
    openSource,
    show: (file) =>
      untilShown(viewer, async () => {
        viewer.open({ tileSource: await openSource(file) });
      }),
  };
}

async function untilShown(viewer: OpenSeadragon.Viewer, open: () => Promise<void>): Promise<number> {
  const started = performance.now();
  const shown = new Promise<void>((resolve, reject) => {
    viewer.addOnceHandler("open-failed", (event) => reject(new Error(String(event.message))));
    viewer.addOnceHandler("open", () => {
      const item = viewer.world.getItemAt(0);
      if (item.getFullyLoaded()) resolve();
      item.addHandler("fully-loaded-change", (event) => {
        if (event.fullyLoaded) resolve();
      });
    });
  });
  await open();
  await shown;
  await new Promise(requestAnimationFrame);
  return performance.now() - started;
}
