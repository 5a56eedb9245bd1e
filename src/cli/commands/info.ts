import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { privacyNotes } from "../../engine/slide/privacy.ts";
import type { SlideInfo } from "../../engine/slide/types.ts";
import { onePositional, parseCommandArgs } from "../args.ts";
import type { Command } from "../command.ts";
import { oneLine } from "../error-line.ts";
import { openSlideFile } from "../open-slide.ts";

const USAGE = "palisade info SLIDE [--json]";

/**
 * What is known of a slide, for a person or, with --json, as `SlideInfo` with `privacyNotes`. For a person, fields that may tell who a
 * patient is are named on standard error.
 */
export const info: Command = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = parseCommandArgs(args, { json: { type: "boolean" } }, USAGE);
    const slide = await openSlideFile(onePositional(positionals, "slide", USAGE));
    try {
      const notes = privacyNotes(slide.info.properties);
      if (values.json) {
        console.log(JSON.stringify({ ...slide.info, privacyNotes: notes, notice: RESEARCH_USE_NOTICE }, null, 2));
        return;
      }
      console.log(describe(slide.info));
      for (const { field, why } of notes)
        console.error(`palisade: ${oneLine(field)} may hold ${why}; take care where this goes.`);
    } finally {
      slide.close();
    }
  },
};

function describe(known: SlideInfo): string {
  const { pixelSize } = known;
  const lines = [
    `${oneLine(known.name)}: ${known.format}, ${known.compression}, ${known.byteSize} bytes`,
    `size: ${known.width0} x ${known.height0} pixels`,
    pixelSize
      ? `pixel size: ${pixelSize.mppX} x ${pixelSize.mppY} µm`
      : "pixel size: not in the file (give it to other commands with --mpp)",
    `objective: ${known.objectivePower === null ? "not in the file" : `${known.objectivePower}x`}`,
  ];
  for (const [index, level] of known.levels.entries()) {
    const size = `${level.width} x ${level.height}`;
    const downsample = `${level.downsampleX.toFixed(4)} x ${level.downsampleY.toFixed(4)}`;
    lines.push(`level ${index}: ${size}, downsample ${downsample}, tiles ${level.tileWidth} x ${level.tileHeight}`);
  }
  for (const { name, width, height, isPrivate } of known.associatedImages) {
    lines.push(`${oneLine(name)}: ${width} x ${height}${isPrivate ? ", may show a name or number" : ""}`);
  }
  if (known.focalPlanes.length > 1) {
    const offsets = known.focalPlanes.map(({ offsetUm }) => (offsetUm === null ? "?" : `${offsetUm}`));
    lines.push(`focal planes: ${offsets.join(", ")} µm, number ${known.focalPlane + 1} is read`);
  }
  for (const { name, colour, low, high, most } of known.channels) {
    lines.push(`channel ${oneLine(name)}: colour ${colour.join(" ")}, shown from ${low} to ${high} of ${most}`);
  }
  if (known.hasColourProfile) lines.push("colour profile: in the file, colours are read as stored");
  for (const [name, value] of Object.entries(known.properties)) {
    const line = oneLine(value).replace(/\s+/g, " ");
    lines.push(`${name}: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`);
  }
  return lines.join("\n");
}
