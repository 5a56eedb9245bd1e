import type { Catalogue } from "./words.ts";

/** German. In the order of the page; each part under its line. */
export const DE: Catalogue = {
  // Page
  "Open slide": "Schnitt öffnen",

  // Stage: begin
  // Stage: end

  // Map: begin
  // Map: end

  // Numbers and findings: begin
  "1 region": "1 Herd",
  "{0} regions": "{0} Herde",
  "1 focus": "1 Herd",
  "{0} foci": "{0} Herde",
  "{0} to {1}": "{0} bis {1}",
  "{0} or more": "{0} oder mehr",
  "below {0}": "unter {0}",
  "rests on the assumed pixel size": "beruht auf der angenommenen Pixelgröße",
  "Over ±0.1:": "Über ±0,1:",
  "in the tissue": "im Gewebe",
  "Largest {0}": "Größter {0}",
  "at the edge of the tissue: {0}": "am Geweberand: {0}",
  "viable rim from {0}": "vitaler Saum ab {0}",
  "in {0} of tissue": "in {0} Gewebe",
  "The share of the tissue, its area and the foci will stand here.":
    "Anteil am Gewebe, Fläche und Herde werden hier stehen.",
  "All numbers": "Alle Zahlen",
  "Numbers at this threshold": "Zahlen bei dieser Schwelle",
  Measure: "Größe",
  Value: "Wert",
  "At threshold ±0.1": "Bei Schwelle ±0,1",
  "Share of the tissue": "Anteil am Gewebe",
  Area: "Fläche",
  Tissue: "Gewebe",
  Foci: "Herde",
  "Largest focus": "Größter Herd",
  "Median focus": "Mittlerer Herd (Median)",
  "Viable rim, narrowest": "Vitaler Saum, schmalste Stelle",
  "Viable rim, median": "Vitaler Saum, Median",
  "Foci at the edge": "Herde am Rand",
  "Diameter of the circle of the same area": "Durchmesser des Kreises gleicher Fläche",
  "Foci by size": "Herde nach Größe",
  "Size of a focus": "Größe eines Herdes",
  Together: "Zusammen",
  "The viable rim of a focus is the tissue between it and the nearest glass, a tear or a wide vessel among it: the shortest straight distance from its outline to the edge of the tissue. 0 µm: it reaches the edge. What lies beyond the scanned picture is not known.":
    "Der vitale Saum eines Herdes ist das Gewebe zwischen ihm und dem nächsten Glas, auch einem Riss oder einem weiten Gefäß: der kürzeste gerade Abstand von seinem Umriss bis zum Geweberand. 0 µm: er reicht bis an den Rand. Was jenseits des gescannten Bildes liegt, ist nicht bekannt.",
  "Reliability of the confidence": "Verlässlichkeit der Konfidenz",
  "The model's card is not at hand: how far its confidence can be relied on is not known here.":
    "Die Karte des Modells ist nicht zur Hand: Wie weit man sich auf seine Konfidenz verlassen kann, ist hier nicht bekannt.",
  "The model's card does not state how often its confidence was right.":
    "Die Karte des Modells sagt nicht, wie oft seine Konfidenz zutraf.",
  "Of the cells that the model called {0} to {1}, as at this threshold, {2} ({3} to {4}) were necrosis in cross-validation.":
    "Von den Zellen der Karte, die das Modell mit {0} bis {1} bewertete, wie bei dieser Schwelle, waren in der Kreuzvalidierung {2} ({3} bis {4}) Nekrose.",
  "On average the confidence is off by {0} percentage points (expected calibration error). Other laboratories and scanners may differ.":
    "Im Mittel liegt die Konfidenz um {0} Prozentpunkte daneben (erwarteter Kalibrierungsfehler). In anderen Laboren und an anderen Scannern kann das anders sein.",
  Confidence: "Konfidenz",
  "Was necrosis": "War Nekrose",
  "95 % interval": "95-%-Intervall",
  Findings: "Befunde",
  "Largest first": "Größte zuerst",
  "Most confident first": "Sicherste zuerst",
  "Most doubtful first": "Zweifelhafteste zuerst",
  "Previous finding": "Voriger Befund",
  "Previous finding (P)": "Voriger Befund (P)",
  "Next finding": "Nächster Befund",
  "Next finding (N)": "Nächster Befund (N)",
  "No focus at this threshold.": "Kein Herd bei dieser Schwelle.",
  "Seen findings": "Gesehene Befunde",
  "{0} of {1} seen": "{0} von {1} gesehen",
  "Choose one class to walk through its findings.": "Um durch Befunde zu gehen, eine einzelne Klasse wählen.",
  "The places to look at will be listed here, once there is a map.":
    "Sobald es eine Karte gibt, stehen hier die Stellen, die man ansehen sollte.",
  "Order of the findings": "Reihenfolge der Befunde",
  "Doubtful: the mean confidence is near the threshold. Fields that lie just below it and would count at a threshold 0.1 lower are among them.":
    "Zweifelhaft: Die mittlere Konfidenz liegt nahe der Schwelle. Auch Felder knapp darunter, die bei einer um 0,1 niedrigeren Schwelle zählen würden, sind dabei.",
  "Findings {0} to {1} of {2}": "Befunde {0} bis {1} von {2}",
  "{0} to {1} of {2}": "{0} bis {1} von {2}",
  Earlier: "Frühere",
  Later: "Spätere",
  "below the threshold": "unter der Schwelle",
  "Show on the slide": "Auf dem Schnitt zeigen",
  seen: "gesehen",
  "finding {0}": "Befund {0}",
  "mean {0}": "Mittel {0}",
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
