import OpenSeadragon from "openseadragon";

const TILE_FAILED = "Tile %s failed to load";
const METHODS = ["error", "warn", "log", "info", "debug", "trace"] as const;

/**
 * Keeps what OpenSeadragon says about a slide out of the console: of a line only its own first words are written, not the tiles and
 * sources that follow; and nothing of failed tiles, which come by the hundred when another slide is opened (what truly failed is in the
 * page's alert). Once is enough; its types leave its console out.
 */
export function quietConsole(): void {
  if (Reflect.get(OpenSeadragon, "console") !== console) return;
  const quiet: Record<string, (...words: unknown[]) => void> = {};
  for (const method of METHODS) {
    quiet[method] = (first) => {
      if (typeof first === "string" && !first.startsWith(TILE_FAILED)) console[method](first);
    };
  }
  quiet["assert"] = (condition, first) => {
    if (!condition && typeof first === "string") console.error(first);
  };
  Reflect.set(OpenSeadragon, "console", quiet);
}
