import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { patchesToCsv } from "../../engine/classification/patches-csv.ts";
import { classificationRecord } from "../../engine/classification/record.ts";
import { shownFocalPlane } from "../../engine/slide/shown-focal-plane.ts";
import type { ClassifiedSlide } from "../state/result.ts";
import { type HandedFile, type NamingOptions, outputName } from "./naming.ts";

/** A line for the slide and one for each patch that was looked at. */
export async function patchesCsvFile(
  { slide, appVersion, result }: ClassifiedSlide,
  options: NamingOptions,
): Promise<HandedFile> {
  const name = await outputName(slide, options);
  const slideName = options.hasName || slide.isDemo ? slide.info.name : name;
  const text = patchesToCsv(result, { slideName, appVersion });
  return { blob: new Blob([text], { type: "text/csv" }), name: `${name}.patches.csv` };
}

/** Class, decisions, confidences and the strongest patches, with all that is needed to make them again. */
export async function classJsonFile(
  { slide, model, appVersion, result }: ClassifiedSlide,
  options: NamingOptions,
): Promise<HandedFile> {
  const { byteSize, width0, height0 } = slide.info;
  const name = options.hasName || slide.isDemo ? slide.info.name : null;
  const sha256 = (await slide.fingerprint)?.sha256 ?? null;
  const focalPlane = shownFocalPlane(slide.info);
  const { notes, ...record } = classificationRecord(result);
  const file = {
    format: "palisade-classification",
    version: 1,
    application: "Palisade",
    appVersion,
    notice: RESEARCH_USE_NOTICE,
    slide: { name, sha256, byteSize, width0, height0, ...(focalPlane ? { focalPlane } : {}) },
    pack: { id: model.id, name: model.name, sha256: result.packSha256 },
    ...record,
    notes: slide.isDemo ? ["The slide is synthetic.", ...notes] : notes,
  };
  const text = `${JSON.stringify(file, null, 2)}\n`;
  return {
    blob: new Blob([text], { type: "application/json" }),
    name: `${await outputName(slide, options)}.class.json`,
  };
}
