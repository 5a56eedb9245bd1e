import type OpenSeadragon from "openseadragon";
import { timeFrames } from "./frame-times.ts";
import { type Reader, type ReaderName, startReader } from "./readers.ts";
import type { LevelShape, TilePlace } from "./spread.ts";
import { shapesOf, timeBurst, timeTiles } from "./tile-times.ts";

/** What the benchmark calls in the page. One reader a page, by `?reader=`. */
export interface TileBenchPage {
  /** Milliseconds from the file to its first view, all tiles drawn. */
  firstView(): Promise<number>;
  frames(seconds: number): Promise<number[]>;
  openSource(): Promise<LevelShape[]>;
  tiles(places: readonly TilePlace[]): Promise<number[]>;
  burst(places: readonly TilePlace[], atOnce: number): Promise<number>;
  failures(): number;
}

declare global {
  interface Window {
    tileBench: TileBenchPage;
  }
}

const stage = document.querySelector<HTMLElement>("#stage");
const input = document.querySelector<HTMLInputElement>("#file");
if (!stage || !input) throw new Error("the page lacks its parts");
const name = new URLSearchParams(location.search).get("reader") as ReaderName | null;
const reader: Reader = await startReader(name ?? "palisade", stage);
let source: OpenSeadragon.TileSource | null = null;

function chosenFile(): File {
  const file = input?.files?.[0];
  if (!file) throw new Error("no file was chosen");
  return file;
}

function openedSource(): OpenSeadragon.TileSource {
  if (!source) throw new Error("tiles before openSource");
  return source;
}

window.tileBench = {
  firstView: () => reader.show(chosenFile()),
  frames: (seconds) => timeFrames(reader.viewer, seconds),
  openSource: async () => {
    source = await reader.openSource(chosenFile());
    return shapesOf(source);
  },
  tiles: (places) => timeTiles(openedSource(), places),
  burst: (places, atOnce) => timeBurst(openedSource(), places, atOnce),
  failures: () => reader.failures(),
};
