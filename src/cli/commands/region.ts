import { numberOption, onePositional, parseCommandArgs, requiredOption } from "../args.ts";
import type { Command } from "../command.ts";
import { openSlideFile } from "../open-slide.ts";
import { encodePng, writeOutput } from "../write-output.ts";

const USAGE =
  "palisade region SLIDE --x X0 --y Y0 --width W --height H [--level K] --out FILE.png     (W, H in pixels of level K; x, y in level-0 pixels)";

/** Writes a rectangle of a slide as PNG; what lies outside of the slide is white. */
export const region: Command = {
  usage: USAGE,
  async run(args) {
    const text = { type: "string" } as const;
    const options = { x: text, y: text, width: text, height: text, level: text, out: text };
    const { values, positionals } = parseCommandArgs(args, options, USAGE);
    const path = onePositional(positionals, "slide", USAGE);
    const size = { min: 1, isWhole: true };
    const request = {
      x0: requiredOption(numberOption(values.x, "x"), "x", USAGE),
      y0: requiredOption(numberOption(values.y, "y"), "y", USAGE),
      width: requiredOption(numberOption(values.width, "width", size), "width", USAGE),
      height: requiredOption(numberOption(values.height, "height", size), "height", USAGE),
      level: numberOption(values.level, "level", { min: 0, isWhole: true }) ?? 0,
    };
    const out = requiredOption(values.out, "out", USAGE);
    const slide = await openSlideFile(path);
    try {
      await writeOutput(out, encodePng(await slide.readRegion(request)));
    } finally {
      slide.close();
    }
  },
};
