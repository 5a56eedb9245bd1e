import type { Catalogue } from "./words.ts";

/** German for sentences of the engine and the workers that reach the page; `{0}` catches what varies. More special ones come first. */
export const DE_HEARD: Catalogue = {
  "Research use only. Not a medical device. Not intended for clinical, diagnostic or therapeutic purposes.":
    "Nur für die Forschung. Kein Medizinprodukt. Nicht für klinische, diagnostische oder therapeutische Zwecke bestimmt.",

  // What computes
  "This browser has no WebGPU": "Dieser Browser hat kein WebGPU",
  "No WebGPU adapter on this computer": "Kein WebGPU auf diesem Rechner",
  "WebGPU adapter found: {0}": "WebGPU gefunden: {0}",
  "WebAssembly was asked for": "WebAssembly wurde verlangt",
  "WebAssembly on the processor was asked for": "WebAssembly auf dem Prozessor wurde verlangt",
  "WebGPU failed during the run, WebAssembly went on with it: {0}":
    "WebGPU ist während der Analyse ausgefallen, WebAssembly hat sie fortgesetzt: {0}",

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

  // Notes of a run
  "The slide is smaller than one patch of the pack; what is missing was taken as white.":
    "Der Schnitt ist kleiner als ein Ausschnitt des Modells; was fehlt, wurde als weiß genommen.",
  "Computed at a stride of {0} pixels; the pack's threshold was chosen at {1}.":
    "Berechnet mit Schrittweite {0} Pixel; die Schwelle des Modells wurde bei {1} gewählt.",
  "The pixel size of {0} was assumed; every length and area depends on it.":
    "Die Pixelgröße von {0} ist angenommen; jede Länge und Fläche hängt von ihr ab.",
  "The file gives a pixel size of {0}; {1} was used instead.":
    "Die Datei gibt eine Pixelgröße von {0} an; verwendet wurde {1}.",
  'The slide is coarser ({0}) than what the pack "{1}" was trained on ({2} to {3} µm); the result may be wrong.':
    "Der Schnitt ist gröber ({0}), als das Modell „{1}“ es kennt ({2} bis {3} µm); das Ergebnis kann falsch sein.",
  "Pixels are not square ({0}); each axis was resampled on its own.":
    "Die Pixel sind nicht quadratisch ({0}); jede Achse wurde für sich umgerechnet.",
  "Plane of focus {0} of {1} ({2}) was read.": "Gelesen wurde Fokusebene {0} von {1} ({2}).",
  "Plane of focus {0} of {1} was read.": "Gelesen wurde Fokusebene {0} von {1}.",
  'The pack "{0}" was trained on colours by the slides\' profiles; this slide was read otherwise. {1}':
    "Das Modell „{0}“ kennt Farben nach dem Profil der Schnitte; dieser Schnitt wurde anders gelesen. {1}",
  'The pack "{0}" was trained on colours by the slides\' profiles; this slide was read otherwise.':
    "Das Modell „{0}“ kennt Farben nach dem Profil der Schnitte; dieser Schnitt wurde anders gelesen.",
  'The pack "{0}" was trained on colours as they are stored; this slide was read otherwise.':
    "Das Modell „{0}“ kennt Farben, wie sie gespeichert sind; dieser Schnitt wurde anders gelesen.",
  "A part was computed on {0} before the run was gone on with on {1}; they agree within the tolerance of the model's self-test, not to the last digit.":
    "Ein Teil wurde auf {0} berechnet, bevor die Analyse auf {1} fortgesetzt wurde; beide stimmen innerhalb der Toleranz des Selbsttests überein, nicht bis auf die letzte Stelle.",

  // Colours and planes of the slide
  "The slide holds no colour profile; its colours are shown as stored.":
    "Der Schnitt enthält kein Farbprofil; seine Farben sind gezeigt wie gespeichert.",
  "The slide's colour profile cannot be read (8 MB at most); its colours are shown as stored.":
    "Das Farbprofil des Schnitts ist nicht lesbar (höchstens 8 MB); seine Farben sind gezeigt wie gespeichert.",
  "Expected a sound colour profile in the slide, found one with {0}; its colours are shown as stored.":
    "Das Farbprofil des Schnitts ist fehlerhaft; seine Farben sind gezeigt wie gespeichert.",
  "Expected a colour profile that can be applied, but {0}; the slide's colours are shown as stored.":
    "Das Farbprofil des Schnitts lässt sich nicht anwenden; seine Farben sind gezeigt wie gespeichert.",
  "The planes are described in {0}, which was not given. Drop it along with all files of the slide.":
    "Die Ebenen sind in {0} beschrieben, das fehlt. Legen Sie es zusammen mit allen Dateien des Schnitts ab.",
  "A file of this slide was not given: {0}. Drop all of them together to see the whole of it.":
    "Eine Datei dieses Schnitts fehlt: {0}. Legen Sie alle zusammen ab, um ihn ganz zu sehen.",
  "{0} files of this slide were not given: {1}. Drop all of them together to see the whole of it.":
    "{0} Dateien dieses Schnitts fehlen: {1}. Legen Sie alle zusammen ab, um ihn ganz zu sehen.",
  "{0} samples a pixel are shown as channels.": "{0} Werte je Pixel sind als Kanäle gezeigt.",
  "{0} of {1} ({2} µm)": "{0} von {1} ({2} µm)",
  "1 channel": "1 Kanal",
  "{0} channels": "{0} Kanälen",
  "channel {0}, window {1} px": "Kanal {0}, Fenster {1} px",
  "channel {0}": "Kanal {0}",
  "tiled TIFF": "gekacheltes TIFF",
  "stripped TIFF": "TIFF in Streifen",
  label: "Etikett",
  macro: "Übersichtsfoto",
  thumbnail: "Vorschaubild",
  "a name": "ein Name",
  "a case number": "eine Fallnummer",
  "a barcode": "ein Strichcode",
  "a date of birth": "ein Geburtsdatum",
  "an address": "eine Adresse",

  // Map
  "0 not necrosis": "0 keine Nekrose",
  "1 necrosis": "1 Nekrose",
  "0 not {0}": "0 nicht {0}",
  "Glow (cyan-green to yellow)": "Leuchten (Grün bis Gelb)",
  Grey: "Grau",

  // A result computed again
  "Identical: all {0} confidences are the same to the last bit.":
    "Identisch: alle {0} Konfidenzen sind bis auf das letzte Bit gleich.",
  "Agrees within the tolerance of {0}: largest difference of a confidence {1}, mean {2}; the share of the tissue {3} against {4}.":
    "Stimmt innerhalb der Toleranz von {0} überein: größte Abweichung einer Konfidenz {1}, im Mittel {2}; Anteil am Gewebe {3} gegen {4}.",
  "Agrees within the tolerance of {0}: largest difference of a confidence {1}, mean {2}.":
    "Stimmt innerhalb der Toleranz von {0} überein: größte Abweichung einer Konfidenz {1}, im Mittel {2}.",
  "Differs: largest difference of a confidence {0}, mean {1}; the share of the tissue {2} against {3}.":
    "Weicht ab: größte Abweichung einer Konfidenz {0}, im Mittel {1}; Anteil am Gewebe {2} gegen {3}.",
  "Differs: largest difference of a confidence {0}, mean {1}.":
    "Weicht ab: größte Abweichung einer Konfidenz {0}, im Mittel {1}.",
  "Differs.": "Weicht ab.",
  "It was computed by Palisade {0} and checked by {1}.": "Berechnet hat Palisade {0}, geprüft {1}.",
  "It was computed on {0} ({1}) and checked on {2} ({3}).": "Berechnet auf {0} ({1}), geprüft auf {2} ({3}).",
  'The model "{0}" has other bytes here: SHA-256 {1} in place of {2}.':
    "Das Modell „{0}“ hat hier andere Bytes: SHA-256 {1} statt {2}.",
  "{0} cells are tissue in one and not in the other.": "{0} Zellen sind in einer Gewebe und in der anderen nicht.",
  "{0} confidences are there in one and not in the other.":
    "{0} Konfidenzen gibt es in einer und in der anderen nicht.",
  "Confidences lie up to {0} apart; {1} is allowed.": "Konfidenzen liegen bis {0} auseinander; erlaubt ist {1}.",
  "Shares of the tissue lie up to {0} apart; {1} is allowed.":
    "Anteile am Gewebe liegen bis {0} auseinander; erlaubt ist {1}.",
  "The map has {0} in place of {1}.": "Die Karte hat {0} statt {1}.",
  "The classes are {0} in place of {1}.": "Die Klassen sind {0} statt {1}.",
  "The class is {0} in place of {1}.": "Die Klasse ist {0} statt {1}.",
  "{0} patches were looked at in place of {1}.": "Angesehen wurden {0} Ausschnitte statt {1}.",

  // Offline use
  "The page came over plain http: browsers keep pages for offline use only from https, or from this computer.":
    "Die Seite kam über einfaches http: Browser sichern Seiten nur von https oder von diesem Rechner.",
  "This browser keeps no pages for offline use here; a private window is one reason.":
    "Dieser Browser sichert hier keine Seiten für offline; ein privates Fenster ist ein möglicher Grund.",
  "Something on this computer keeps the page from being kept for offline use.":
    "Etwas auf diesem Rechner verhindert, dass die Seite für offline gesichert wird.",
  "The browser or the server does not let the page be kept for offline use ({0}).":
    "Browser oder Server lassen nicht zu, dass die Seite für offline gesichert wird ({0}).",
  "the server did not answer": "der Server antwortete nicht",
  "the server answered {0}": "der Server antwortete {0}",
  "its SHA-256 is {0} instead of {1}": "ihre SHA-256 ist {0} statt {1}",
  "the connection broke off": "die Verbindung riss ab",
  "it is longer than {0} bytes": "sie ist länger als {0} Bytes",
  "it has {0} bytes instead of {1}": "sie hat {0} Bytes statt {1}",
  "this browser has no room for it": "dieser Browser hat keinen Platz dafür",
  "Expected to keep slides and results on this computer, but the browser refuses; save results as files before you close the tab.":
    "Der Browser lässt nicht zu, Schnitte und Ergebnisse auf diesem Rechner zu sichern. Speichern Sie Ergebnisse als Dateien, bevor Sie den Tab schließen.",
  "Expected what an earlier Palisade kept on this computer (version {0} or older), found what a newer one keeps; it is left alone and nothing is kept here. Reload the page to get the newer Palisade.":
    "Auf diesem Rechner liegt, was ein neueres Palisade gesichert hat; es bleibt unberührt, und hier wird nichts gesichert. Laden Sie die Seite neu, um das neuere Palisade zu erhalten.",

  // Test it yourself
  image: "Bild",
  script: "Skript",
  "style sheet": "Formatvorlage",
  frame: "Rahmen",
  "event stream": "Ereignisstrom",
  "local storage: {0}": "Local Storage: {0} Einträge",
  "session storage: {0}": "Session Storage: {0} Einträge",
  "cookies: none": "Cookies: keine",
  "cookies: some, set by the host": "Cookies: einige, vom Server gesetzt",
  "databases: none": "Datenbanken: keine",
  "database {0}: cannot be opened": "Datenbank {0}: lässt sich nicht öffnen",
  "database {0}: empty": "Datenbank {0}: leer",
  "database {0}, {1}: {2} record": "Datenbank {0}, {1}: {2} Eintrag",
  "database {0}, {1}: {2} records": "Datenbank {0}, {1}: {2} Einträge",
  "offline copy of the page: none": "Offline-Kopie der Seite: keine",
  "offline copy of the page: {0} files": "Offline-Kopie der Seite: {0} Dateien",
  "private file system: none": "Privates Dateisystem: keines",
  "private file system: empty": "Privates Dateisystem: leer",

  // Errors that the reader can do something special about
  'Expected a folder with the files of a slide, found no file in "{0}". Drop the folder that holds them.':
    "Im Ordner „{0}“ ist keine Datei. Legen Sie den Ordner ab, der die Dateien des Schnitts enthält.",
  'Expected to read the folder "{0}", but the browser cannot. Drop the files themselves.':
    "Der Browser kann den Ordner „{0}“ nicht lesen. Legen Sie die Dateien selbst ab.",
  'Expected the slide "{0}" that was open before, found another one in "{1}"; choose the right file, or open this one as a slide of its own.':
    "„{1}“ ist nicht der Schnitt „{0}“, der vorher offen war. Wählen Sie die richtige Datei, oder öffnen Sie diese als eigenen Schnitt.",
  'Expected the model "{0}", which the link names, but this page has none of that name.':
    "Der Link nennt das Modell „{0}“, das es auf dieser Seite nicht gibt.",
  'Expected the slide of the result (fingerprint {0}), found another one: "{1}" was opened by itself. Drop the result file to go back to the result.':
    "„{1}“ ist nicht der Schnitt des Ergebnisses und wurde für sich geöffnet. Legen Sie die Ergebnisdatei ab, um zum Ergebnis zurückzukehren.",
  'Expected an open slide to lay the outlines of "{0}" on, found none; open the slide first.':
    "Für die Umrisse aus „{0}“ ist kein Schnitt offen. Öffnen Sie zuerst den Schnitt.",
  'Expected outlines in "{0}", found none; export the annotations again as GeoJSON.':
    "In „{0}“ sind keine Umrisse. Exportieren Sie die Annotationen erneut als GeoJSON.",
  'Expected one slide, found {0} files; "{1}" was opened, {2} left out. Drop other slides one at a time.':
    "Von {0} Dateien wurde „{1}“ geöffnet; ausgelassen: {2}. Legen Sie andere Schnitte einzeln ab.",
  "Expected one slide, found {0} files; the {1} files of one were opened, {2} left out. Drop other slides one at a time.":
    "Von {0} Dateien wurden die {1} eines Schnitts geöffnet; ausgelassen: {2}. Legen Sie andere Schnitte einzeln ab.",
  'Expected tissue on "{0}", found only almost white patches (every channel above 200); check that this is the right slide.':
    "Auf „{0}“ ist kein Gewebe, nur fast weiße Fläche. Prüfen Sie, ob es der richtige Schnitt ist.",

  // Trust
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
};
