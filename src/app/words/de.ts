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
  "Measure lengths and areas": "Längen und Flächen messen",
  Measuring: "Messen",
  Length: "Länge",
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
  "Map as": "Karte als",
  "How the map is drawn (C)": "Wie die Karte gezeichnet wird (C)",
  Contours: "Konturen",
  Hatching: "Schraffur",
  "Map as colour, contours, hatching": "Karte als Farbe, Konturen, Schraffur",
  "Side by side": "Nebeneinander",
  "Side by side (V)": "Nebeneinander (V)",
  "Side by side: tissue, tissue with map": "Nebeneinander: Gewebe, Gewebe mit Karte",
  Spyglass: "Lupe",
  "Spyglass (S)": "Lupe (S)",
  "Spyglass through the map": "Lupe durch die Karte",
  "{0}: once there is a map": "{0}: sobald es eine Karte gibt",
  "View of the map": "Ansicht der Karte",
  "Left: tissue. Right: tissue with map.": "Links: Gewebe. Rechts: Gewebe mit Karte.",
  "In the ring: tissue without map.": "Im Ring: Gewebe ohne Karte.",
  "In the ring: the map. Around it: tissue alone.": "Im Ring: die Karte. Darum: nur Gewebe.",
  Swap: "Tauschen",
  End: "Beenden",
  "End (Esc)": "Beenden (Esc)",
  "The tissue without the map": "Das Gewebe ohne die Karte",
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
  Value: "Wert",
  "At threshold ±0.1": "Bei Schwelle ±0,1",
  "Share of the tissue": "Anteil am Gewebe",
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
  Numbers: "Zahlen",
  "Every number, a line per region": "Alle Zahlen, eine Zeile je Bereich",
  gzip: "gzip",
  Pictures: "Bilder",
  "A figure with scale bar and legend": "Eine Abbildung mit Maßstab und Legende",
  "Float TIFF, a page per class": "Float-TIFF, eine Seite je Klasse",
  "Print report": "Bericht drucken",
  "One page, A4 or Letter (Ctrl+P)": "Eine Seite, A4 oder Letter (Strg+P)",
  Hatched: "Schraffiert",
  Result: "Ergebnis",
  "One file that opens again on any computer, offline and without the slide. Of the slide it holds a picture of {0} px and hashes: no label.":
    "Eine Datei, die sich auf jedem Rechner wieder öffnet, offline und ohne den Schnitt. Vom Schnitt enthält sie ein Bild von {0} px und Prüfsummen: kein Etikett.",
  "In files, on them and in the report. It may tell who the patient is; without it, files are named by the slide's fingerprint.":
    "In Dateien, auf ihnen und im Bericht. Er kann verraten, wer der Patient ist; ohne ihn heißen Dateien nach dem Fingerabdruck des Schnitts.",
  "Writing the file": "Schreiben der Datei",
  "Stop writing": "Nicht weiterschreiben",
  "{0}: being made …": "{0}: wird erstellt …",
  "{0}: reading the slide, {1} …": "{0}: der Schnitt wird gelesen, {1} …",
  "{0} ({1}) went to your downloads.": "{0} ({1}) liegt bei Ihren Downloads.",
  "The report went to the browser's printing.": "Der Bericht ging an den Druck des Browsers.",
  "{0} did not succeed; the reason stands above the slide.":
    "{0} ist nicht gelungen; der Grund steht über dem Schnitt.",
  "This map is not whole, and half a number must not travel: run it to its end, or analyze a region alone.":
    "Diese Karte ist nicht vollständig, und halbe Zahlen gibt man nicht weiter: bis zum Ende rechnen, oder nur eine Region analysieren.",
  "Nothing to hand on yet. When a run is done: a table, outlines, a figure, a page to print, and one file that opens again.":
    "Noch nichts weiterzugeben. Nach einem Lauf: eine Tabelle, Umrisse, eine Abbildung, eine Seite zum Drucken und eine Datei, die sich wieder öffnet.",
  "This result is of a part of the slide; every file says so.":
    "Dieses Ergebnis gilt für einen Teil des Schnitts; jede Datei sagt es.",
  "Tissue with map": "Gewebe mit Karte",
  "Tissue alone": "Gewebe allein",
  "Side by side": "Nebeneinander",
  "What is in view": "Was zu sehen ist",
  "PNG, {0} dpi": "PNG, {0} dpi",
  "SVG, lines and text": "SVG, Linien und Text",
  "180 mm, two columns": "180 mm, zwei Spalten",
  "85 mm, one column": "85 mm, eine Spalte",
  Shows: "Zeigt",
  Part: "Ausschnitt",
  Width: "Breite",
  "Colours, contours or hatching as on the stage now.": "Farben, Konturen oder Schraffur wie jetzt auf der Bühne.",
  Exports: "Weitergeben",
  "Ctrl+P": "Strg+P",
  "Print the report": "Den Bericht drucken",
  "{0}: {1} of the tissue": "{0}: {1} des Gewebes",
  "Classes of tissue": "Gewebeklassen",
  "Partial result: a part of the slide was computed, see the notes.":
    "Teilergebnis: ein Teil des Schnitts wurde berechnet, siehe Hinweise.",
  "Tissue and map side by side, with scale bar and legend": "Gewebe und Karte nebeneinander, mit Maßstab und Legende",
  "at {0}": "bei {0}",
  "threshold ±0.1": "Schwelle ±0,1",
  Classes: "Klassen",
  "of the tissue": "des Gewebes",
  "Of the tissue": "Am Gewebe",
  Foci: "Herde",
  "Largest focus": "Größter Herd",
  "Median focus": "Mittlerer Herd (Median)",
  "Diameter, largest": "Durchmesser, größter",
  "Diameter, median": "Durchmesser, Median",
  "Viable rim, narrowest": "Vitaler Saum, schmalster",
  "Viable rim, median": "Vitaler Saum, Median",
  "Foci at the tissue's edge": "Herde am Geweberand",
  "{0} to {1}": "{0} bis {1}",
  "Where it is from": "Herkunft",
  Fingerprint: "Fingerabdruck",
  "Pixel size": "Pixelgröße",
  "Model's hash": "Hash des Modells",
  Settings: "Einstellungen",
  "threshold {0}, ": "Schwelle {0}, ",
  "patches {0} px apart, regions from {1} µm², holes from {2} µm², colours {3}":
    "Kacheln im Abstand von {0} px, Bereiche ab {1} µm², Löcher ab {2} µm², Farben {3}",
  "by profile": "nach Profil",
  Computed: "Berechnet",
  "Foci, largest first": "Herde, die größten zuerst",
  "The {0} largest of {1} foci": "Die {0} größten von {1} Herden",
  "Focus {0}": "Herd {0}",
  "{0}: {1}{2}, confidence {3}": "{0}: {1}{2}, Konfidenz {3}",
  "The slide is synthetic.": "Der Schnitt ist synthetisch.",
  Notes: "Hinweise",
  Remarks: "Bemerkungen",
  "Trust: {0}": "Vertrauen: {0}",
  "All {0} checks found the slide like those of the training.":
    "Alle {0} Prüfungen fanden den Schnitt wie die der Lernschnitte.",
  "Analyzed all the same, after these reasons were seen.": "Trotzdem analysiert, nachdem diese Gründe gesehen wurden.",
  green: "grün",
  amber: "gelb",
  red: "rot",
  // Handing on: end

  // Help: begin
  // Help: end

  // For everyone: begin
  "Requests: {0} {1}": "Anfragen: {0} {1}",
  "High contrast": "Hoher Kontrast",
  // For everyone: end
};
