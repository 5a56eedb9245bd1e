import type { Catalogue } from "./words.ts";

/** German. In the order of the page. */
export const DE: Catalogue = {
  "Open slide": "Schnitt öffnen",
  // For everyone
  "1 request since load": "1 Anfrage seit dem Laden",
  "{0} requests since load": "{0} Anfragen seit dem Laden",
  "Requests: {0}": "Anfragen: {0}",
  "High contrast": "Hoher Kontrast",
};
