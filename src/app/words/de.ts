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
  Trust: "Vertrauen",
  "Comparing the slide with the model's training …": "Der Schnitt wird mit dem Training des Modells verglichen …",
  "The slide could not be compared with the model's training; it can be analyzed all the same.":
    "Der Schnitt ließ sich nicht mit dem Training des Modells vergleichen; analysieren lässt er sich trotzdem.",
  "The result says nothing of how like the training its slide is.":
    "Das Ergebnis sagt nicht, wie sehr sein Schnitt dem Training gleicht.",
  "Compared with the model's training once the pixel size is given under Slide.":
    "Wird mit dem Training des Modells verglichen, sobald die Pixelgröße unter Schnitt angegeben ist.",
  "Compared with the model's training once the model is there.":
    "Wird mit dem Training des Modells verglichen, sobald das Modell da ist.",
  "Analyzed all the same, after the reasons were shown.": "Trotzdem analysiert, nachdem die Gründe gezeigt wurden.",
  "As in training:": "Wie im Training:",
  "Looking at the slide first …": "Der Schnitt wird zuerst geprüft …",
  "The slide is unlike what the model was trained on, so a map of it would mean little:":
    "Der Schnitt gleicht nicht dem, womit das Modell trainiert wurde; eine Karte davon würde wenig besagen:",
  "Analyze all the same": "Trotzdem analysieren",
  "Leave it": "Lassen",
  "Pixel size": "Pixelgröße",
  Focus: "Schärfe",
  "Pen marks": "Stift",
  Folds: "Falten",
  Stain: "Färbung",
  Brightness: "Helligkeit",
  Features: "Merkmale",
  "green: as in training": "grün: wie im Training",
  "amber: look first": "gelb: erst hinsehen",
  "red: doubtful": "rot: zweifelhaft",
  "A pixel is {0} µm wide; the model was trained on {1} to {2} µm and cannot see its patterns in so coarse a picture.":
    "Ein Pixel ist {0} µm breit; das Modell wurde mit {1} bis {2} µm trainiert und kann seine Muster in einem so groben Bild nicht sehen.",
  "At {0} µm a pixel the tissue would be {1} mm long, and no slide is longer than {2} mm: the pixel size is wrong.":
    "Bei {0} µm je Pixel wäre das Gewebe {1} mm lang, und kein Objektträger ist länger als {2} mm: Die Pixelgröße ist falsch.",
  "A pixel of {0} µm does not go with an objective of {1}x: one of the two is wrong.":
    "Ein Pixel von {0} µm passt nicht zu einem Objektiv {1}x: Eines von beiden ist falsch.",
  "A pixel is {0} µm wide, coarser than the {1} to {2} µm that the model was trained on.":
    "Ein Pixel ist {0} µm breit, gröber als die {1} bis {2} µm, mit denen das Modell trainiert wurde.",
  "At {0} µm a pixel the tissue would be {1} mm long, more than a slide of {2} mm holds: check the pixel size.":
    "Bei {0} µm je Pixel wäre das Gewebe {1} mm lang, mehr als auf einen Objektträger von {2} mm passt: Bitte die Pixelgröße prüfen.",
  "A pixel of {0} µm is unusual for an objective of {1}x: check the pixel size.":
    "Ein Pixel von {0} µm ist ungewöhnlich für ein Objektiv {1}x: Bitte die Pixelgröße prüfen.",
  "A pixel of {0} µm is finer than light can fill: check the pixel size.":
    "Ein Pixel von {0} µm ist feiner, als Licht auflösen kann: Bitte die Pixelgröße prüfen.",
  "A pixel of {0} µm, as typed in, fits the model's {1} to {2} µm; nothing in the file confirms it.":
    "Ein Pixel von {0} µm, wie eingegeben, passt zu den {1} bis {2} µm des Modells; nichts in der Datei bestätigt es.",
  "A pixel of {0} µm is finer than the model's {1} to {2} µm, and the slide is brought to them.":
    "Ein Pixel von {0} µm ist feiner als die {1} bis {2} µm des Modells; der Schnitt wird darauf gebracht.",
  "A pixel of {0} µm fits the model's {1} to {2} µm.": "Ein Pixel von {0} µm passt zu den {1} bis {2} µm des Modells.",
  "No tissue was found: only glass, ink or an empty field.": "Kein Gewebe gefunden: nur Glas, Tinte oder leeres Feld.",
  "Only {0} mm² of tissue was found, less than {1} patches of the model.":
    "Nur {0} mm² Gewebe gefunden, weniger als {1} Ausschnitte des Modells.",
  "Tissue was found on {0} % of the slide, {1} mm².": "Gewebe auf {0} % des Schnitts, {1} mm².",
  "The model does not say how sharp its training images were, so focus was not judged.":
    "Das Modell sagt nicht, wie scharf seine Trainingsbilder waren; die Schärfe wurde nicht beurteilt.",
  "The tissue has too little structure to tell whether it is in focus.":
    "Das Gewebe hat zu wenig Struktur, um die Schärfe zu beurteilen.",
  "{0} % of {1} places are so blurred that nothing the model looks for can be seen: {2} % of the fine structure of its training images is left.":
    "{0} % von {1} Stellen sind so unscharf, dass nichts zu sehen ist, worauf das Modell achtet: Von der Feinstruktur seiner Trainingsbilder sind {2} % übrig.",
  "{0} % of {1} places are out of focus for the model, with less than {2} % of the fine structure of its training images.":
    "{0} % von {1} Stellen sind für das Modell unscharf, mit weniger als {2} % der Feinstruktur seiner Trainingsbilder.",
  "{0} % of {1} places are out of focus for the model.": "{0} % von {1} Stellen sind für das Modell unscharf.",
  "Ink on {0} % of what is not glass.": "Tinte auf {0} % dessen, was nicht Glas ist.",
  "Ink ({0}) on {1} % of what is not glass; tissue under it is left out.":
    "Tinte ({0}) auf {1} % dessen, was nicht Glas ist; Gewebe darunter bleibt außer Betracht.",
  "About {0} % of the tissue may be folded.": "Etwa {0} % des Gewebes könnten gefaltet sein.",
  "About {0} % of the tissue is so dark that it may be folded or very thick, more than the {1} % of training.":
    "Etwa {0} % des Gewebes sind so dunkel, dass sie gefaltet oder sehr dick sein könnten, mehr als die {1} % im Training.",
  "A fluorescence image with {0} channels, not H&E in bright field.":
    "Ein Fluoreszenzbild mit {0} Kanälen, keine H&E-Färbung im Hellfeld.",
  "{0} % of the picture is black: this is not a slide in bright field.":
    "{0} % des Bildes sind schwarz: Das ist kein Schnitt im Hellfeld.",
  "What was found is of one even grey, so nothing can be told of its stain.":
    "Was gefunden wurde, ist gleichmäßig grau; über die Färbung lässt sich nichts sagen.",
  "The picture is grey (colourfulness {0}, H&E has 0.5 and more): the model knows H&E only.":
    "Das Bild ist grau (Farbigkeit {0}, H&E hat 0,5 und mehr): Das Modell kennt nur H&E.",
  "The stain is very pale (colourfulness {0}, H&E has 0.5 and more).":
    "Die Färbung ist sehr blass (Farbigkeit {0}, H&E hat 0,5 und mehr).",
  "{0} % of the colours cannot come from haematoxylin, eosin or blood; in training it was under 1 %.":
    "{0} % der Farben können nicht von Hämatoxylin, Eosin oder Blut stammen; im Training war es unter 1 %.",
  "The stains differ from those of training: haematoxylin by {0}° (training up to {1}°), eosin by {2}° (up to {3}°).":
    "Die Färbung weicht vom Training ab: Hämatoxylin um {0}° (Training bis {1}°), Eosin um {2}° (bis {3}°).",
  "There is no tissue whose stain could be judged.": "Es gibt kein Gewebe, dessen Färbung sich beurteilen ließe.",
  "The colours can be those of haematoxylin and eosin; their directions were not compared with training.":
    "Die Farben können die von Hämatoxylin und Eosin sein; ihre Richtungen wurden nicht mit dem Training verglichen.",
  "Haematoxylin and eosin as in training, within {0}° and {1}°.":
    "Hämatoxylin und Eosin wie im Training, auf {0}° und {1}°.",
  "There is no tissue whose brightness could be judged.":
    "Es gibt kein Gewebe, dessen Helligkeit sich beurteilen ließe.",
  "The model does not say how bright its training images were; here the tissue is {0} (red, green, blue).":
    "Das Modell sagt nicht, wie hell seine Trainingsbilder waren; hier ist das Gewebe {0} (Rot, Grün, Blau).",
  "The tissue is as bright as in training: {0} (red, green, blue), there {1}.":
    "Das Gewebe ist so hell wie im Training: {0} (Rot, Grün, Blau), dort {1}.",
  "The tissue is paler than in training, or of another tint: {0} (red, green, blue), there {1}.":
    "Das Gewebe ist blasser als im Training oder hat einen anderen Ton: {0} (Rot, Grün, Blau), dort {1}.",
  "The tissue is darker than in training, or of another tint: {0} (red, green, blue), there {1}.":
    "Das Gewebe ist dunkler als im Training oder hat einen anderen Ton: {0} (Rot, Grün, Blau), dort {1}.",
  "What the network sees lies {0} standard deviations from training (in {1} places; training images held out: up to {2}): far from anything it has learned.":
    "Was das Netz sieht, liegt {0} Standardabweichungen vom Training entfernt (an {1} Stellen; zurückgehaltene Trainingsbilder: bis {2}): weit weg von allem, was es gelernt hat.",
  "What the network sees lies {0} standard deviations from training (in {1} places; training images held out: up to {2}).":
    "Was das Netz sieht, liegt {0} Standardabweichungen vom Training entfernt (an {1} Stellen; zurückgehaltene Trainingsbilder: bis {2}).",
  "What the network sees is like training: {0} standard deviations away (in {1} places; training images held out: up to {2}).":
    "Was das Netz sieht, gleicht dem Training: {0} Standardabweichungen entfernt (an {1} Stellen; zurückgehaltene Trainingsbilder: bis {2}).",
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
