import { AppError } from "../../engine/base/errors.ts";
import type { Drawing } from "../../engine/pictures/drawing.ts";
import { paintDrawing } from "../../engine/pictures/paint.ts";
import { drawingToSvg } from "../../engine/pictures/svg.ts";
import type { Command } from "../command.ts";
import { encodePng, writeOutput } from "../write-output.ts";
import { NEURONS_USAGE, neuronsDrawing } from "./figure-neurons.ts";
import { OVERLAY_USAGE, overlayDrawing } from "./figure-overlay.ts";
import { isSvg } from "./figure-path.ts";

const FIGURES: Readonly<Record<string, (args: string[]) => Promise<{ drawing: Drawing; out: string }>>> = {
  neurons: neuronsDrawing,
  overlay: overlayDrawing,
};

/** The paper's Fig. 5 and Fig. 6, as PNG or SVG by the ending of --out. */
export const figure: Command = {
  usage: `${NEURONS_USAGE}\n${OVERLAY_USAGE}`,
  async run([kind = "", ...args]) {
    const make = Object.hasOwn(FIGURES, kind) ? FIGURES[kind] : undefined;
    if (!make) {
      throw new AppError("cli/usage", `Expected "figure neurons" or "figure overlay", found "figure ${kind}".`);
    }
    const { drawing, out } = await make(args);
    if (isSvg(out)) await writeOutput(out, await drawingToSvg(drawing, encodePng));
    else await writeOutput(out, encodePng(paintDrawing(drawing)));
    process.stderr.write(`${out}: ${drawing.width} x ${drawing.height}\n`);
  },
};
