import { classJsonFile, patchesCsvFile } from "../report/class-exports.ts";
import { confidenceFile, csvFile, geoJsonFile, imageFile } from "../report/exports.ts";
import type { FigureProgress } from "../report/figure.ts";
import type { HandedFile } from "../report/naming.ts";
import { resultFile } from "../report/result-file.ts";
import type { App } from "../state/app.ts";
import { classifiedOf, type FinishedResult, resultOf } from "../state/result.ts";

export const writeCsv = ofMap((result, app) => csvFile(result, namingOf(app)));

export const writeGeoJson = ofMap((result, app) =>
  geoJsonFile(result, { ...namingOf(app), isCompressed: app.handing.isCompressed.value }),
);

export const writeConfidence = ofMap((result, app) => confidenceFile(result, namingOf(app)));

export const writeImage = ofMap((result, app, progress) => {
  const { figureWidth, figureShows, figureArea, figureFormat } = app.handing;
  const field = figureArea.value === "view" ? app.view.field.value : null;
  const figure = { width: figureWidth.value, shows: figureShows.value, look: result.look, field };
  return imageFile(result, { ...namingOf(app), figure, format: figureFormat.value }, progress);
});

export async function writePatchesCsv(app: App, name: string): Promise<void> {
  const classified = classifiedOf(app);
  if (classified) await app.handing.handOut(name, () => patchesCsvFile(classified, namingOf(app)));
}

export async function writeClassJson(app: App, name: string): Promise<void> {
  const classified = classifiedOf(app);
  if (classified) await app.handing.handOut(name, () => classJsonFile(classified, namingOf(app)));
}

/** The one file that opens again anywhere; `hasOverview`: with a larger picture of the slide. */
export async function writeResultFile(app: App, name: string, hasOverview: boolean): Promise<void> {
  const found = resultOf(app) ?? classifiedOf(app);
  if (found) await app.handing.handOut(name, () => resultFile(found, { ...namingOf(app), hasOverview }));
}

export function namingOf(app: App): { readonly hasName: boolean } {
  return { hasName: app.handing.hasName.value };
}

/** Of the result as it is when the button is pressed. */
function ofMap(write: (result: FinishedResult, app: App, progress: FigureProgress) => Promise<HandedFile>) {
  return async (app: App, name: string): Promise<void> => {
    const result = resultOf(app);
    if (result) await app.handing.handOut(name, (progress) => write(result, app, progress));
  };
}
