import type { Catalogue } from "./words.ts";

/** German for sentences of the engine and the workers that reach the page. */
export const DE_HEARD: Catalogue = {};
