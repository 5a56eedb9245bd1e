import type { DBSchema, IDBPDatabase } from "idb";

/**
 * Everything that the page keeps between visits; nothing of it leaves the computer. Values are `unknown`: each is read through the one parser
 * of its format, which lies beside what writes it.
 */
export interface PalisadeSchema extends DBSchema {
  /** One record under the key "settings" (`settings-store.ts`), and the work list under "queue" (`queue-store.ts`). */
  readonly settings: { key: string; value: unknown };
  /** What a person said about the pixel size of a slide, by its fingerprint; by name, size and date where version 1 wrote it (`pixel-size-store.ts`). */
  readonly assumedPixelSizes: { key: string; value: unknown };
  /** Slides that were opened, by fingerprint (`slide-record.ts`). */
  readonly slides: { key: string; value: unknown };
  /** Finished results without their grids, by slide, pack and settings (`result-record.ts`), */
  readonly results: { key: string; value: unknown; indexes: { slide: string } };
  /** and the grids under the same keys, as bytes (`grid-bytes.ts`); those of several megabytes lie in files instead (`grid-files.ts`). */
  readonly grids: { key: string; value: unknown };
  /** Runs that are not finished, by slide, pack and settings (`checkpoint-record.ts`), */
  readonly checkpoints: { key: string; value: unknown; indexes: { slide: string } };
  /** and the tasks that they finished, in batches. */
  readonly checkpointParts: { key: number; value: unknown; indexes: { checkpoint: string } };
  /** Packs that were trained or added here, as zips, by their SHA-256. */
  readonly packs: { key: string; value: unknown };
}

export type PalisadeDatabase = IDBPDatabase<PalisadeSchema>;
