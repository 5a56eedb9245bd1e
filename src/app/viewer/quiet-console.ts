import OpenSeadragon from "openseadragon";

const TILE_FAILED = "Tile %s failed to load";

/**
 * Keeps failed tiles out of the console. OpenSeadragon writes a line for each, also for the hundreds that are merely dropped when
 * another slide is opened; what truly failed is in the page's alert. Once is
 * enough; its types leave its console out.
 */
export function quietTileFailures(): void {
  const loud: unknown = Reflect.get(OpenSeadragon, "console");
  if (loud !== console) return;
  const error = (...words: unknown[]): void => {
    const [first] = words;
    if (typeof first !== "string" || !first.startsWith(TILE_FAILED)) console.error(...words);
  };
  Reflect.set(OpenSeadragon, "console", Object.assign(Object.create(console), { error }));
}
