import { AppError } from "../../base/errors.ts";
import type { TiffFile } from "../tiff/directory.ts";
import type { TiffPage } from "../tiff/page.ts";
import { refuseUnreadableChannel } from "../tiff/refuse.ts";
import type { ChannelHints } from "./colours.ts";

/** Channels that are read; more make no picture that anyone could look through. */
export const MAX_CHANNELS = 128;

/** One channel on one plane of focus: where its pixels lie, level by level, and what the file says of it. */
export interface ChannelPlane extends ChannelHints {
  readonly file: TiffFile;
  /** Finest first; empty where the pixels are missing (a file of the slide that was not given): no light. */
  readonly pages: readonly TiffPage[];
  /** Which of the samples of these pages. */
  readonly sample: number;
  /** Bits that carry a value where the file says so, for instance 12 of 16; else null. */
  readonly significantBits: number | null;
}

/** The same picture of all channels: one list of planes a level, finest first, each in the order of the channels. */
export type ChannelLevels = readonly (readonly (ChannelPage | null)[])[];

export interface ChannelPage {
  readonly file: TiffFile;
  readonly page: TiffPage;
  readonly sample: number;
}

/**
 * Levels that all channels have alike. Throws `slide/malformed` when the channels differ in size, and what
 * `refuseUnreadableChannel` throws for the finest level; a coarser one that cannot be read is left out.
 */
export function commonLevels(planes: readonly ChannelPlane[]): ChannelLevels {
  const present = planes.filter(({ pages }) => pages.length > 0);
  const [reference] = present;
  if (!reference) throw new RangeError("channels without a pixel");
  const levels: (ChannelPage | null)[][] = [];
  for (const [level, of] of reference.pages.entries()) {
    const isAlike = present.every(({ pages }) => isCutAlike(pages[level], of));
    if (level === 0 && !isAlike) throw differingSizes(present);
    if (!isAlike || (level > 0 && !present.every(({ pages }) => isReadable(pages[level])))) continue;
    for (const { pages } of present) if (level === 0 && pages[0]) refuseUnreadableChannel(pages[0]);
    levels.push(planes.map(({ file, pages, sample }) => (pages[level] ? { file, page: pages[level], sample } : null)));
  }
  return levels;
}

/** Of one size, in pieces of one size. */
export function isCutAlike(page: TiffPage | undefined, other: TiffPage): boolean {
  if (!page) return false;
  return (
    page.width === other.width &&
    page.height === other.height &&
    page.isTiled === other.isTiled &&
    page.segmentWidth === other.segmentWidth &&
    page.segmentHeight === other.segmentHeight
  );
}

function isReadable(page: TiffPage | undefined): boolean {
  if (!page) return false;
  try {
    refuseUnreadableChannel(page);
    return true;
  } catch {
    return false;
  }
}

function differingSizes(planes: readonly ChannelPlane[]): AppError {
  const sizes = planes.map(({ pages }) => `${pages[0]?.width} x ${pages[0]?.height}`);
  return new AppError(
    "slide/malformed",
    `Expected channels of one size in tiles or strips of one size, found ${[...new Set(sizes)].slice(0, 4).join(", ")} pixels. Export the image again, for instance with QuPath or Bio-Formats' bfconvert.`,
  );
}
