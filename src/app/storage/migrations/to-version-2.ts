import type { PalisadeUpgrade } from "./migrate.ts";

/**
 * Slides, results, unfinished runs and packs. Pixel sizes stay under the names that version 1 gave them: a fingerprint can only be made
 * with the file at hand, so each moves to its fingerprint when its slide is opened next (`pixel-size-store.ts`).
 */
export function toVersion2(database: PalisadeUpgrade["database"]): void {
  database.createObjectStore("slides");
  database.createObjectStore("results").createIndex("slide", "slide");
  database.createObjectStore("grids");
  database.createObjectStore("checkpoints").createIndex("slide", "slide");
  database.createObjectStore("checkpointParts", { autoIncrement: true }).createIndex("checkpoint", "checkpoint");
  database.createObjectStore("packs");
}
