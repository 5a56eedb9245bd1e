import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { patchesToCsv } from "../../engine/classification/patches-csv.ts";
import { classificationRecord } from "../../engine/classification/record.ts";
import { shownFocalPlane } from "../../engine/slide/shown-focal-plane.ts";
import type { ClassifiedSlide } from "../state/result.ts";
import { baseName, download } from "./download.ts";

/** A line for the slide and one for each patch that was looked at. */
export async function exportPatchesCsv({ slide, appVersion, result }: ClassifiedSlide): Promise<void> {
  const text = patchesToCsv(result, { slideName: slide.info.name, appVersion });
  download(new Blob([text], { type: "text/csv" }), `${baseName(slide.info.name)}.patches.csv`);
}

/** Class, decisions, confidences and the strongest patches, with all that is needed to make them again. */
export async function exportClassJson({ slide, model, appVersion, result }: ClassifiedSlide): Promise<void> {
  const { name, byteSize, width0, height0 } = slide.info;
  const focalPlane = shownFocalPlane(slide.info);
  const { notes, ...record } = classificationRecord(result);
  const file = {
    format: "palisade-classification",
    version: 1,
    application: "Palisade",
    appVersion,
    notice: RESEARCH_USE_NOTICE,
    slide: { name, byteSize, width0, height0, ...(focalPlane ? { focalPlane } : {}) },
    pack: { id: model.id, name: model.name, sha256: result.packSha256 },
    ...record,
    notes: slide.isDemo ? ["The slide is synthetic.", ...notes] : notes,
  };
  const text = `${JSON.stringify(file, null, 2)}\n`;
  download(new Blob([text], { type: "application/json" }), `${baseName(name)}.class.json`);
}
