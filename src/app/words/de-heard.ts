import type { Catalogue } from "./words.ts";

/** German for sentences of the engine and the workers that reach the page. */
export const DE_HEARD: Catalogue = {
  // Planner and region of interest: begin
  "Coarse map only: patches {0} µm apart stand for those {1} µm apart that a whole run computes.":
    "Nur die grobe Karte: Ausschnitte im Abstand von {0} µm stehen für die im Abstand von {1} µm, die eine ganze Analyse berechnet.",
  "Region only: {0} x {1} pixels of level 0 at {2}, {3}; the rest of the slide was not analyzed, and every number is of the region.":
    "Nur der Bereich: {0} x {1} Pixel der Ebene 0 bei {2}, {3}; der Rest des Schnitts wurde nicht analysiert, und jede Zahl gilt für den Bereich.",
  "Expected tissue in the region, found only glass, pen or empty field; move the region, or analyze the whole slide.":
    "Im Bereich wurde Gewebe erwartet, gefunden wurde nur Glas, Stift oder leeres Feld; den Bereich verschieben oder den ganzen Schnitt analysieren.",
  "Expected tissue to measure on, found only glass, pen or empty field.":
    "Zum Messen wurde Gewebe erwartet, gefunden wurde nur Glas, Stift oder leeres Feld.",
  // Planner and region of interest: end
};
