import type { Catalogue } from "./words.ts";

/** German. In the order of the page; each part under its line. */
export const DE: Catalogue = {
  // Page
  "Open slide": "Schnitt öffnen",

  // Stage: begin
  "Stage tools": "Werkzeuge am Schnitt",
  "Magnification and angle": "Vergrößerung und Winkel",
  "Turn by 90°": "Um 90° drehen",
  Mirror: "Spiegeln",
  mirrored: "gespiegelt",
  "turned by {0}": "um {0} gedreht",
  "Angle (°)": "Winkel (°)",
  Upright: "Ungedreht",
  View: "Ansicht",
  "No magnification while the pixel size is unknown: give it under Slide.":
    "Keine Vergrößerung, solange die Pixelgröße unbekannt ist: unter Schnitt angeben.",
  across: "waagrecht",
  "The pixels of this slide are not square but are shown so. Bar and magnification hold along the bar.":
    "Die Pixel dieses Schnitts sind nicht quadratisch, werden aber so gezeigt. Balken und Vergrößerung gelten längs des Balkens.",
  Measure: "Messen",
  Measuring: "Messen",
  Length: "Länge",
  Area: "Fläche",
  "Measure a length": "Eine Länge messen",
  "Measure an area": "Eine Fläche messen",
  "Measured so far": "Bisher gemessen",
  "Click along a line, or arrows and Enter. On the last point again ends it.":
    "Entlang einer Linie klicken, oder Pfeile und Eingabe. Der letzte Punkt noch einmal beendet sie.",
  "Click around a field, or arrows and Enter. On the first point again closes it.":
    "Um ein Feld klicken, oder Pfeile und Eingabe. Der erste Punkt noch einmal schließt es.",
  "1 point": "1 Punkt",
  "{0} points: {1}{2}": "{0} Punkte: {1}{2}",
  "{0}, perimeter {1}": "{0}, Umfang {1}",
  "End shape": "Form beenden",
  Undo: "Rückgängig",
  "Undo (Ctrl+Z)": "Rückgängig (Strg+Z)",
  Redo: "Wiederholen",
  "Redo (Ctrl+Shift+Z)": "Wiederholen (Strg+Umschalt+Z)",
  "Stop measuring (Esc)": "Messen beenden (Esc)",
  Measurements: "Messungen",
  "Show on the slide": "Auf dem Schnitt zeigen",
  "Delete measurement {0}": "Messung {0} löschen",
  "Delete all": "Alle löschen",
  "Copy measurements": "Messungen kopieren",
  "The outline crosses itself: parts of the area are taken off.":
    "Der Umriss kreuzt sich selbst: Teile der Fläche werden abgezogen.",
  "No.": "Nr.",
  kind: "Art",
  area: "Fläche",
  length: "Länge",
  "length or perimeter ({0})": "Länge oder Umfang ({0})",
  "area ({0})": "Fläche ({0})",
  "The pixel size is unknown: all numbers are in pixels of the slide.":
    "Die Pixelgröße ist unbekannt: alle Zahlen in Pixeln des Schnitts.",
  "Pixel size {0} x {1} µm, assumed: typed by a person, not from the file.":
    "Pixelgröße {0} x {1} µm, angenommen: von Hand eingegeben, nicht aus der Datei.",
  "Pixel size {0} x {1} µm, from the file.": "Pixelgröße {0} x {1} µm, aus der Datei.",
  Reading: "Durchsicht",
  "{0} screen pixels for each pixel of the slide": "{0} Bildschirmpixeln je Pixel des Schnitts",
  "Less than 1 %": "Weniger als 1 %",
  "{0} of the tissue seen at {1} or more": "{0} des Gewebes bei {1} oder mehr gesehen",
  "{0} of the slide seen at {1} or more": "{0} des Schnitts bei {1} oder mehr gesehen",
  "Nothing seen at {0} or more yet. What stays on the stage so for half a second is tinted in the small slide.":
    "Noch nichts bei {0} oder mehr gesehen. Was so eine halbe Sekunde lang steht, wird im kleinen Schnitt getönt.",
  Forget: "Vergessen",
  "Forgets what was looked at on this slide": "Vergisst, was von diesem Schnitt angesehen wurde",
  "Measure a length, an area, stop": "Länge messen, Fläche messen, beenden",
  "Ctrl+Z": "Strg+Z",
  "Undo (Ctrl+Shift+Z: redo)": "Rückgängig (Strg+Umschalt+Z: wiederholen)",
  Arrows: "Pfeile",
  "Move the slide (Shift: a little), on the stage": "Den Schnitt bewegen (Umschalt: ein wenig), auf der Bühne",
  Enter: "Eingabe",
  "Set a point in the middle, while measuring": "Einen Punkt in der Mitte setzen, beim Messen",
  // Stage: end

  // Map: begin
  // Map: end

  // Numbers and findings: begin
  // Numbers and findings: end

  // Planner and region of interest: begin
  // Planner and region of interest: end

  // Several slides: begin
  // Several slides: end

  // Trust: begin
  // Trust: end

  // Handing on: begin
  // Handing on: end

  // Help: begin
  // Help: end

  // For everyone: begin
  "Requests: {0} {1}": "Anfragen: {0} {1}",
  "High contrast": "Hoher Kontrast",
  // For everyone: end
};
