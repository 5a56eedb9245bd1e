import type { ErrorCode } from "../../engine/base/errors.ts";

const COPY_AGAIN = "Kopieren oder laden Sie sie noch einmal.";
const REPORT =
  "Bitte versuchen Sie es noch einmal; geschieht es wieder, hilft der Bericht unter Details dem, der die Seite betreut.";

/** German for every failure, by its code; the sentence of the program itself, which knows more, stays under the details. */
export const DE_ERRORS: Readonly<Record<ErrorCode, string>> = {
  "slide/empty-file": `Die Datei ist leer. ${COPY_AGAIN}`,
  "slide/unreadable":
    "Die Datei ist nicht mehr lesbar: Sie wurde geändert oder verschoben, oder ihr Laufwerk fehlt. Wählen Sie sie erneut.",
  "slide/not-a-slide":
    "Das ist kein Schnitt, den Palisade öffnen kann. Es liest TIFF der meisten Scanner, DICOM und gewöhnliche Bilder; gehören mehrere Dateien zusammen, legen Sie alle gemeinsam ab.",
  "slide/truncated": `Die Datei ist unvollständig. ${COPY_AGAIN}`,
  "slide/malformed": `Die Datei ist beschädigt. ${COPY_AGAIN}`,
  "slide/cyclic-directory": `Die Datei ist beschädigt: Ihr Verzeichnis verweist auf sich selbst. ${COPY_AGAIN}`,
  "slide/too-large":
    "Die Datei oder ein Teil von ihr ist zu groß für den Browser. Speichern Sie den Schnitt als gekacheltes TIFF mit Auflösungsebenen.",
  "slide/unsupported-format":
    "Diese Art von Datei kann Palisade nicht öffnen. Exportieren Sie den Schnitt als TIFF, etwa mit QuPath; Näheres steht unter Details.",
  "slide/unsupported-compression":
    "Diese Kompression kann Palisade nicht lesen. Speichern Sie den Schnitt mit JPEG-Kompression; Näheres steht unter Details.",
  "slide/decode-failed": `Ein Teil des Bildes lässt sich nicht entschlüsseln; die Datei ist wohl beschädigt. ${COPY_AGAIN}`,
  "slide/pixel-size-unknown":
    "Die Datei sagt nicht, wie groß ein Pixel ist. Geben Sie die Pixelgröße unter Schnitt an.",
  "slide/bad-region": `Es wurde eine Stelle außerhalb des Schnitts gelesen. ${REPORT}`,
  "slide/bad-link": "Der Link führt zu keinem Schnitt dieser Seite. Fragen Sie, wer den Link gemacht hat.",
  "slide/no-ranges":
    "Der Server gibt den Schnitt nur am Stück heraus. Laden Sie die Datei herunter und legen Sie sie hier ab, oder fragen Sie, wer den Server betreut.",
  "slide/another-file":
    "Das ist ein anderer Schnitt als der, der vorher offen war. Wählen Sie die richtige Datei, oder öffnen Sie diese als eigenen Schnitt.",
  "tissue/none-found": "Auf dem Schnitt wurde kein Gewebe gefunden. Prüfen Sie, ob es der richtige Schnitt ist.",
  "features/bad-model": "Das Modell lässt sich nicht verwenden. Wählen Sie ein anderes, oder laden Sie die Seite neu.",
  "features/no-backend":
    "Auf diesem Rechner lässt sich das Modell nicht ausführen. Versuchen Sie einen aktuellen Browser, oder schließen Sie andere Tabs.",
  "features/self-test-failed":
    "Dieser Rechner rechnet beim Selbsttest des Modells anders als vorgesehen; das Ergebnis wäre nicht verlässlich. Aktualisieren Sie Browser und Grafiktreiber.",
  "features/run-failed": `Das Modell ist beim Rechnen gescheitert, oft aus Mangel an Speicher. Schließen Sie andere Tabs und analysieren Sie erneut.`,
  "features/device-lost": "Die Grafikkarte ist während der Analyse ausgefallen. Analysieren Sie erneut.",
  "svm/one-class": "Zum Lernen braucht es Beispiele von mindestens zwei Klassen.",
  "svm/bad-input": `Der Klassifikator hat ungültige Zahlen erhalten. ${REPORT}`,
  "svm/not-converged": "Das Lernen des Klassifikators kam zu keinem Ende.",
  "modelpack/not-a-pack": "Das ist kein Modellpaket von Palisade.",
  "modelpack/newer-version":
    "Das Modellpaket ist neuer als diese Seite. Laden Sie die Seite neu, um das neuere Palisade zu erhalten.",
  "modelpack/bad-field":
    "Das Modellpaket ist fehlerhaft. Wählen Sie ein anderes Modell, oder fragen Sie, wer die Seite betreut.",
  "modelpack/missing-file":
    "Eine Datei dieser Seite ließ sich nicht holen. Laden Sie die Seite neu, oder fragen Sie, wer sie betreut.",
  "modelpack/hash-mismatch":
    "Eine Datei des Modells ist nicht die, die sie sein soll. Laden Sie die Seite neu; bleibt es so, fragen Sie, wer sie betreut.",
  "heatmap/bad-grid": `Die Karte passt nicht zu ihrem Raster. ${REPORT}`,
  "annotations/bad-geojson":
    "Die Datei enthält keine lesbaren Umrisse. Exportieren Sie die Annotationen erneut als GeoJSON.",
  "evaluation/group-on-both-sides": "Eine Gruppe steht in Lern- und Prüfdaten zugleich.",
  "analysis/mode-mismatch": "Das Modell wurde für eine andere Rechenweise gelernt. Wählen Sie ein anderes Modell.",
  "analysis/not-brightfield":
    "Das ist ein Fluoreszenzbild. Modelle für gefärbte Schnitte können es nicht lesen; ansehen können Sie es hier.",
  "analysis/out-of-range": `Ein Wert für die Analyse liegt außerhalb des Erlaubten; die Pixelgröße ist ein möglicher Grund. Prüfen Sie sie unter Schnitt.`,
  "analysis/stalled":
    "Die Analyse kam nicht mehr voran und wurde beendet. Analysieren Sie erneut; was fertig war, ist gesichert.",
  "training/bad-data": "Die Lerndaten sind fehlerhaft.",
  "training/bad-config": "Die Einstellungen zum Lernen sind fehlerhaft.",
  "resultfile/not-a-result": "Das ist keine Ergebnisdatei von Palisade.",
  "resultfile/truncated": `Die Ergebnisdatei ist unvollständig. ${COPY_AGAIN}`,
  "resultfile/newer-version":
    "Die Ergebnisdatei ist neuer als diese Seite. Laden Sie die Seite neu, um das neuere Palisade zu erhalten.",
  "resultfile/tampered":
    "Die Ergebnisdatei ist nicht mehr so, wie sie geschrieben wurde. Lassen Sie sie sich noch einmal geben.",
  "resultfile/bad-field": "Die Ergebnisdatei ist fehlerhaft. Lassen Sie sie sich noch einmal geben.",
  "resultfile/too-large": "Die Ergebnisdatei ist zu groß, um geöffnet zu werden.",
  "resultfile/other-slide":
    "Das ist nicht der Schnitt des Ergebnisses; er wurde für sich geöffnet. Legen Sie die Ergebnisdatei ab, um zum Ergebnis zurückzukehren.",
  "resultfile/no-pack": "Das Modell dieses Ergebnisses gibt es auf dieser Seite nicht.",
  "workers/crashed":
    "Ein Hilfsprozess der Seite ist abgestürzt, oft aus Mangel an Speicher. Schließen Sie andere Tabs und versuchen Sie es noch einmal.",
  "workers/silent": "Ein Hilfsprozess der Seite antwortet nicht. Laden Sie die Seite neu.",
  "workers/closed": "Der Vorgang wurde beendet, weil der Schnitt geschlossen wurde. Öffnen Sie ihn erneut.",
  "cli/usage": "Der Aufruf des Programms ist falsch.",
  "cli/io": "Eine Datei ließ sich nicht lesen oder schreiben.",
  "storage/full":
    "Auf diesem Rechner, oder in dem, was der Browser davon erlaubt, ist kein Platz mehr; das Ergebnis bleibt in diesem Tab. Speichern Sie es als Datei, bevor Sie ihn schließen, oder vergessen Sie ältere Schnitte unter Zuletzt.",
  "storage/refused":
    "Der Browser lässt nicht zu, Schnitte und Ergebnisse auf diesem Rechner zu sichern. Speichern Sie Ergebnisse als Dateien, bevor Sie den Tab schließen.",
  "storage/newer-version":
    "Auf diesem Rechner liegt, was ein neueres Palisade gesichert hat; es bleibt unberührt. Laden Sie die Seite neu, um das neuere Palisade zu erhalten.",
  "app/storage": "Auf diesem Rechner ließ sich etwas nicht sichern. Speichern Sie das Ergebnis als Datei.",
  "app/unexpected":
    "Der Browser konnte das Bild nicht erstellen. Schließen Sie andere Tabs und versuchen Sie es noch einmal.",
};
