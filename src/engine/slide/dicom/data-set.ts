import { AppError } from "../../base/errors.ts";
import type { ByteWindow } from "./byte-window.ts";
import { type ElementHead, readElement, UNDEFINED } from "./element.ts";
import { type DicomItem, emptyItem } from "./item.ts";
import { KEPT, PLACES, TAG } from "./tags.ts";

/** Sequences within sequences; whole-slide images nest four deep. */
const MAX_DEPTH = 16;
/** Elements of a file; a slide of 600,000 frames that places each by itself has some 15 million. */
const MAX_ELEMENTS = 32_000_000;
/** Longest value kept, in bytes. */
const MAX_VALUE_BYTES = 1024;
/** Values and items kept of a file, or of one frame's item. */
const MAX_KEPT = 4096;

export interface DataSetOptions {
  readonly isExplicit: boolean;
  /** Gets the item of each frame in turn, which is then dropped. Asked for once, when the sequence starts; null skips it. */
  readonly framesFor: (head: DicomItem) => ((frame: DicomItem) => void) | null;
  /** True ends the reading before this element of the outermost level. Default: pixel data ends it. */
  readonly isEnd?: (tag: number) => boolean;
  /** Byte of the file behind the data set. Default: the file's end. */
  readonly end?: number;
}

interface Walk {
  readonly window: ByteWindow;
  readonly options: DataSetOptions;
  readonly root: DicomItem;
  elements: number;
  kept: number;
}

/**
 * What `KEPT` and `PLACES` name of the data set that starts at `at`, up to its pixel data, whose place is kept. Everything
 * else is stepped over. Throws `slide/malformed`, `slide/truncated`.
 */
export async function readDataSet(window: ByteWindow, at: number, options: DataSetOptions): Promise<DicomItem> {
  const root = emptyItem();
  const walk: Walk = { window, options, root, elements: 0, kept: 0 };
  const isEnd = options.isEnd ?? isPixelData;
  const end = options.end ?? window.source.size;
  for (let next = at; next < end; ) {
    const element = await nextElement(walk, next, options.isExplicit);
    if (isEnd(element.tag)) {
      root.places.set(element.tag, { at: element.at, length: element.length });
      return root;
    }
    next = await readValue(walk, element, { item: root, end, depth: 0, isExplicit: options.isExplicit });
  }
  return root;
}

function isPixelData(tag: number): boolean {
  return tag === TAG.pixelData || tag === TAG.floatPixelData || tag === TAG.doublePixelData;
}

interface Holder {
  /** Null where nothing is kept. */
  readonly item: DicomItem | null;
  /** Where what holds the element ends. */
  readonly end: number;
  readonly depth: number;
  readonly isExplicit: boolean;
}

async function nextElement(walk: Walk, at: number, isExplicit: boolean): Promise<ElementHead> {
  if (++walk.elements > MAX_ELEMENTS) throw damaged(walk, `more than ${MAX_ELEMENTS} elements`);
  return await readElement(walk.window, at, isExplicit);
}

/** Reads or steps over one element's value; returns where the next element starts. */
async function readValue(walk: Walk, element: ElementHead, holder: Holder): Promise<number> {
  const { tag, at, length } = element;
  const vr = element.vr === "" || element.vr === "UN" ? (KEPT.get(tag) ?? element.vr) : element.vr;
  const { item, end } = holder;
  if (length !== UNDEFINED && at + length > end) throw damaged(walk, "an element that is longer than what holds it");
  const isPerFrame = tag === TAG.perFrameGroups && holder.depth === 0;
  const onFrame = isPerFrame ? walk.options.framesFor(walk.root) : null;
  const isKeptSequence = item !== null && vr === "SQ" && KEPT.has(tag);
  if (onFrame || isKeptSequence || length === UNDEFINED) {
    return await readSequence(walk, element, { ...holder, item: isKeptSequence ? item : null }, onFrame);
  }
  if (item && PLACES.has(tag)) item.places.set(tag, { at, length });
  if (item && KEPT.has(tag) && length <= MAX_VALUE_BYTES) {
    countKept(walk);
    if (!walk.window.holds(at, length)) await walk.window.load(at, length);
    item.values.set(tag, { vr, bytes: walk.window.bytes(at, length) });
  }
  return at + length;
}

/** `onFrame`: gets each item, in place of the item that holds the sequence. */
async function readSequence(
  walk: Walk,
  element: ElementHead,
  holder: Holder,
  onFrame: ((frame: DicomItem) => void) | null,
): Promise<number> {
  if (holder.depth >= MAX_DEPTH) throw damaged(walk, `sequences nested more than ${MAX_DEPTH} deep`);
  const end = element.length === UNDEFINED ? holder.end : element.at + element.length;
  // A sequence whose representation its writer did not know is written implicitly (PS3.5 section 6.2.2).
  const isExplicit = holder.isExplicit && element.vr !== "UN";
  const items: DicomItem[] = [];
  if (holder.item) {
    countKept(walk);
    holder.item.sequences.set(element.tag, items);
  }
  let at = element.at;
  while (at < end) {
    const head = await nextElement(walk, at, isExplicit);
    if (head.tag === TAG.sequenceEnd && element.length === UNDEFINED) return head.at;
    if (head.tag !== TAG.item) throw damaged(walk, "a sequence with something else than items");
    if (head.length !== UNDEFINED && head.at + head.length > end)
      throw damaged(walk, "an item that is longer than its sequence");
    const item = onFrame || holder.item ? emptyItem() : null;
    if (item === null && head.length !== UNDEFINED) {
      at = head.at + head.length;
      continue;
    }
    const before = walk.kept;
    if (item) countKept(walk);
    at = await readItem(walk, head, { item, end, depth: holder.depth + 1, isExplicit });
    if (!item) continue;
    if (!onFrame) items.push(item);
    else {
      onFrame(item);
      walk.kept = before;
    }
  }
  if (element.length === UNDEFINED) throw damaged(walk, "a sequence without an end");
  return end;
}

async function readItem(walk: Walk, head: ElementHead, holder: Holder): Promise<number> {
  const end = head.length === UNDEFINED ? holder.end : head.at + head.length;
  const held = { ...holder, end };
  let at = head.at;
  while (at < end) {
    const element = await nextElement(walk, at, holder.isExplicit);
    if (element.tag === TAG.itemEnd && head.length === UNDEFINED) return element.at;
    at = await readValue(walk, element, held);
  }
  if (head.length === UNDEFINED) throw damaged(walk, "an item without an end");
  return end;
}

function countKept(walk: Walk): void {
  if (++walk.kept > MAX_KEPT) throw damaged(walk, `more than ${MAX_KEPT} values where a slide has some fifty`);
}

function damaged({ window }: Walk, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected a sound DICOM file, found ${found} in ${window.source.name}; the file is damaged. Copy or export it again.`,
  );
}
