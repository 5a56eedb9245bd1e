import type { OpenContext, SlideContent } from "../content.ts";
import type { TiffPage } from "../tiff/page.ts";
import type { TiffPages } from "../tiff/pages.ts";
import { pixelSizeOf, plausibleMpp, plausiblePower, readTagProperties, setProperty } from "../tiff/properties.ts";
import { describedName, sortPages } from "../tiff/pyramid.ts";
import { pyramidContent } from "../tiff/pyramid-content.ts";

/** NewSubfileType that Aperio gives to its macro image, and the GT 450 to its label. */
const MACRO_TYPE = 9;
const LABEL_TYPE = 1;
const MAX_PROPERTIES = 500;

/**
 * Aperio's SVS and TIFF ("Digital Slides and Third-Party Data Interchange", Aperio, page 14): the tiled pages are
 * levels, the second page is a stripped thumbnail, label and macro are stripped and say so in the second line of their
 * description or, by a GT 450, only by their NewSubfileType.
 */
export async function openAperio(tiff: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  const { file, pages, subPages } = tiff;
  const [first] = pages;
  if (!first || !/^aperio/i.test(first.description)) return null;
  const sorted = sortPages(pages, subPages, (page) => aperioName(page, first));
  if (!sorted) return null;
  const { properties, resolution } = await readTagProperties(file, first.directory);
  setProperty(properties, "tiff.ImageDescription", first.description);
  // "Aperio Image Library v11 ... |AppMag = 20|MPP = 0.4990|..."
  for (const part of first.description.split("|", MAX_PROPERTIES).slice(1)) {
    const equals = part.indexOf("=");
    if (equals > 0) setProperty(properties, `aperio.${part.slice(0, equals).trim()}`, part.slice(equals + 1));
  }
  const mpp = plausibleMpp(Number(properties["aperio.MPP"]));
  return await pyramidContent(file, sorted, context, {
    format: "Aperio SVS",
    pixelSize: pixelSizeOf(mpp === null ? resolution : { mppX: mpp, mppY: mpp }, sorted.base.orientation),
    objectivePower: plausiblePower(Number(properties["aperio.AppMag"])),
    properties,
  });
}

function aperioName(page: TiffPage, first: TiffPage): string | null {
  if (page === first) return null;
  const described = describedName(page);
  if (described !== null) return described;
  if (page.subfileType === MACRO_TYPE) return "macro";
  if (page.isTiled || !first.isTiled) return null;
  if (page.index === 1) return "thumbnail";
  return page.subfileType === LABEL_TYPE ? "label" : null;
}
