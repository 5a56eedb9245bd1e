import type { Catalogue } from "./words.ts";

/** German. In the order of the page. */
export const DE: Catalogue = {
  "Open slide": "Schnitt öffnen",
};
