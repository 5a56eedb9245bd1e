import { isAppError } from "../../src/engine/base/errors.ts";
import type { RgbaImage, SlideInfo, SlideLevel } from "../../src/engine/slide/types.ts";
import type { OpenedSlide } from "./opened-slide.ts";

/** What a file led to. */
export interface Examined {
  /** "read", or the code of the first refusal; "fault" where `faults` tells of anything else. */
  readonly outcome: string;
  /** The sentence of the first refusal. */
  readonly sentence: string | null;
  /** What no file may do; empty for a reader that holds. */
  readonly faults: readonly string[];
  /** Pixels of each level that was read whole; null for the others. */
  readonly levels: readonly (RgbaImage | null)[];
}

/** A level of up to so many pixels is read whole, a larger one at its corners and in its middle. */
const WHOLE_PIXELS = 1 << 20;
/** Beyond so many pixels without a coarser level of its own, the levels that are made of finer ones are not read. */
const MOST_PIXELS_UNDER_MADE_LEVEL = 1 << 28;
/** Labels, macros and pages beside the slide that are read. */
const MOST_ASSOCIATED = 8;
const LONGEST_SENTENCE = 700;

/** Opens a file and reads of each level what a viewer and an analysis would. Never rejects. */
export async function examine(open: () => Promise<OpenedSlide>): Promise<Examined> {
  const faults: string[] = [];
  const refusals: { code: string; message: string }[] = [];
  async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const fault = faultOf(error);
      if (fault) faults.push(`${what}: ${fault}`);
      else if (isAppError(error)) refusals.push({ code: error.code, message: error.message });
      return null;
    }
  }

  const levels: (RgbaImage | null)[] = [];
  const slide = await attempt("open", open);
  if (slide) {
    faults.push(...infoFaults(slide.info));
    for (const [index, level] of slide.info.levels.entries()) {
      if (!isReadInTime(slide.info, level)) continue;
      const image = await attempt(`level ${index}`, () => readLevel(slide, index, level, faults));
      levels.push(image);
    }
    for (const { name } of slide.info.associatedImages.slice(0, MOST_ASSOCIATED)) {
      await attempt(name, async () => faults.push(...imageFaults(name, await slide.associated(name))));
    }
    slide.close();
  }
  const [first] = refusals;
  const outcome = faults.length > 0 ? "fault" : (first?.code ?? "read");
  return { outcome, sentence: first?.message ?? null, faults, levels };
}

/** What is wrong with a refusal; null for an AppError of the reader with one good sentence. */
export function faultOf(error: unknown): string | null {
  if (!isAppError(error)) return error instanceof Error ? (error.stack ?? String(error)) : `thrown: ${String(error)}`;
  if (!error.code.startsWith("slide/")) return `${error.code}: ${error.message}`;
  const isSentence = /^Expected .+\.$/s.test(error.message) && error.message.length <= LONGEST_SENTENCE;
  const isPrintable = !/[\p{Cc}]/u.test(error.message);
  return isSentence && isPrintable ? null : `no sentence: ${JSON.stringify(error.message)}`;
}

function isReadInTime(info: SlideInfo, level: SlideLevel): boolean {
  return info.width0 * info.height0 <= MOST_PIXELS_UNDER_MADE_LEVEL || level.downsampleX < 2;
}

async function readLevel(
  slide: OpenedSlide,
  index: number,
  level: SlideLevel,
  faults: string[],
): Promise<RgbaImage | null> {
  const { width, height, tileWidth, tileHeight } = level;
  const lastCol = Math.ceil(width / tileWidth) - 1;
  const lastRow = Math.ceil(height / tileHeight) - 1;
  const isWhole = width * height <= WHOLE_PIXELS;
  const places = [
    { col: 0, row: 0 },
    { col: lastCol >> 1, row: lastRow >> 1 },
    { col: lastCol, row: lastRow },
  ];
  for (const { col, row } of places) {
    const tile = await slide.tile({ level: index, col, row });
    const isFitting = tile.width <= tileWidth && tile.height <= tileHeight && tile.width > 0 && tile.height > 0;
    if (!isFitting) faults.push(`tile ${col}, ${row} of level ${index} is ${tile.width} x ${tile.height}`);
  }
  const size = isWhole ? { width, height } : { width: Math.min(width, 700), height: Math.min(height, 700) };
  const image = await slide.region({ x0: 0, y0: 0, ...size, level: index });
  faults.push(...imageFaults(`level ${index}`, image));
  return isWhole ? image : null;
}

function imageFaults(name: string, { width, height, data }: RgbaImage): string[] {
  if (data.length !== width * height * 4) return [`${name}: ${data.length} bytes for ${width} x ${height} pixels`];
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return [`${name}: alpha ${data[i]} at pixel ${i >> 2}`];
  return [];
}

/** Numbers that a page would show or compute with. */
function infoFaults(info: SlideInfo): string[] {
  const faults: string[] = [];
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 1;
  for (const level of info.levels) {
    const { width, height, tileWidth, tileHeight, downsampleX, downsampleY } = level;
    if (![width, height, tileWidth, tileHeight].every(isCount)) faults.push(`a level of ${JSON.stringify(level)}`);
    if (!(downsampleX >= 1 && downsampleY >= 1 && downsampleX < 1e9 && downsampleY < 1e9)) {
      faults.push(`a downsample of ${downsampleX}, ${downsampleY}`);
    }
  }
  const size = info.pixelSize;
  if (size && !(size.mppX > 0 && size.mppY > 0 && size.mppX < 1e6 && size.mppY < 1e6)) {
    faults.push(`a pixel size of ${size.mppX}, ${size.mppY}`);
  }
  if (info.objectivePower !== null && !(info.objectivePower > 0 && info.objectivePower < 1e6)) {
    faults.push(`an objective power of ${info.objectivePower}`);
  }
  return faults;
}
