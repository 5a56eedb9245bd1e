import type { SlideContent } from "../content.ts";
import { MAX_PROFILE_BYTES } from "../icc/profile.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import type { TiffPages } from "./pages.ts";
import { TAG } from "./tags.ts";
import { readBytes } from "./values.ts";

/** The profile of a page (ICC.1:2010, annex B.4), or undefined where it has none. */
export function colourProfileOf(file: TiffFile, page: TiffPage): SlideContent["readColourProfile"] {
  const { directory } = page;
  if (!directory.entries.has(TAG.iccProfile)) return undefined;
  return () => readBytes(file, directory, TAG.iccProfile, MAX_PROFILE_BYTES);
}

/** A vendor's slide with the profile of the page that its finest level shows, unless the vendor named one itself. */
export function withColourProfile(content: SlideContent, { file, pages }: TiffPages): SlideContent {
  const [level0] = content.levels;
  // The colours of a fluorescence image are chosen by whoever looks, not measured.
  const isFluorescence = content.channels !== undefined && content.channels.length > 0;
  if (content.readColourProfile || isFluorescence || !level0) return content;
  const isShown = ({ width, height }: TiffPage) =>
    (width === level0.width && height === level0.height) || (width === level0.height && height === level0.width);
  const page = pages.find(isShown) ?? pages[0];
  const readColourProfile = page && colourProfileOf(file, page);
  return readColourProfile ? { ...content, readColourProfile } : content;
}
