import type { IDBPDatabase } from "idb";
import type { PalisadeSchema } from "../schema.ts";
import { toVersion1 } from "./to-version-1.ts";
import { toVersion2 } from "./to-version-2.ts";

/** What a step may use. */
export interface PalisadeUpgrade {
  readonly database: IDBPDatabase<PalisadeSchema>;
}

/** Step i makes version i + 1 of version i. A step that was released is never changed again: later ones build on what it left. */
const STEPS: readonly ((database: PalisadeUpgrade["database"]) => void)[] = [toVersion1, toVersion2];

export const DATABASE_VERSION = STEPS.length;

/** Runs the steps that a database of version `oldVersion` lacks, 0 for a new one. */
export function migrate(database: PalisadeUpgrade["database"], oldVersion: number): void {
  for (const step of STEPS.slice(oldVersion)) step(database);
}
