import type { PalisadeUpgrade } from "./migrate.ts";

/** Settings, and the pixel sizes that a person gave. */
export function toVersion1(database: PalisadeUpgrade["database"]): void {
  database.createObjectStore("settings");
  database.createObjectStore("assumedPixelSizes");
}
