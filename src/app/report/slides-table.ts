import type { SlideLine } from "../../engine/annotations/slides-csv.ts";
import type { QueuedSlide } from "../state/queue-list.ts";
import { download } from "./download.ts";

/** The list as a table for a spreadsheet, a line a slide, in the order of the list. */
export async function exportSlidesTable(
  slides: readonly QueuedSlide[],
  { hasNames }: { readonly hasNames: boolean },
): Promise<void> {
  const { slidesToCsv } = await import("../../engine/annotations/slides-csv.ts");
  const text = slidesToCsv(slides.map(lineOf), { hasNames });
  const day = new Date().toISOString().slice(0, 10);
  download(new Blob([text], { type: "text/csv" }), `palisade-slides-${day}.csv`);
}

function lineOf({ name, byteSize, known, pixelSize, state }: QueuedSlide): SlideLine {
  return {
    name,
    fingerprint: known?.fingerprint.sha256 ?? null,
    byteSize,
    size: known,
    pixelSize,
    state: state.kind,
    errorCode: state.kind === "failed" ? state.code : null,
    figures: state.kind === "done" ? state.figures : null,
  };
}
