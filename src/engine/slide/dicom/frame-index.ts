import { AppError } from "../../base/errors.ts";
import { OffsetTable } from "../tiff/values.ts";
import { ByteWindow } from "./byte-window.ts";
import { UNDEFINED } from "./element.ts";
import { FragmentWalk } from "./fragment-walk.ts";
import type { DicomInstance } from "./instance.ts";
import type { Place } from "./item.ts";
import { TAG } from "./tags.ts";

/** Bytes that one frame may have, compressed or not. */
export const MAX_FRAME_BYTES = 128 * 1024 * 1024;
/** Pieces that one frame may be cut into. */
const MAX_FRAGMENTS = 4096;
/** Type numbers of TIFF for 32-bit and 64-bit numbers without sign. */
const LONG = 4;
const LONG8 = 16;

/** Where the bytes of each frame lie. */
export interface FrameIndex {
  /** Pieces that follow each other, none for a frame that is left out. `frame` counts within the file. */
  locate(frame: number): Promise<readonly Place[]>;
}

/** Reads no more than the start of the pixel data. Throws `slide/malformed`, `slide/truncated`. */
export async function openFrameIndex(instance: DicomInstance): Promise<FrameIndex> {
  return instance.syntax.coding === "native" ? nativeFrames(instance) : await encapsulatedFrames(instance);
}

/** Bytes of an uncompressed frame (PS3.5 section 8.1.1); 4:2:2 has two colour differences for two pixels. */
export function nativeFrameBytes(instance: DicomInstance): number {
  const { tileWidth, tileHeight, samples, bitsAllocated, photometric } = instance;
  const perPixel = photometric === "YBR_FULL_422" ? 2 : samples;
  return tileWidth * tileHeight * perPixel * (bitsAllocated / 8);
}

function nativeFrames(instance: DicomInstance): FrameIndex {
  const { pixelData, frames, source } = instance;
  const length = nativeFrameBytes(instance);
  if (pixelData.length === UNDEFINED) throw damaged(instance, "compressed pixel data in an uncompressed file");
  if (pixelData.length < length * frames) {
    throw damaged(instance, `${pixelData.length} bytes of pixels for ${frames} frames of ${length}`);
  }
  refuseBeyond(instance, pixelData.at + pixelData.length);
  return {
    async locate(frame) {
      if (frame < 0 || frame >= frames) throw new RangeError(`frame ${frame} of ${source.name}`);
      return [{ at: pixelData.at + frame * length, length }];
    },
  };
}

/** Frames in fragments behind a table of offsets, which may be empty (PS3.5 section A.4). */
async function encapsulatedFrames(instance: DicomInstance): Promise<FrameIndex> {
  const { source, pixelData, head, frames } = instance;
  if (pixelData.length !== UNDEFINED) throw damaged(instance, "uncompressed pixel data in a compressed file");
  const window = new ByteWindow(source, 8);
  await window.load(pixelData.at, 8);
  if (tagAt(window, pixelData.at) !== TAG.item) throw damaged(instance, "no table of offsets before the pixels");
  const tableBytes = window.uint32(pixelData.at + 4);
  const tableAt = pixelData.at + 8;
  const start = tableAt + tableBytes;
  refuseBeyond(instance, start + 8);
  const offsets = head.places.get(TAG.extendedOffsets);
  const lengths = head.places.get(TAG.extendedLengths);
  if (offsets && lengths && offsets.length >= frames * 8 && lengths.length >= frames * 8) {
    const table = { offsets: tableOf(instance, offsets, LONG8), lengths: tableOf(instance, lengths, LONG8) };
    return await extendedFrames(instance, start, table);
  }
  // Offsets of 32 bits: a longer file's table cannot be trusted.
  const isTrusted = tableBytes >= frames * 4 && source.size - start < 2 ** 32;
  if (!isTrusted) return walkedFrames(instance, start);
  return await tabledFrames(instance, start, tableOf(instance, { at: tableAt, length: frames * 4 }, LONG));
}

function tableOf({ source, frames }: DicomInstance, { at, length }: Place, type: number): OffsetTable {
  const file = { source, isLittleEndian: true, isBig: false, firstDirectory: 0 };
  return new OffsetTable(file, { tag: 0, type, count: frames, byteLength: length, offset: at, inline: null });
}

/** PS3.3 section C.7.6.3.1.8: offset and length of each frame, each in one fragment. */
async function extendedFrames(
  instance: DicomInstance,
  start: number,
  { offsets, lengths }: { readonly offsets: OffsetTable; readonly lengths: OffsetTable },
): Promise<FrameIndex> {
  const locate = async (frame: number): Promise<readonly Place[]> => {
    const length = await lengths.at(frame);
    if (length > MAX_FRAME_BYTES) throw damaged(instance, `a frame of ${length} bytes`);
    const place = { at: start + (await offsets.at(frame)) + 8, length };
    return length === 0 ? [] : [place];
  };
  const [last] = await locate(instance.frames - 1);
  if (last) refuseBeyond(instance, last.at + last.length);
  return { locate };
}

async function tabledFrames(instance: DicomInstance, start: number, table: OffsetTable): Promise<FrameIndex> {
  refuseBeyond(instance, start + (await table.at(instance.frames - 1)) + 8);
  return {
    async locate(frame) {
      const at = start + (await table.at(frame));
      const isLast = frame + 1 >= instance.frames;
      return await fragmentsFrom(instance, at, isLast ? instance.source.size : start + (await table.at(frame + 1)));
    },
  };
}

function walkedFrames(instance: DicomInstance, start: number): FrameIndex {
  const walk = new FragmentWalk(instance, start);
  return {
    async locate(frame) {
      const at = await walk.startOf(frame);
      return await fragmentsFrom(instance, at, await walk.endOf(frame));
    },
  };
}

/** The fragments from `at` on to byte `end`, or to what is none. */
async function fragmentsFrom(instance: DicomInstance, at: number, end: number): Promise<Place[]> {
  const window = new ByteWindow(instance.source, 8);
  const places: Place[] = [];
  let total = 0;
  for (let next = at; next < end || places.length === 0; ) {
    await window.load(next, 8);
    const tag = tagAt(window, next);
    if (tag !== TAG.item && places.length > 0) break;
    const length = window.uint32(next + 4);
    total += length;
    if (tag !== TAG.item) throw damaged(instance, `no frame at byte ${next}`);
    if (total > MAX_FRAME_BYTES || places.length >= MAX_FRAGMENTS) throw damaged(instance, "a frame without an end");
    places.push({ at: next + 8, length });
    next += 8 + length;
  }
  return total === 0 ? [] : places;
}

function tagAt(window: ByteWindow, at: number): number {
  return window.uint16(at) * 0x10000 + window.uint16(at + 2);
}

/** A download that broke off is told at once, not tile by tile. */
function refuseBeyond({ source }: DicomInstance, end: number): void {
  if (end <= source.size) return;
  throw new AppError(
    "slide/truncated",
    `Expected the pixels of ${source.name} to end at byte ${end}, but the file ends at byte ${source.size}: it is incomplete. Copy or download it again.`,
  );
}

function damaged({ source }: DicomInstance, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected the frames of a DICOM image, found ${found} in ${source.name}; the file is damaged. Copy or export it again.`,
  );
}
