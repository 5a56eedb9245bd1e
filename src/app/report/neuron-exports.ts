import type { ModelPack } from "../../engine/modelpack/types.ts";
import { neuronFigure } from "../../engine/pictures/neuron-figure.ts";
import type { RgbaImage } from "../../engine/slide/types.ts";
import type { NeuronFindings } from "../../workers/analysis.api.ts";
import type { OpenSlide } from "../state/slide.ts";
import { download } from "./download.ts";
import { type DrawingFormat, drawingFile } from "./drawing-file.ts";
import { type NamingOptions, outputName } from "./naming.ts";
import { readSlidePatch } from "./slide-patch.ts";

/** Pixels of a patch in the figure. */
const SIDE = 96;

export interface FoundNeurons {
  readonly slide: OpenSlide;
  readonly pack: Pick<ModelPack, "name" | "sampling">;
  readonly findings: NeuronFindings;
}

/** Hands the rows out as a figure. It names no file, because figures travel. */
export async function exportNeurons(
  { slide, pack, findings }: FoundNeurons,
  format: DrawingFormat,
  options: NamingOptions,
): Promise<void> {
  const rows: { neuron: (typeof findings.rows)[number]["neuron"]; pictures: RgbaImage[] }[] = [];
  for (const { neuron, patches } of findings.rows) {
    const pictures: RgbaImage[] = [];
    for (const { box } of patches) pictures.push(await readSlidePatch(slide.client, box, SIDE));
    rows.push({ neuron, pictures });
  }
  const drawing = neuronFigure(rows, {
    packName: pack.name,
    hasWindows: pack.sampling.windows.length > 1,
    side: SIDE,
    remark: `1 slide, ${partsSeen(findings)}.${slide.isDemo ? " Synthetic slide." : ""}`,
  });
  download(await drawingFile(drawing, format), `${await outputName(slide, options)}.neurons.${format}`);
}

/** "seen whole" or "64 of 300 parts looked at". */
export function partsSeen({ tasks, tasksInAll }: NeuronFindings): string {
  return tasks === tasksInAll ? "seen whole" : `${tasks} of ${tasksInAll} parts looked at`;
}
