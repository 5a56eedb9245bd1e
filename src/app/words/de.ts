import type { Catalogue } from "./words.ts";

/** German. In the order of the page; each part under its line. */
export const DE: Catalogue = {
  // Page
  "Open slide": "Schnitt öffnen",
  "Demo slide": "Demoschnitt",
  "Keyboard keys": "Tastenkürzel",
  "Keys (?)": "Tasten (?)",
  Language: "Sprache",
  "The words of that language could not be fetched; the page goes on in this one.":
    "Die Wörter dieser Sprache ließen sich nicht holen; die Seite bleibt in dieser.",
  "Light theme": "Helle Ansicht",
  "Dark theme": "Dunkle Ansicht",
  "Side panel (D)": "Seitenleiste (D)",
  "result only": "nur Ergebnis",
  synthetic: "synthetisch",
  assumed: "angenommen",
  "This build of the page was configured for it": "So wurde diese Fassung der Seite eingerichtet",
  "opens slides from {0}": "öffnet Schnitte von {0}",
  "A necrosis map of your slide, computed inside this page":
    "Eine Nekrosekarte Ihres Schnitts, berechnet in dieser Seite",
  "The slide never leaves your computer: nothing is uploaded, nothing is installed.":
    "Der Schnitt verlässt Ihren Rechner nie: Nichts wird hochgeladen, nichts wird installiert.",
  "Drop a slide of any scanner that writes TIFF, a DICOM folder, a picture, or a result file anywhere.":
    "Legen Sie irgendwo einen Schnitt ab: von jedem Scanner, der TIFF schreibt, einen DICOM-Ordner, ein Bild oder eine Ergebnisdatei.",
  "Drop to open. The slide stays on this computer.": "Loslassen zum Öffnen. Der Schnitt bleibt auf diesem Rechner.",
  "Opening {0} …": "{0} wird geöffnet …",
  "the demo slide": "Der Demoschnitt",
  "the linked slide": "Der verlinkte Schnitt",
  "Slide file": "Schnittdatei",
  "File asked for": "Gesuchte Datei",
  "Drop or choose {0}: the page keeps what was found, not the slide itself.":
    "Legen Sie {0} ab oder wählen Sie die Datei: Die Seite behält die Befunde, nicht den Schnitt selbst.",
  "Choose the file": "Datei wählen",
  "Never mind": "Doch nicht",
  "Keep it": "Behalten",
  Copied: "Kopiert",
  "Select the text and copy it": "Bitte den Text markieren und kopieren",
  "Link copied": "Link kopiert",
  "The link is in the address bar": "Der Link steht in der Adresszeile",
  "Copy link to this view": "Link zu dieser Ansicht kopieren",
  Link: "Link",
  "Zoom in": "Vergrößern",
  "Zoom out": "Verkleinern",
  "Whole slide": "Ganzer Schnitt",
  "scale unknown": "Maßstab unbekannt",
  conf: "Konf.",
  "Reading tiles …": "Kacheln werden gelesen …",
  "Finding out what this computer can use …": "Es wird geprüft, was dieser Rechner nutzen kann …",
  Backend: "Rechenwerk",
  Details: "Details",
  Dismiss: "Ausblenden",
  "Dismiss (Esc)": "Ausblenden (Esc)",
  Notice: "Hinweis",
  Close: "Schließen",
  "Something went wrong that Palisade did not foresee; please try again, and reload the page if it persists.":
    "Es ist etwas geschehen, das Palisade nicht vorgesehen hat. Bitte versuchen Sie es noch einmal und laden Sie die Seite neu, wenn es wieder geschieht.",
  "Open the link again": "Link erneut öffnen",
  "Choose the file again": "Datei erneut wählen",
  "Save the result file": "Ergebnisdatei speichern",
  "The slide reader stopped working and was started again; nothing was lost.":
    "Der Schnittleser war ausgefallen und wurde neu gestartet; es ging nichts verloren.",

  // Keys
  Keys: "Tasten",
  "Open a slide": "Schnitt öffnen",
  Analyze: "Analysieren",
  "Pause the run, go on with it": "Analyse anhalten, fortsetzen",
  "Cancel the run, close what is open": "Analyse abbrechen, Offenes schließen",
  "Threshold up, down (Shift+T: down)": "Schwelle höher, tiefer (Umschalt+T: tiefer)",
  "Shift+O": "Umschalt+O",
  "Opacity of the map": "Deckkraft der Karte",
  "Hold the map away while pressed": "Karte ausblenden, solange gedrückt",
  "Next, previous region or patch": "Nächster, voriger Herd oder Ausschnitt",
  "1 to 6": "1 bis 6",
  "Zoom in, out": "Vergrößern, verkleinern",
  "Turn by 90° (Shift+R: back)": "Um 90° drehen (Umschalt+R: zurück)",
  ", and .": ", und .",
  "Focus down, up": "Fokus tiefer, höher",
  "Side panel": "Seitenleiste",
  "Full screen": "Vollbild",
  "This list": "Diese Liste",
  "What leaves this computer? Test it yourself": "Was verlässt diesen Rechner? Prüfen Sie es selbst",
  "Drag pans, the wheel zooms to the pointer, double click zooms in.":
    "Ziehen verschiebt, das Mausrad vergrößert am Zeiger, Doppelklick vergrößert.",

  // Slide
  Slide: "Schnitt",
  "A synthetic section, drawn by a program: it shows what the page does and says nothing about how well the model reads real tissue.":
    "Ein synthetischer Schnitt, von einem Programm gezeichnet: Er zeigt, was die Seite tut, und sagt nichts darüber, wie gut das Modell echtes Gewebe liest.",
  "A synthetic section, drawn by a program.": "Ein synthetischer Schnitt, von einem Programm gezeichnet.",
  "The slide itself is not open: what you see is the picture in the result file. Drop the slide on the page to see it under its map.":
    "Der Schnitt selbst ist nicht geöffnet: Sie sehen das Bild aus der Ergebnisdatei. Legen Sie den Schnitt auf der Seite ab, um ihn unter seiner Karte zu sehen.",
  "The slide itself is not open: what you see is the small picture in the result file. Drop the slide on the page to see it under its map.":
    "Der Schnitt selbst ist nicht geöffnet: Sie sehen das kleine Bild aus der Ergebnisdatei. Legen Sie den Schnitt auf der Seite ab, um ihn unter seiner Karte zu sehen.",
  Size: "Größe",
  Extent: "Maße",
  Pixel: "Pixel",
  File: "Datei",
  "1 level": "1 Ebene",
  "{0} levels": "{0} Ebenen",
  "Use the file's again": "Wieder die der Datei verwenden",
  "Leave it": "So lassen",
  "Wrong? Set it yourself": "Falsch? Selbst angeben",
  "The file says {0}; yours is used and marked as assumed.":
    "Die Datei gibt {0} an; Ihre Angabe gilt und ist als angenommen gekennzeichnet.",
  "The file says {0}. If that is wrong, set it here; yours is marked as assumed.":
    "Die Datei gibt {0} an. Ist das falsch, geben Sie es hier an; Ihre Angabe wird als angenommen gekennzeichnet.",
  "Not in the file; yours is used and marked as assumed.":
    "Steht nicht in der Datei; Ihre Angabe gilt und ist als angenommen gekennzeichnet.",
  "The file does not say how large a pixel is. Sizes, areas and the analysis need it.":
    "Die Datei sagt nicht, wie groß ein Pixel ist. Längen, Flächen und die Analyse brauchen es.",
  "Low power": "Übersicht",
  "Give a number between {0} and {1} µm.": "Bitte eine Zahl zwischen {0} und {1} µm angeben.",
  "Along x (µm/px)": "Entlang x (µm/px)",
  "Along y (µm/px)": "Entlang y (µm/px)",
  "Pixel size (µm/px)": "Pixelgröße (µm/px)",
  "x and y differ": "x und y verschieden",
  "Measure a known length": "Bekannte Länge messen",
  "Drag a line on the slide over something whose length you know, such as a scale bar. Esc stops.":
    "Ziehen Sie auf dem Schnitt eine Linie über etwas, dessen Länge Sie kennen, etwa einen Maßstabsbalken. Esc beendet.",
  "The line is {0} px long. Drag again to draw another one.":
    "Die Linie ist {0} px lang. Ziehen Sie erneut für eine andere.",
  "Length of the line": "Länge der Linie",
  Length: "Länge",
  "Unit of the length": "Einheit der Länge",
  "{0} µm a pixel": "{0} µm je Pixel",
  "No microscope has such pixels; check the length and its unit.":
    "Solche Pixel hat kein Mikroskop; prüfen Sie Länge und Einheit.",
  "Use length": "Länge übernehmen",
  "Stop measuring": "Messen beenden",
  Privacy: "Datenschutz",
  "The file may tell who the patient is. What stands there is hidden here and is in no export; it stays in the file itself.":
    "Die Datei verrät womöglich, wer der Patient ist. Was dort steht, ist hier verborgen und in keinem Export; in der Datei selbst bleibt es.",
  "{0} looks like {1}": "{0} sieht aus wie {1}",
  "Hide what they hold": "Inhalt verbergen",
  "Show what they hold": "Inhalt zeigen",
  "As stored": "Wie gespeichert",
  "By the slide's profile": "Nach dem Profil des Schnitts",
  Colours: "Farben",
  Format: "Format",
  Coding: "Kompression",
  Objective: "Objektiv",
  "not in the file": "nicht in der Datei",
  "Pixel x": "Pixel x",
  "Pixel y": "Pixel y",
  "profile in the file": "Profil in der Datei",
  "no profile in the file": "kein Profil in der Datei",
  Bytes: "Bytes",
  "{0} planes": "{0} Fokusebenen",
  Level: "Ebene",
  "Size, px": "Größe, px",
  Downsample: "Verkleinerung",
  Tiles: "Kacheln",
  "Other images in the file": "Weitere Bilder in der Datei",
  "The {0} may show a name or a number. It is in no export.":
    "Auf diesem Bild ({0}) kann ein Name oder eine Nummer stehen. Es ist in keinem Export.",
  "Hide {0}": "{0} verbergen",
  "Show {0}": "{0} zeigen",
  "The image cannot be shown.": "Das Bild kann nicht gezeigt werden.",
  "{0}, {1}, too large for a thumbnail": "{0}, {1}, zu groß für ein Vorschaubild",
  "The file holds no properties.": "Die Datei enthält keine Eigenschaften.",
  Properties: "Eigenschaften",
  "Search the properties": "Eigenschaften durchsuchen",
  "hidden, may tell who the patient is": "verborgen, verrät womöglich, wer der Patient ist",
  "No property holds that.": "Das steht in keiner Eigenschaft.",

  // Focus and channels
  Channels: "Kanäle",
  Focus: "Fokus",
  "plane {0}": "Ebene {0}",
  "Show as the file says": "Wie in der Datei zeigen",
  "Colour of {0}": "Farbe von {0}",
  Colour: "Farbe",
  "Black of {0}": "Schwarz von {0}",
  "Black of {0}, slider": "Schwarz von {0}, Regler",
  "Full colour of {0}": "Volle Farbe von {0}",
  "Full colour of {0}, slider": "Volle Farbe von {0}, Regler",

  // Analysis
  Analysis: "Analyse",
  Model: "Modell",
  "Loading the model …": "Modell wird geladen …",
  "The model could not be loaded.": "Das Modell konnte nicht geladen werden.",
  "Made for {0} to {1} µm/px.": "Gemacht für {0} bis {1} µm/px.",
  "Model card": "Modellkarte",
  "This slide is coarser ({0}) than the model has seen: read the result with doubt.":
    "Dieser Schnitt ist gröber ({0}), als das Modell es kennt: Lesen Sie das Ergebnis mit Zweifel.",
  "This slide is finer and is brought to {0}.": "Dieser Schnitt ist feiner und wird auf {0} gebracht.",
  "Go on": "Fortsetzen",
  "Go on (W)": "Fortsetzen (W)",
  Pause: "Pause",
  "Pause (W)": "Pause (W)",
  Cancel: "Abbrechen",
  "Open a slide first.": "Öffnen Sie zuerst einen Schnitt.",
  "This is a result without its slide: drop the slide on the page to analyze it.":
    "Dies ist ein Ergebnis ohne seinen Schnitt: Legen Sie den Schnitt auf der Seite ab, um ihn zu analysieren.",
  "A fluorescence image with {0}: models for stained slides cannot read it.":
    "Ein Fluoreszenzbild mit {0}: Modelle für gefärbte Schnitte können es nicht lesen.",
  "This file does not say its pixel size: give it under Slide, then analyze.":
    "Diese Datei nennt ihre Pixelgröße nicht: Geben Sie sie unter Schnitt an, dann analysieren Sie.",
  "The model is loading.": "Das Modell wird geladen.",
  "The model could not be loaded: choose another one, or reload the page.":
    "Das Modell konnte nicht geladen werden: Wählen Sie ein anderes oder laden Sie die Seite neu.",
  "A run is under way.": "Eine Analyse läuft.",
  "Opening the slide": "Schnitt wird geöffnet",
  "Looking for tissue": "Gewebe wird gesucht",
  "Waking the model": "Modell wird vorbereitet",
  "Coarse map": "Grobe Karte",
  "Fine map": "Feine Karte",
  "Looking at {0} patches": "{0} Ausschnitte werden angesehen",
  "{0}, about {1} left …": "{0}, noch etwa {1} …",
  Paused: "Angehalten",
  "Paused while on battery": "Angehalten im Akkubetrieb",
  "Paused while the tab is hidden": "Angehalten, solange der Tab verdeckt ist",
  "What is finished is kept.": "Was fertig ist, ist gesichert.",
  "What is finished stays.": "Was fertig ist, bleibt.",
  "Starting …": "Analyse beginnt …",
  "Stopping …": "Analyse endet …",
  "Ready.": "Bereit.",
  "Ready. The map grows while you look around.": "Bereit. Die Karte wächst, während Sie sich umsehen.",
  "Stopped before the slide was seen whole; there is no class of a part.":
    "Beendet, bevor der Schnitt ganz gesehen war; für einen Teil gibt es keine Klasse.",
  "Stopped before anything was found.": "Beendet, bevor etwas gefunden war.",
  "Stopped at {0}. The part that was found stays until you analyze again.":
    "Beendet bei {0}. Der gefundene Teil bleibt bis zur nächsten Analyse.",
  "Stopped, because the file can no longer be read; there is no class of a part.":
    "Beendet, weil die Datei nicht mehr lesbar ist; für einen Teil gibt es keine Klasse.",
  "Stopped before anything was found, because the file can no longer be read.":
    "Beendet, bevor etwas gefunden war, weil die Datei nicht mehr lesbar ist.",
  "Stopped at {0}, because the file can no longer be read. The part that was found stays.":
    "Beendet bei {0}, weil die Datei nicht mehr lesbar ist. Der gefundene Teil bleibt.",
  "The run failed; nothing of it was kept.": "Die Analyse ist gescheitert; nichts davon wurde behalten.",
  "The run failed; what it had finished is kept.": "Die Analyse ist gescheitert; was fertig war, ist gesichert.",
  "in {0} on {1}": "in {0} auf {1}",
  "Kept from {0}, done {1}.": "Gesichert am {0}, berechnet {1}.",
  "Done {0}, and kept.": "Fertig {0}, und gesichert.",
  "Done {0}.": "Fertig {0}.",
  "Go on with the analysis ({0} done)": "Analyse fortsetzen ({0} fertig)",
  'With the model "{0}".': "Mit dem Modell „{0}“.",
  "Kept on {0}; Analyze starts from the beginning.": "Gesichert am {0}; Analysieren beginnt von vorn.",
  "Another tab is at the same analysis and keeps it; this one keeps nothing of it unless that tab is closed first.":
    "Ein anderer Tab führt dieselbe Analyse aus und sichert sie; dieser sichert nichts davon, solange der andere offen ist.",
  "Pause by itself": "Von selbst anhalten",
  "While this tab is hidden": "Solange dieser Tab verdeckt ist",
  "While on battery": "Im Akkubetrieb",
  "This browser does not tell whether the computer runs on its battery.":
    "Dieser Browser sagt nicht, ob der Rechner im Akkubetrieb läuft.",

  // Necrosis
  Necrosis: "Nekrose",
  "No map yet.": "Noch keine Karte.",
  "so far": "bisher",
  partial: "Teil",
  "1 region": "1 Herd",
  "{0} regions": "{0} Herde",
  Threshold: "Schwelle",
  Opacity: "Deckkraft",
  Palette: "Farbskala",
  "Show map": "Karte",
  Outlines: "Umrisse",
  "Weak areas": "Schwaches",
  "mean {0}": "Mittel {0}",

  // Classes
  "All classes": "Alle Klassen",
  "Map of": "Karte von",
  Class: "Klasse",
  "Classes of the tissue": "Klassen des Gewebes",
  Tissue: "Gewebe",
  Area: "Fläche",
  "Each place has its most likely class.": "Jede Stelle trägt ihre wahrscheinlichste Klasse.",
  "No class yet.": "Noch keine Klasse.",
  "The class of the slide and the patches that speak for it and against it will stand here.":
    "Hier werden die Klasse des Schnitts stehen und die Ausschnitte, die für und gegen sie sprechen.",
  "For {0}": "Für {0}",
  "Against {0}": "Gegen {0}",
  "Decision {0}; {1} of {2} patches looked at": "Entscheidungswert {0}; {1} von {2} Ausschnitten angesehen",
  "No patch.": "Kein Ausschnitt.",
  "Patch at {0}, {1}: {2}": "Ausschnitt bei {0}, {1}: {2}",
  "Show on the slide": "Auf dem Schnitt zeigen",

  // Neurons
  Neurons: "Neuronen",
  "The features that weigh most in the model, each with the places on this slide that excite it most.":
    "Die Merkmale mit dem größten Gewicht im Modell, jedes mit den Stellen dieses Schnitts, die es am stärksten erregen.",
  Search: "Suchen",
  "Search again": "Erneut suchen",
  "Search this slide": "Diesen Schnitt durchsuchen",
  "Stop search": "Suche beenden",
  "A search is under way.": "Eine Suche läuft.",
  "Looking at the slide …": "Der Schnitt wird durchgesehen …",
  "The search failed.": "Die Suche ist gescheitert.",
  "Speaks for {0}, against {1}": "Spricht für {0}, gegen {1}",
  "channel {0}, {1} px": "Kanal {0}, {1} px",
  "Place {0} of {1}, {2}": "Stelle {0} von {1}, {2}",
  "Activation {0}: show on the slide": "Aktivierung {0}: auf dem Schnitt zeigen",
  "No place on tissue.": "Keine Stelle auf Gewebe.",
  "Slide seen whole. A click goes to the place.": "Schnitt ganz gesehen. Ein Klick führt zur Stelle.",
  "Slide {0} of {1} parts looked at. A click goes to the place.":
    "{0} von {1} Teilen des Schnitts gesehen. Ein Klick führt zur Stelle.",
  "Neurons as PNG": "Neuronen als PNG",
  "Neurons as SVG": "Neuronen als SVG",

  // Compare
  Compare: "Vergleichen",
  "Lay outlines of your own over the map: a GeoJSON file, as QuPath writes it, or a painted mask of the whole slide.":
    "Legen Sie eigene Umrisse über die Karte: eine GeoJSON-Datei, wie QuPath sie schreibt, oder eine gemalte Maske des ganzen Schnitts.",
  "Open outlines": "Umrisse öffnen",
  "Other outlines": "Andere Umrisse",
  Remove: "Entfernen",
  "Reading …": "Wird gelesen …",
  "Analyze the slide to compare.": "Analysieren Sie den Schnitt, um zu vergleichen.",
  found: "gefunden",
  missed: "übersehen",
  "found falsely": "fälschlich gefunden",
  Comparison: "Vergleich",
  "S (Dice)": "S (Dice)",
  Precision: "Genauigkeit",
  Recall: "Trefferquote",
  "Show in place of the map": "Anstelle der Karte zeigen",
  "Overlay as PNG": "Überlagerung als PNG",
  "Overlay as SVG": "Überlagerung als SVG",
  "{0}, {1} of the mask": "{0}, {1} der Maske",
  "All outlines": "Alle Umrisse",
  "Without a class": "Ohne Klasse",
  white: "weiß",
  black: "schwarz",
  "colour {0}": "Farbe {0}",

  // Export
  Export: "Export",
  "Export GeoJSON": "GeoJSON exportieren",
  "Outlines for QuPath": "Umrisse für QuPath",
  "Export CSV": "CSV exportieren",
  "Export image": "Bild exportieren",
  "Export confidence": "Konfidenz exportieren",
  "Float TIFF, unthresholded": "Gleitkomma-TIFF, ohne Schwelle",
  "One line per patch": "Eine Zeile je Ausschnitt",
  "Export JSON": "JSON exportieren",
  "Class, decision and the strongest patches": "Klasse, Entscheidungswert und die stärksten Ausschnitte",
  "Being made …": "Wird erstellt …",
  "Each file says that it is for research use only.": "Jede Datei sagt, dass sie nur für die Forschung ist.",
  "With the file's name": "Mit dem Namen der Datei",
  "With a larger picture, up to {0} px": "Mit größerem Bild, bis {0} px",
  "Result file": "Ergebnisdatei",

  // Result file
  "Computed on {0}, on {1}, in {2}, by Palisade {3}.": "Berechnet am {0}, auf {1}, in {2}, von Palisade {3}.",
  "from the file": "aus der Datei",
  Grid: "Raster",
  "every {0} px, dense": "alle {0} px, dicht",
  "every {0} px, patch by patch": "alle {0} px, Ausschnitt für Ausschnitt",
  "as stored": "wie gespeichert",
  "by the slide's profile": "nach dem Profil des Schnitts",
  Content: "Inhalt",
  intact: "unversehrt",
  "Run again and compare": "Erneut berechnen und vergleichen",
  "Computing it again: see Analysis.": "Wird erneut berechnet: siehe Analyse.",
  "Comparison of runs": "Vergleich der Analysen",
  "Confirmed.": "Bestätigt.",
  "Not confirmed.": "Nicht bestätigt.",
  "Not the same model.": "Nicht dasselbe Modell.",
  "Open a result file first.": "Öffnen Sie zuerst eine Ergebnisdatei.",
  "Drop the slide on the page to run it again and compare.":
    "Legen Sie den Schnitt auf der Seite ab, um erneut zu berechnen und zu vergleichen.",
  "Finding out whether this is the slide of the result …": "Es wird geprüft, ob dies der Schnitt des Ergebnisses ist …",
  'The model "{0}" ({1}, SHA-256 {2}) is not among those of this page, so the result cannot be computed again here.':
    "Das Modell „{0}“ ({1}, SHA-256 {2}) gibt es auf dieser Seite nicht; das Ergebnis lässt sich hier nicht erneut berechnen.",

  // Recent
  Recent: "Zuletzt",
  "What is kept": "Was gesichert wird",
  "Open now": "Jetzt offen",
  "Forget {0}": "{0} vergessen",
  "Forget this slide": "Schnitt vergessen",
  "Forget this slide and its results": "Diesen Schnitt und seine Ergebnisse vergessen",
  'Forget "{0}"? Its results, unfinished runs and small picture are deleted from this computer; the slide\'s own file stays.':
    "„{0}“ vergessen? Ergebnisse, unfertige Analysen und das kleine Bild werden auf diesem Rechner gelöscht; die Datei des Schnitts selbst bleibt.",
  "Synthetic section (demo)": "Synthetischer Schnitt (Demo)",
  "{0} and {1} more": "{0} und {1} weitere",
  "run unfinished at {0}": "Analyse unfertig bei {0}",
  "no result": "kein Ergebnis",
  "No slide is kept on this computer.": "Auf diesem Rechner ist kein Schnitt gesichert.",
  'The date of "{0}" is another one than when it was open last; its size and the parts that were compared are the same.':
    "Das Datum von „{0}“ ist ein anderes als beim letzten Öffnen; Größe und verglichene Teile sind gleich.",
  "Keep slides and results on this computer": "Schnitte und Ergebnisse auf diesem Rechner sichern",
  "In this browser alone: names, dates and a small picture of each slide, its results and unfinished runs. File names may hold patients' names.":
    "Nur in diesem Browser: Name, Datum und ein kleines Bild jedes Schnitts, Ergebnisse und unfertige Analysen. Dateinamen können Patientennamen enthalten.",
  "Nothing about slides is written any more.": "Über Schnitte wird nichts mehr geschrieben.",
  "What was kept before is still here, and can be forgotten.":
    "Was zuvor gesichert wurde, ist noch hier und lässt sich vergessen.",
  "Forget everything": "Alles vergessen",
  "Forget everything? All slides, results, unfinished runs and settings that this page has kept on this computer are deleted; the slides' own files stay.":
    "Alles vergessen? Alle Schnitte, Ergebnisse, unfertigen Analysen und Einstellungen, die diese Seite auf diesem Rechner gesichert hat, werden gelöscht; die Dateien der Schnitte bleiben.",
  "Forget it all": "Alles vergessen",
  "Uses {0} of {1}, the page itself included.": "Belegt {0} von {1}, die Seite selbst eingerechnet.",
  "The browser may clear it when the disk gets full.": "Der Browser kann es löschen, wenn die Platte voll wird.",

  // Network and offline use
  "What this page asked the network for": "Was diese Seite aus dem Netz geholt hat",
  "1 request": "1 Anfrage",
  "{0} requests": "{0} Anfragen",
  "since load": "seit dem Laden",
  Requests: "Anfragen",
  "Requests since load": "Anfragen seit dem Laden",
  "Requests of this page": "Anfragen dieser Seite",
  "No request over the network since the page was loaded": "Keine Anfrage über das Netz, seit die Seite geladen ist",
  "1 request over the network since the page was loaded": "1 Anfrage über das Netz, seit die Seite geladen ist",
  "{0} requests over the network since the page was loaded": "{0} Anfragen über das Netz, seit die Seite geladen ist",
  "{0} answered on this computer, nothing sent": "{0} auf diesem Rechner beantwortet, nichts gesendet",
  "None to another server.": "Keine an einen anderen Server.",
  "{0} to another server.": "{0} an einen anderen Server.",
  "{0} to load the page": "{0} zum Laden der Seite",
  "The browser’s own record, of the page and of its workers. All of them fetch; none carries anything of a slide away.":
    "Die eigene Aufzeichnung des Browsers, von der Seite und ihren Hilfsprozessen. Alle Anfragen holen; keine trägt etwas von einem Schnitt fort.",
  "(the page)": "(die Seite)",
  "(other addresses)": "(andere Adressen)",
  "browser's cache": "Cache des Browsers",
  "offline copy": "Offline-Kopie",
  stopped: "verhindert",
  Offline: "Offline",
  "Offline use": "Offline-Nutzung",
  "Online only": "Nur online",
  "Offline ready": "Offline bereit",
  "Keeping for offline use: {0}": "Wird für offline gesichert: {0}",
  "Checking every file …": "Jede Datei wird geprüft …",
  "Not ready for offline use: 1 file missing": "Nicht offline bereit: 1 Datei fehlt",
  "Not ready for offline use: {0} files missing": "Nicht offline bereit: {0} Dateien fehlen",
  "{0} of {1} files, {2} of {3}": "{0} von {1} Dateien, {2} von {3}",
  "Finding out what is kept on this computer.": "Es wird geprüft, was auf diesem Rechner gesichert ist.",
  "{0} The page works, but only while its server can be reached.":
    "{0} Die Seite arbeitet, aber nur, solange ihr Server erreichbar ist.",
  "The page is being kept on this computer. What is here already stays when the connection breaks off.":
    "Die Seite wird auf diesem Rechner gesichert. Was schon da ist, bleibt, wenn die Verbindung abreißt.",
  "The SHA-256 of every kept file is being computed again.": "Die SHA-256 jeder gesicherten Datei wird neu berechnet.",
  "With the network off, what needs the files below will not work. What could not be kept says why.":
    "Ohne Netz arbeitet nicht, was die Dateien unten braucht. Bei dem, was nicht gesichert werden konnte, steht warum.",
  "The page opens and works with the network off: {0} files, {1}, every byte checked against the SHA-256 of the release.":
    "Die Seite öffnet sich und arbeitet ohne Netz: {0} Dateien, {1}, jedes Byte gegen die SHA-256 der Version geprüft.",
  "not fetched yet": "noch nicht geholt",
  "Try again": "Erneut versuchen",
  "Check every file again": "Jede Datei erneut prüfen",
  "Look for a new version": "Nach neuer Version sehen",
  Update: "Aktualisieren",
  "A new version of this page is here: the page reloads with it.":
    "Eine neue Version der Seite ist da: Die Seite lädt mit ihr neu.",
  "A new version is coming in: {0}. This one goes on meanwhile.":
    "Eine neue Version kommt herein: {0}. Diese arbeitet inzwischen weiter.",
  "A new version is on the server, but not all of it could be fetched{0}. This one goes on.":
    "Auf dem Server liegt eine neue Version, aber sie ließ sich nicht ganz holen{0}. Diese arbeitet weiter.",
  "A new version is here. The page reloads with it when you press Update, or the next time it is opened.":
    "Eine neue Version ist da. Die Seite lädt mit ihr neu, wenn Sie Aktualisieren drücken, oder beim nächsten Öffnen.",
  "Palisade is open in another tab or window, which the new version would disturb: close it there, then press Update.":
    "Palisade ist in einem anderen Tab oder Fenster offen, das die neue Version stören würde: Schließen Sie es dort, dann drücken Sie Aktualisieren.",
  "The new version takes over.": "Die neue Version übernimmt.",
  "There is no new version.": "Es gibt keine neue Version.",
  "A run is under way: update when it is done, or cancel it first.":
    "Eine Analyse läuft: Aktualisieren Sie danach, oder brechen Sie sie zuerst ab.",
  "A search for neurons is under way: update when it is done.":
    "Eine Suche nach Neuronen läuft: Aktualisieren Sie danach.",
  "The result could not be kept here: save it first.":
    "Das Ergebnis ließ sich hier nicht sichern: Speichern Sie es zuerst.",

  // Test it yourself
  "Test it yourself": "Prüfen Sie es selbst",
  "Unplug the network, or leave it: the page should not care.":
    "Ziehen Sie das Netz ab oder lassen Sie es: Der Seite sollte es gleich sein.",
  "Press Test. The page tries to send the word “test” to a server that cannot exist.":
    "Drücken Sie Prüfen. Die Seite versucht, das Wort „test“ an einen Server zu senden, den es nicht geben kann.",
  "Read what the browser did about it.": "Lesen Sie, was der Browser damit tat.",
  Test: "Prüfen",
  "Test again": "Erneut prüfen",
  Starting: "Es beginnt",
  "Trying to send something away": "Es wird versucht, etwas fortzusenden",
  "Looking at what is stored": "Gespeichertes wird angesehen",
  "Hashing the page's files": "Prüfsummen der Dateien werden berechnet",
  "{0}, {1} of {2} …": "{0}, {1} von {2} …",
  "All {0} ways out were stopped by the browser. Nothing was sent.":
    "Alle {0} Wege nach draußen hat der Browser verhindert. Nichts wurde gesendet.",
  "{0} of {1} ways out were not stopped by the policy.":
    "{0} von {1} Wegen nach draußen hat die Richtlinie nicht verhindert.",
  "Ways out": "Wege nach draußen",
  "not stopped": "nicht verhindert",
  "stopped by {0}": "verhindert durch {0}",
  "Policies, as the browser enforces them": "Richtlinien, wie der Browser sie durchsetzt",
  "Policy, as the browser enforces it": "Richtlinie, wie der Browser sie durchsetzt",
  "The browser named none.": "Der Browser nannte keine.",
  "{0} to load the page, {1} over the network since, {2} answered on this computer, {3} to another server.":
    "{0} zum Laden der Seite, {1} seither über das Netz, {2} auf diesem Rechner beantwortet, {3} an einen anderen Server.",
  "The page's files": "Die Dateien der Seite",
  "Kept on this computer": "Auf diesem Rechner gesichert",
  "For a ticket": "Für eine Meldung",
  Report: "Bericht",
  "Copy report": "Bericht kopieren",
  "Holds nothing about a slide or a patient.": "Enthält nichts über einen Schnitt oder Patienten.",
  equal: "gleich",
  "NOT equal": "NICHT gleich",
  "not here": "nicht hier",
  "This copy of the page carries no release.json with the hashes of its files: it was not made by a release, or its host left that file out.":
    "Diese Kopie der Seite hat keine release.json mit den Prüfsummen ihrer Dateien: Sie stammt nicht aus einer Version, oder der Server lässt die Datei weg.",
  "SHA-256 of release.json, to compare with the published one:":
    "SHA-256 der release.json, zum Vergleich mit der veröffentlichten:",
  "All files": "Alle Dateien",
  "all equal": "alle gleich",
  "{0} NOT equal": "{0} NICHT gleich",
  "Release {0}: {1} files hashed, {2}{3}.": "Version {0}: {1} Dateien geprüft, {2}{3}.",
  "; {0} not on this computer yet": "; {0} noch nicht auf diesem Rechner",

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
  "Measure a length": "Eine Länge messen",
  "Measure an area": "Eine Fläche messen",
  "Measured so far": "Bisher gemessen",
  "Click along a line, or arrows and Enter. On the last point again ends it.":
    "Entlang einer Linie klicken, oder Pfeile und Eingabe. Der letzte Punkt noch einmal beendet sie.",
  "Click around a field, or arrows and Enter. On the first point again closes it.":
    "Um ein Feld klicken, oder Pfeile und Eingabe. Der erste Punkt noch einmal schließt es.",
  "1 point": "1 Punkt",
  "2 points": "2 Punkte",
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
  "Colours cover the tissue. Contours and hatching leave it to be seen, and hatching can be printed in grey. It changes no number. C steps through them.":
    "Farben bedecken das Gewebe. Konturen und Schraffur lassen es sehen, und Schraffur lässt sich grau drucken. Keine Zahl ändert sich. C schaltet weiter.",
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
  "Numbers of the map": "Zahlen der Karte",
  Quantity: "Größe",
  Value: "Wert",
  "At threshold ±0.1": "Bei Schwelle ±0,1",
  "Share of the tissue": "Anteil am Gewebe",
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
  "Share of the tissue if the confidence of the class were 0.1 lower or higher":
    "Anteil am Gewebe, wenn die Konfidenz der Klasse um 0,1 niedriger oder höher wäre",
  // Numbers and findings: end

  // Planner and region of interest: begin
  // Planner and region of interest: end

  // Several slides: begin
  // Several slides: end

  // Trust: begin
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
  "Pixel size": "Pixelgröße",
  "Pen marks": "Stift",
  "green: as in training": "grün: wie im Training",
  "amber: look first": "gelb: erst hinsehen",
  "red: doubtful": "rot: zweifelhaft",
  Trust: "Vertrauen",
  Folds: "Falten",
  Stain: "Färbung",
  Brightness: "Helligkeit",
  Features: "Merkmale",
  Sharpness: "Schärfe",
  // Trust: end

  // Handing on: begin
  Numbers: "Zahlen",
  "Every number, a line per region": "Alle Zahlen, eine Zeile je Herd",
  gzip: "gzip",
  Pictures: "Bilder",
  "A figure with scale bar and legend": "Eine Abbildung mit Maßstab und Legende",
  "Float TIFF, a page per class": "Gleitkomma-TIFF, eine Seite je Klasse",
  "Print report": "Bericht drucken",
  "One page, A4 or Letter (Ctrl+P)": "Eine Seite, A4 oder Letter (Strg+P)",
  Hatched: "Schraffiert",
  Result: "Ergebnis",
  "One file that opens again on any computer, offline and without the slide. Of the slide it holds a picture of {0} px and hashes: no label.":
    "Eine Datei, die sich auf jedem Rechner wieder öffnet, offline und ohne den Schnitt. Vom Schnitt enthält sie ein Bild von {0} px und Prüfsummen: kein Etikett.",
  "In files, on them and in the report. It may tell who the patient is; without it, files are named by the slide's fingerprint.":
    "In Dateien, in ihren Namen und im Bericht. Er kann verraten, wer der Patient ist; ohne ihn heißen Dateien nach dem Fingerabdruck des Schnitts.",
  "Writing the file": "Schreiben der Datei",
  "Stop writing": "Nicht weiterschreiben",
  "{0}: being made …": "{0}: wird erstellt …",
  "{0}: reading the slide, {1} …": "{0}: der Schnitt wird gelesen, {1} …",
  "{0} ({1}) went to your downloads.": "{0} ({1}) liegt bei Ihren Downloads.",
  "The report went to the browser's printing.": "Der Bericht ging an den Druck des Browsers.",
  "{0} did not succeed; the reason stands above the slide.":
    "{0} ist nicht gelungen; der Grund steht über dem Schnitt.",
  "This map is not whole, and half a number must not travel: run it to its end, or analyze a region alone.":
    "Diese Karte ist nicht vollständig, und halbe Zahlen gibt man nicht weiter: bis zum Ende analysieren oder nur eine Region.",
  "Nothing to hand on yet. When a run is done: a table, outlines, a figure, a page to print, and one file that opens again.":
    "Noch nichts weiterzugeben. Nach einer Analyse: eine Tabelle, Umrisse, eine Abbildung, eine Seite zum Drucken und eine Datei, die sich wieder öffnet.",
  "This result is of a part of the slide; every file says so.":
    "Dieses Ergebnis gilt für einen Teil des Schnitts; jede Datei sagt es.",
  "Tissue with map": "Gewebe mit Karte",
  "Tissue alone": "Gewebe allein",
  "What is in view": "Was zu sehen ist",
  "PNG, {0} dpi": "PNG, {0} dpi",
  "SVG, lines and text": "SVG, Linien und Text",
  "180 mm, two columns": "180 mm, zwei Spalten",
  "85 mm, one column": "85 mm, eine Spalte",
  Shows: "Zeigt",
  Part: "Teil",
  Width: "Breite",
  "Colours, contours or hatching as on the stage now.": "Farben, Konturen oder Schraffur wie jetzt auf der Bühne.",
  Exports: "Exporte",
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
  "Diameter, largest": "Durchmesser, größter",
  "Diameter, median": "Durchmesser, Median",
  "Foci at the tissue's edge": "Herde am Geweberand",
  "Where it is from": "Herkunft",
  Fingerprint: "Fingerabdruck",
  "Model's hash": "Hash des Modells",
  Settings: "Einstellungen",
  "threshold {0}, ": "Schwelle {0}, ",
  "patches {0} px apart, regions from {1} µm², holes from {2} µm², colours {3}":
    "Ausschnitte im Abstand von {0} px, Herde ab {1} µm², Löcher ab {2} µm², Farben {3}",
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
    "Alle {0} Prüfungen fanden den Schnitt wie die Schnitte, an denen das Modell gelernt hat.",
  "Analyzed all the same, after these reasons were seen.": "Trotzdem analysiert, nachdem diese Gründe gesehen wurden.",
  // Handing on: end

  // Help: begin
  "It holds no file name, no path and nothing of the slide.":
    "Er enthält keinen Dateinamen, keinen Pfad und nichts vom Schnitt.",
  "What is new": "Was ist neu",
  Help: "Hilfe",
  "What this does": "Was das bewirkt",
  "Search the keys": "Tasten durchsuchen",
  "Keys found": "Gefundene Tasten",
  "No key does that.": "Das tut keine Taste.",
  "Show me around": "Rundgang",
  "First time here?": "Zum ersten Mal hier?",
  "No, thanks": "Nein, danke",
  "GeoJSON opens in QuPath; CSV in any table program, with points as decimal marks; the image shows tissue and map; the confidence is the map in numbers, before any threshold. None holds the label or the name of the file's patient.":
    "GeoJSON öffnet sich in QuPath, CSV in jedem Tabellenprogramm, mit Punkt als Dezimalzeichen; das Bild zeigt Gewebe und Karte; die Konfidenz ist die Karte in Zahlen, vor jeder Schwelle. Etikett und Name des Patienten sind in keiner Datei.",
  "Where the confidence is at least this, the tissue counts as necrosis. Areas, regions and outlines follow at once; the map itself is not computed anew. It starts at the value that suited the model best in training.":
    "Wo die Konfidenz mindestens so hoch ist, zählt das Gewebe als Nekrose. Flächen, Herde und Umrisse folgen sofort; die Karte selbst wird nicht neu berechnet. Am Anfang steht der Wert, der beim Lernen des Modells am besten passte.",
  "How strongly the map covers the tissue. It changes no number. Hold H to see the tissue alone.":
    "Wie stark die Karte das Gewebe deckt. An den Zahlen ändert sich nichts. Halten Sie H, um nur das Gewebe zu sehen.",
  "Also draws the map, faintly, where the confidence is below the threshold. It changes no number.":
    "Zeichnet die Karte blass auch dort, wo die Konfidenz unter der Schwelle liegt. An den Zahlen ändert sich nichts.",
  "The colours from low to high confidence. Both can be told apart by colour-blind readers. It changes no number.":
    "Die Farben von niedriger zu hoher Konfidenz. Auch Farbenblinde können sie unterscheiden. An den Zahlen ändert sich nichts.",
  "What looks for necrosis. Each model was made for a range of pixel sizes; choose one whose range holds that of the slide. Its card tells what it was trained on and how well it did.":
    "Was nach Nekrose sucht. Jedes Modell ist für einen Bereich von Pixelgrößen gemacht; wählen Sie eines, das zum Schnitt passt. Seine Karte sagt, woran es gelernt hat und wie gut es war.",
  "How many micrometres of tissue one pixel shows. A scanner at 40x gives about 0.25, at 20x about 0.5. Every length and area rests on it, and so does what the model sees. A known length on the slide, such as a scale bar, can be measured instead.":
    "Wie viele Mikrometer Gewebe ein Pixel zeigt. Ein Scanner gibt bei 40x etwa 0,25, bei 20x etwa 0,5. Jede Länge und Fläche beruht darauf, und auch, was das Modell sieht. Stattdessen lässt sich eine bekannte Länge auf dem Schnitt messen, etwa ein Maßstabsbalken.",
  Tour: "Rundgang",
  "{0} of {1}": "{0} von {1}",
  "Skip the tour": "Rundgang beenden",
  Back: "Zurück",
  Next: "Weiter",
  Done: "Fertig",
  "Drop a slide anywhere on the page, or choose one. It is read where it lies and never leaves this computer. The demo slide is there for trying things out.":
    "Legen Sie einen Schnitt irgendwo auf der Seite ab, oder wählen Sie einen. Er wird gelesen, wo er liegt, und verlässt diesen Rechner nie. Der Demoschnitt ist zum Ausprobieren da.",
  "Look around": "Umsehen",
  "Drag the slide, zoom with the wheel, or press 1 to 6 for the magnifications of a microscope and 7 for the whole slide.":
    "Ziehen Sie den Schnitt, vergrößern Sie mit dem Mausrad, oder drücken Sie 1 bis 6 für die Vergrößerungen eines Mikroskops und 7 für den ganzen Schnitt.",
  "With a slide open, Analyze computes the map beside it. The map grows while you look around; a run can be paused and cancelled.":
    "Ist ein Schnitt offen, berechnet Analysieren die Karte. Sie wächst, während Sie sich umsehen; eine Analyse lässt sich anhalten und abbrechen.",
  "Read the map": "Die Karte lesen",
  "The threshold decides what counts as necrosis; all numbers follow it at once. Hold H to see the tissue without the map.":
    "Die Schwelle entscheidet, was als Nekrose zählt; alle Zahlen folgen ihr sofort. Halten Sie H, um das Gewebe ohne Karte zu sehen.",
  "Take it along": "Mitnehmen",
  "Export hands out outlines, tables and pictures. A result file opens again on any computer. The label is in none of them.":
    "Der Export gibt Umrisse, Tabellen und Bilder heraus. Eine Ergebnisdatei öffnet sich auf jedem Rechner wieder. Das Etikett ist in keiner Datei.",
  "See what leaves the page": "Sehen, was die Seite verlässt",
  "The counter below lists every request of this page. There is a test that you can do yourself, even with the network unplugged.":
    "Der Zähler unten zeigt jede Anfrage dieser Seite. Sie können es auch selbst prüfen, sogar bei abgezogenem Netz.",
  "Find help": "Hilfe finden",
  "A question mark beside a control tells what it does. The one above lists all keys and starts this tour again.":
    "Ein Fragezeichen neben einem Bedienelement sagt, was es bewirkt. Das oben zeigt alle Tasten und beginnt den Rundgang von neuem.",
  // Help: end

  // For everyone: begin
  "Requests: {0} {1}": "Anfragen: {0} {1}",
  "High contrast": "Hoher Kontrast",
  // For everyone: end
};
