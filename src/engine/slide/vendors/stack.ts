import { isCutAlike, MAX_CHANNELS } from "../channels/channel-plane.ts";
import { type ChannelStack, type StackPlane, stackContent } from "../channels/channel-stack.ts";
import { type ImageJStack, imageJPixelSize, parseImageJ } from "../channels/imagej.ts";
import type { OpenContext, SlideContent } from "../content.ts";
import type { TiffPage } from "../tiff/page.ts";
import { associatedLayers, type TiffPages } from "../tiff/pages.ts";
import { sortPages } from "../tiff/pyramid.ts";
import { COMPRESSION, PHOTOMETRIC } from "../tiff/tags.ts";

/** Grey pages of one size that no description explains: so many are channels, more are planes of focus. */
const MOST_CHANNEL_PAGES = 16;

/**
 * Grey images of one size in one file, or one image of more samples a pixel than colours have: channels of a fluorescence
 * image or planes of focus, without OME-XML. ImageJ says which; else few are channels and many are planes. Null for
 * anything else.
 */
export async function openStack(tiff: TiffPages, context: OpenContext): Promise<SlideContent | null> {
  const sorted = sortPages(tiff.pages, tiff.subPages);
  if (!sorted) return null;
  const { base } = sorted;
  const stack = isMultiSample(base) ? samplesOf(tiff, base) : greyStack(tiff, [base, ...sorted.siblings]);
  if (!stack) return null;
  const content = await stackContent(stack, context);
  const imageJ = parseImageJ(tiff.pages[0]?.description ?? "");
  return {
    ...content,
    pixelSize: imageJ ? imageJPixelSize(imageJ, content.properties) : content.pixelSize,
    format: imageJ ? "ImageJ TIFF" : content.format,
    properties: { ...content.properties, ...imageJ?.properties },
    associated: associatedLayers(
      tiff.file,
      sorted.associated.filter(({ name }) => /^(label|macro|overview|thumbnail)/.test(name)),
      context,
    ),
  };
}

/** More samples than grey or red, green and blue with alpha need. */
function isMultiSample({ photometric, samples, compression, isPlanar }: TiffPage): boolean {
  if (compression === COMPRESSION.jpeg && !isPlanar) return false;
  const isGrey = photometric === PHOTOMETRIC.blackIsZero || photometric === PHOTOMETRIC.whiteIsZero;
  return isGrey ? samples >= 3 : photometric === PHOTOMETRIC.rgb && samples >= 5;
}

function samplesOf(tiff: TiffPages, page: TiffPage): ChannelStack {
  const count = Math.min(page.samples, MAX_CHANNELS);
  const channels = Array.from({ length: count }, (_, sample): StackPlane => ({ tiff, page, sample }));
  return {
    depths: [channels],
    umZ: null,
    planes: [page],
    note: `${page.samples} samples a pixel are shown as channels.`,
  };
}

function greyStack(tiff: TiffPages, pages: readonly TiffPage[]): ChannelStack | null {
  const planes = [...pages].sort((a, b) => a.index - b.index);
  const [first] = planes;
  if (!first || planes.length < 2) return null;
  if (!planes.every((page) => isGrey(page) && isCutAlike(page, first) && page.bits === first.bits)) return null;
  const at = (index: number): StackPlane[] => {
    const page = planes[index];
    return page ? [{ tiff, page, sample: 0 }] : [];
  };
  const told = parseImageJ(first.description);
  const { channels, slices } = told && fits(told, planes.length) ? told : guessed(planes.length);
  // ImageJ counts channels fastest, then slices, then times, of which the first is shown.
  const depths = Array.from({ length: slices }, (_, z) =>
    Array.from({ length: channels }, (_, c) => at(z * channels + c)).flat(),
  );
  const what = channels > 1 ? "channels" : "planes of focus";
  const note = told
    ? null
    : `${planes.length} grey images of one size are shown as ${what}; the file does not say what they are.`;
  return { depths, umZ: told?.umZ ?? null, planes, note };
}

function isGrey({ photometric, samples, bits }: TiffPage): boolean {
  const isPlain = photometric === PHOTOMETRIC.blackIsZero || photometric === PHOTOMETRIC.whiteIsZero;
  return isPlain && samples === 1 && bits >= 8;
}

function fits({ channels, slices, frames }: ImageJStack, pages: number): boolean {
  return channels * slices * frames <= pages;
}

function guessed(pages: number): { readonly channels: number; readonly slices: number } {
  return pages <= MOST_CHANNEL_PAGES ? { channels: pages, slices: 1 } : { channels: 1, slices: pages };
}
