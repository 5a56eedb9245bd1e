import { type HuffmanTable, huffmanTable } from "./huffman.ts";
import { isScanWhole } from "./jpeg-scan.ts";

/** Scans of one picture; encoders write up to some sixty, and a decoder goes through the whole picture for each. */
const MAX_SCANS = 100;
/** Header segments of one picture; each holds up to 64 kB. */
const MAX_SEGMENTS = 4096;

interface Component {
  readonly across: number;
  readonly down: number;
}

interface Frame {
  readonly isProgressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: ReadonlyMap<number, Component>;
  readonly mostAcross: number;
  readonly mostDown: number;
}

/**
 * What keeps a JPEG stream (tables spliced in, no arithmetic codes) from being a whole picture: data that ends early, tables or scans
 * that are not there, or so many scans that a decoder would be busy for ever. Null when nothing does. Decoders do not tell: they fill
 * what is missing with grey, and that would pass for tissue.
 * A baseline picture's codes are walked to the end; of a progressive one, headers, number and least length of its scans are seen.
 */
export function jpegFault(bytes: Uint8Array<ArrayBuffer>): string | null {
  const tables = new Map<number, HuffmanTable>();
  const seen = new Set<number>();
  let frame: Frame | null = null;
  let restartInterval = 0;
  let scans = 0;
  let at = 2;
  for (let segments = 0; ; segments++) {
    at = nextMarker(bytes, at);
    const marker = bytes[at + 1];
    if (marker === undefined) break;
    if (marker === 0xd9) break;
    if (segments > MAX_SEGMENTS) return `more than ${MAX_SEGMENTS} header segments`;
    const start = at + 4;
    const end = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
    if (!(end >= start && end <= bytes.length)) return "a header segment that ends behind the data";
    const payload = bytes.subarray(start, end);
    at = end;
    if (marker === 0xc4 && !readTables(payload, tables)) return "a damaged Huffman table";
    if (marker === 0xdd) restartInterval = (payload[0]! << 8) | payload[1]!;
    if (marker >= 0xc0 && marker <= 0xc2) {
      if (frame) return "a second frame";
      frame = readFrame(payload, marker === 0xc2);
      if (!frame) return "a damaged frame";
    }
    if (marker !== 0xda) continue;
    scans += 1;
    if (scans > MAX_SCANS) return `more than ${MAX_SCANS} scans`;
    const fault = frame
      ? scanFault(bytes, end, { payload, frame, tables, restartInterval, seen })
      : "a scan before its frame";
    if (fault) return fault;
  }
  if (!frame || seen.size < frame.components.size) return "a picture without all of its scans";
  const isEnded = bytes[at] === 0xff && bytes[at + 1] === 0xd9;
  return frame.isProgressive && !isEnded ? "data that ends early" : null;
}

interface ScanContext {
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly frame: Frame;
  readonly tables: ReadonlyMap<number, HuffmanTable>;
  readonly restartInterval: number;
  /** Components that some scan has held. */
  readonly seen: Set<number>;
}

/** The next 0xff that starts a marker other than a restart, a fill byte or a stuffed zero; the end of the data where there is none. */
function nextMarker(bytes: Uint8Array<ArrayBuffer>, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && marker !== 0x01 && !(marker >= 0xd0 && marker <= 0xd8)) return at;
  }
  return bytes.length;
}

function readTables(payload: Uint8Array<ArrayBuffer>, tables: Map<number, HuffmanTable>): boolean {
  for (let at = 0; at < payload.length; ) {
    const counts = payload.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const table = counts.length === 16 ? huffmanTable(counts, payload.slice(at + 17, at + 17 + total)) : null;
    if (!table) return false;
    tables.set(payload[at]!, table);
    at += 17 + total;
  }
  return true;
}

function readFrame(payload: Uint8Array<ArrayBuffer>, isProgressive: boolean): Frame | null {
  const count = payload[5] ?? 0;
  if (count === 0 || payload.length < 6 + count * 3) return null;
  const components = new Map<number, Component>();
  for (let at = 6; at < 6 + count * 3; at += 3) {
    const across = payload[at + 1]! >> 4;
    const down = payload[at + 1]! & 15;
    if (across < 1 || across > 4 || down < 1 || down > 4) return null;
    components.set(payload[at]!, { across, down });
  }
  if (components.size < count) return null;
  const all = [...components.values()];
  return {
    isProgressive,
    height: (payload[1]! << 8) | payload[2]!,
    width: (payload[3]! << 8) | payload[4]!,
    components,
    mostAcross: Math.max(...all.map(({ across }) => across)),
    mostDown: Math.max(...all.map(({ down }) => down)),
  };
}

function scanFault(bytes: Uint8Array<ArrayBuffer>, start: number, context: ScanContext): string | null {
  const { payload, frame, tables, restartInterval, seen } = context;
  const count = payload[0] ?? 0;
  if (count < 1 || count > 4 || payload.length < 4 + count * 2) return "a damaged scan";
  const parts = Array.from({ length: count }, (_, i) => ({
    id: payload[1 + i * 2]!,
    component: frame.components.get(payload[1 + i * 2]!),
    tables: payload[2 + i * 2]!,
  }));
  const isFirst = payload[1 + count * 2] === 0 && payload[3 + count * 2]! >> 4 === 0;
  const blocks = [];
  let least = 0;
  for (const { id, component, tables: named } of parts) {
    if (!component) return "a scan of a component that the frame lacks";
    const size = count === 1 ? 1 : component.across * component.down;
    least += size;
    if (isFirst) seen.add(id);
    if (frame.isProgressive) continue;
    const dc = tables.get(named >> 4);
    const ac = tables.get(0x10 | (named & 15));
    if (!dc || !ac) return "no Huffman table";
    for (let i = 0; i < size; i++) blocks.push({ dc, ac });
  }
  const unitCount = unitsOf(frame, count === 1 ? parts[0]?.component : undefined);
  if (!frame.isProgressive) {
    return isScanWhole(bytes, { start, unitCount, blocks, restartInterval }) ? null : "data that ends early";
  }
  // The first bits of every block take one bit at least; what follows may be runs of empty blocks.
  const isTooShort = isFirst && (nextMarker(bytes, start) - start) * 8 < unitCount * least;
  return isTooShort ? "data that ends early" : null;
}

/** Minimum coded units of a scan: blocks of its one component, or of interleaved ones the smallest rectangle that holds whole blocks of all. */
function unitsOf({ width, height, mostAcross, mostDown }: Frame, alone: Component | undefined): number {
  if (!alone) return Math.ceil(width / (8 * mostAcross)) * Math.ceil(height / (8 * mostDown));
  const across = Math.ceil((width * alone.across) / mostAcross);
  const down = Math.ceil((height * alone.down) / mostDown);
  return Math.ceil(across / 8) * Math.ceil(down / 8);
}
