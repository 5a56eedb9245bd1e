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
  Quantity: "Größe",
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
  "All of the tissue": "Das ganze Gewebe",
  "Coarse map only": "Nur die grobe Karte",
  "Region only": "Nur der Bereich",
  "{0} with WebGPU": "{0} mit WebGPU",
  "a few seconds": "wenige Sekunden",
  "about {0} s": "etwa {0} s",
  "about {0} min": "etwa {0} min",
  "about {0} h": "etwa {0} h",
  "The coarse map has a patch every {0} µm, the whole one every {1} µm.":
    "Die grobe Karte hat alle {0} µm einen Ausschnitt, die ganze alle {1} µm.",
  "Measured on the GPU, {0}": "Auf der Grafikkarte gemessen, {0}",
  "Measured with 1 worker, {0}": "Mit 1 Rechenprozess gemessen, {0}",
  "Measured with {0} workers, {1}": "Mit {0} Rechenprozessen gemessen, {1}",
  "How much is computed": "Wie viel berechnet wird",
  "Looking at how much tissue there is …": "Es wird nachgesehen, wie viel Gewebe da ist …",
  "Measuring this computer, about 5 s …": "Dieser Rechner wird gemessen, etwa 5 s …",
  "Stop the measurement": "Messung beenden",
  "Measures for 5 s how long a run takes here.": "Misst 5 s lang, wie lange eine Analyse hier dauert.",
  "Measures how fast this computer runs the model, for about 5 s":
    "Misst etwa 5 s lang, wie schnell dieser Rechner mit dem Modell ist",
  Again: "Erneut",
  "How long?": "Wie lange?",
  "Region of interest": "Bereich von Interesse",
  "Drag a rectangle over the slide (I)": "Ein Rechteck über den Schnitt ziehen (I)",
  Done: "Fertig",
  "Done (Esc)": "Fertig (Esc)",
  Change: "Ändern",
  Draw: "Zeichnen",
  "What I see now": "Was ich gerade sehe",
  "Go there": "Dorthin",
  Remove: "Entfernen",
  "Remove the region (Del)": "Den Bereich entfernen (Entf)",
  "Nothing else is computed; every number will be of the region.":
    "Sonst wird nichts berechnet; jede Zahl gilt dann für den Bereich.",
  "Computed first, then the rest.": "Wird zuerst berechnet, dann der Rest.",
  "Computed first, in {0}, then the rest.": "Wird zuerst berechnet, Dauer: {0}; dann der Rest.",
  "Drag an edge or a corner to resize the region, its middle to move it, or draw a new one beside it.":
    "Am Rand oder an einer Ecke ziehen ändert die Größe des Bereichs, in der Mitte verschiebt ihn; daneben entsteht ein neuer.",
  "Drag a rectangle over what matters first.": "Ein Rechteck über das ziehen, was zuerst zählt.",
  "Remove the region of interest": "Bereich von Interesse entfernen",
  Del: "Entf",
  Region: "Bereich",
  "{0} of {1} of tissue": "{0} von {1} Gewebe",
  final: "endgültig",
  coarse: "grob",
  "region only": "nur der Bereich",
  "The region is done in {0}.": "Der Bereich ist fertig, Dauer noch: {0}.",
  "Region: nothing is known of it yet.": "Bereich: noch ist nichts davon bekannt.",
  "Region: there is no analyzed tissue in it.": "Bereich: er enthält kein analysiertes Gewebe.",
  "Region first: {0} …": "Zuerst der Bereich: {0} …",
  "Region: {0}, about {1} left …": "Bereich: {0}, noch etwa {1} …",
  "Region first: {0}, about {1} left, {2} in all …": "Zuerst der Bereich: {0}, noch etwa {1}, im Ganzen {2} …",
  "Coarse map done {0}; the fine one was left out.": "Grobe Karte fertig {0}; die feine wurde weggelassen.",
  "Region done {0}; the rest of the slide was left out.":
    "Bereich fertig {0}; der Rest des Schnitts wurde weggelassen.",
  "A result file holds a whole run, which can be verified: go on with it first.":
    "Eine Ergebnisdatei enthält eine ganze Analyse, die sich nachprüfen lässt: diese zuerst fortsetzen.",
  // Planner and region of interest: end

  // Several slides: begin
  Slides: "Schnitte",
  List: "Liste",
  Order: "Reihenfolge",
  "List of slides": "Liste der Schnitte",
  "Drop several slides at once, or a folder of them: they are analyzed one after the other while you look at any of them.":
    "Legen Sie mehrere Schnitte auf einmal oder einen ganzen Ordner ab: Sie werden nacheinander ausgewertet, während Sie einen beliebigen davon ansehen.",
  "Start the list": "Liste starten",
  "Analyzes all that wait, one after the other": "Wertet alle wartenden nacheinander aus",
  "Go on with the list": "Liste fortsetzen",
  "Pause the list": "Liste anhalten",
  "Stop the list": "Liste beenden",
  "What is done stays": "Was fertig ist, bleibt",
  "Table of results": "Tabelle der Ergebnisse",
  "Add to the list …": "Zur Liste hinzufügen …",
  "Clear the list": "Liste leeren",
  "Clear the list? Its order and its numbers are gone; results that were kept stay under Recent, and the slides' own files stay.":
    "Liste leeren? Ihre Reihenfolge und ihre Zahlen gehen verloren; aufbewahrte Ergebnisse bleiben unter „Zuletzt“, und die Dateien der Schnitte selbst bleiben.",
  "Clear it": "Leeren",
  "With the model “{0}”.": "Mit dem Modell „{0}“.",
  "Use “{0}” for the list": "„{0}“ für die Liste verwenden",
  "One slide does not say its pixel size and is passed over until it is given.":
    "Ein Schnitt nennt seine Pixelgröße nicht und wird übergangen, bis sie angegeben ist.",
  "{0} slides do not say their pixel size and are passed over until it is given.":
    "{0} Schnitte nennen ihre Pixelgröße nicht und werden übergangen, bis sie angegeben ist.",
  "For all of them (µm/px)": "Für alle diese (µm/px)",
  "Take it, marked as assumed": "Übernehmen, als angenommen gekennzeichnet",
  "The page was loaded anew: one of the slides needs its file again. Drop it on the page; it is recognised by its content, and what is done stays done.":
    "Die Seite wurde neu geladen: Die Datei eines Schnitts wird noch einmal gebraucht. Legen Sie sie auf der Seite ab; sie wird an ihrem Inhalt erkannt, und was fertig ist, bleibt fertig.",
  "The page was loaded anew: {0} of the slides need their files again. Drop them on the page; they are recognised by their content, and what is done stays done.":
    "Die Seite wurde neu geladen: Die Dateien von {0} Schnitten werden noch einmal gebraucht. Legen Sie sie auf der Seite ab; sie werden an ihrem Inhalt erkannt, und was fertig ist, bleibt fertig.",
  "Open the files again": "Dateien wieder öffnen",
  "Nothing is kept on this computer, as you chose: maps stay in memory while there is room, numbers until the tab is closed.":
    "Wie gewünscht wird auf diesem Computer nichts aufbewahrt: Karten bleiben im Speicher, solange Platz ist, Zahlen, bis der Tab geschlossen wird.",
  "The map of one slide could not be kept, for want of room; its numbers are here. Analyze it alone to see it.":
    "Die Karte eines Schnitts konnte aus Platzmangel nicht aufbewahrt werden; seine Zahlen stehen hier. Werten Sie ihn einzeln aus, um sie zu sehen.",
  "The maps of {0} slides could not be kept, for want of room; their numbers are here. Analyze one alone to see it.":
    "Die Karten von {0} Schnitten konnten aus Platzmangel nicht aufbewahrt werden; ihre Zahlen stehen hier. Werten Sie einen einzeln aus, um seine Karte zu sehen.",
  "Show {0} (Alt+↑, Alt+↓ move it)": "{0} zeigen (Alt+↑, Alt+↓ verschieben)",
  "Show {0}": "{0} zeigen",
  "Move {0} up": "{0} nach oben",
  "Move {0} down": "{0} nach unten",
  "Remove {0}": "{0} entfernen",
  "Skip {0}": "{0} überspringen",
  "Try {0} again": "{0} noch einmal versuchen",
  "{0}: now {1} of {2}": "{0}: jetzt {1} von {2}",
  "Needs its file again": "Braucht seine Datei noch einmal",
  "Being looked at …": "Wird angesehen …",
  Waiting: "Wartet",
  "Needs a pixel size": "Braucht eine Pixelgröße",
  Skipped: "Übersprungen",
  "Doubtful: {0}": "Zweifelhaft: {0}",
  "Run {0} all the same": "{0} trotzdem auswerten",
  "Failed: {0}": "Fehlgeschlagen: {0}",
  "{0}; its map was not kept": "{0}; Karte nicht aufbewahrt",
  "Paused at {0}": "Angehalten bei {0}",
  "{0} …": "{0} …",
  "{0}, about {1} left …": "{0}, noch etwa {1} …",
  "{0} done": "{0} fertig",
  "{0} failed": "{0} fehlgeschlagen",
  "{0} skipped": "{0} übersprungen",
  "{0} waiting": "{0} warten",
  "{0} held up": "{0} aufgehalten",
  "{0}; about {1} longer": "{0}; noch etwa {1}",
  "Results of all slides": "Ergebnisse aller Schnitte",
  Name: "Name",
  "Of tissue": "Vom Gewebe",
  Trust: "Vertrauen",
  State: "Stand",
  Time: "Dauer",
  "Done; its map was not kept": "Fertig; Karte nicht aufbewahrt",
  green: "grün",
  amber: "gelb",
  red: "rot",
  "Save the table (CSV)": "Tabelle speichern (CSV)",
  "with file names": "mit Dateinamen",
  "Without names each slide has a number and its fingerprint: names of files may be those of patients. For research use only, as each line says.":
    "Ohne Namen hat jeder Schnitt eine Nummer und seinen Fingerabdruck: Dateinamen können Patientennamen sein. Nur für Forschungszwecke, wie jede Zeile sagt.",
  "Slides are being analyzed: update when they are done, or stop them first.":
    "Schnitte werden ausgewertet: Aktualisieren Sie, wenn sie fertig sind, oder beenden Sie die Liste zuerst.",
  "Left out, because they are no slides or pictures beside slides: {0}.":
    "Ausgelassen, weil sie keine Schnitte oder Bilder neben Schnitten sind: {0}.",
  "Left out, because they are no slides or pictures beside slides: {0} and {1} more.":
    "Ausgelassen, weil sie keine Schnitte oder Bilder neben Schnitten sind: {0} und {1} weitere.",
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
