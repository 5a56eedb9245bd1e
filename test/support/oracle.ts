import { unzlibSync } from "fflate";
import type { ChannelView, RegionRequest, RgbaImage, SlideInfo, SlideView } from "../../src/engine/slide/types.ts";

/** What oracle_golden.json holds of one file (test/fixtures/slides/make_oracle_golden.py). */
export interface OracleEntry {
  /** Lossless: every byte must be the same. */
  readonly exact: boolean;
  /** All files of the slide, the named one among them. */
  readonly files: readonly string[];
  readonly openslide?: {
    readonly levels: readonly Size[];
    readonly downsamples: readonly number[];
    readonly mppX: number | null;
    readonly mppY: number | null;
    readonly power: number | null;
    readonly associated: Readonly<Record<string, Size>>;
    readonly properties: Readonly<Record<string, string>>;
    readonly regions: readonly OracleRegion[];
  };
  readonly tifffile?: { readonly levels: readonly Size[]; readonly regions: readonly OracleRegion[] };
  readonly pydicom?: {
    readonly levels: readonly Size[];
    readonly mppX: number;
    readonly mppY: number;
    readonly regions: readonly OracleRegion[];
  };
  readonly stack?: {
    readonly levels: readonly Size[];
    readonly channels: number;
    readonly focalPlanes: number;
    readonly planes: readonly { readonly channel: number; readonly plane: number; readonly sha256: string }[];
  };
}

type Size = readonly [width: number, height: number];

interface OracleRegion {
  readonly level: number;
  /** In pixels of the level. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly sha256?: string;
  readonly rgb?: string;
}

/** A slide in Node or behind the page's worker. */
export interface ReadableSlide {
  readonly info: SlideInfo;
  region(request: RegionRequest): Promise<RgbaImage>;
}

interface Tolerance {
  readonly mean: number;
  readonly most: number;
}

/** JPEG decoders may round the inverse transform and the interpolation of halved chroma differently. */
const JPEG: Tolerance = { mean: 1, most: 8 };
/** One decoder, OpenJPEG, built for different machines: floats of the 9/7 wavelet may round to the neighbouring level. */
const JPEG2000: Tolerance = { mean: 0.1, most: 1 };
/** Levels that the file lacks: OpenSlide makes them by a smaller inverse transform, the reader by means. */
const MADE_NDPI: Tolerance = { mean: 1.5, most: 12 };
const FIRST_MADE_NDPI_LEVEL = 4;

/** Beyond it OpenSlide repeats what the tags say, 72 dpi mostly; here such a pixel size counts as unknown. Micrometres. */
const IMPLAUSIBLE_MPP = 100;

/** Sentences on all that is otherwise than the oracle says of the file itself; none when they agree. */
export function compareInfo(info: SlideInfo, { openslide, tifffile, pydicom, stack }: OracleEntry): string[] {
  const found: string[] = [];
  const say = (what: string, expected: unknown, seen: unknown): void => {
    if (JSON.stringify(expected) !== JSON.stringify(seen)) {
      found.push(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(seen)}`);
    }
  };
  const sizes = info.levels.map(({ width, height }) => [width, height]);
  for (const oracle of [openslide, tifffile, pydicom, stack]) if (oracle) say("levels", oracle.levels, sizes);
  if (openslide) {
    // OpenSlide takes the mean over both axes, the reader tells them apart.
    const means = info.levels.map(({ downsampleX, downsampleY }) => (downsampleX + downsampleY) / 2);
    say("downsamples", openslide.downsamples.map(rounded), means.map(rounded));
    say("mppX", known(openslide.mppX), info.pixelSize && rounded(info.pixelSize.mppX));
    say("mppY", known(openslide.mppY), info.pixelSize && rounded(info.pixelSize.mppY));
    say("power", openslide.power, info.objectivePower);
    const images = info.associatedImages.map(({ name, width, height }) => [name, [width, height]] as const);
    say("associated images", sorted(Object.entries(openslide.associated)), sorted(images));
    found.push(...compareProperties(info.properties, openslide.properties));
  }
  if (pydicom) {
    say("mppX by pydicom", rounded(pydicom.mppX), info.pixelSize && rounded(info.pixelSize.mppX));
    say("mppY by pydicom", rounded(pydicom.mppY), info.pixelSize && rounded(info.pixelSize.mppY));
  }
  if (stack) {
    say("channels", stack.channels, info.channels.length);
    say("focal planes", stack.focalPlanes, Math.max(1, info.focalPlanes.length));
  }
  return found;
}

/** Sentences on regions whose pixels are otherwise. */
export async function comparePixels(slide: ReadableSlide, entry: OracleEntry): Promise<string[]> {
  const found: string[] = [];
  for (const [oracle, regions] of [
    ["OpenSlide", entry.openslide?.regions],
    ["tifffile", entry.tifffile?.regions],
    ["pydicom", entry.pydicom?.regions],
  ] as const) {
    for (const region of regions ?? []) {
      const { level, x, y, width, height } = region;
      const { downsampleX = 1, downsampleY = 1 } = slide.info.levels[level] ?? {};
      const image = await slide.region({ x0: x * downsampleX, y0: y * downsampleY, width, height, level });
      const difference = await differenceOf(rgbOf(image), region, toleranceOf(slide.info, level));
      if (difference) found.push(`${oracle}, level ${level} at ${x}, ${y}: ${difference}`);
    }
  }
  return found;
}

/** One view for each plane of each channel of a stack: that channel alone, its values from black to white as they are. */
export function stackViews(
  info: SlideInfo,
  { stack }: OracleEntry,
): { view: SlideView; sha256: string; name: string }[] {
  return (stack?.planes ?? []).map(({ channel, plane, sha256 }) => {
    const channels = info.channels.map(
      ({ least, most }, index): ChannelView => ({
        isShown: index === channel,
        colour: [255, 255, 255],
        low: least ?? 0,
        high: most,
      }),
    );
    return { view: { channels, focalPlane: plane }, sha256, name: `channel ${channel}, plane ${plane}` };
  });
}

/** SHA-256 of the red values of a level that is shown in greys. */
export async function greySha256(slide: ReadableSlide): Promise<string> {
  const { width0: width, height0: height } = slide.info;
  const { data } = await slide.region({ x0: 0, y0: 0, width, height, level: 0 });
  return await sha256(Uint8Array.from({ length: width * height }, (_, i) => data[i * 4] ?? 0));
}

function toleranceOf(info: SlideInfo, level: number): Tolerance {
  if (info.format.startsWith("Hamamatsu") && level >= FIRST_MADE_NDPI_LEVEL) return MADE_NDPI;
  return info.compression.startsWith("JPEG 2000") ? JPEG2000 : JPEG;
}

async function differenceOf(
  rgb: Uint8Array<ArrayBuffer>,
  region: OracleRegion,
  tolerance: Tolerance,
): Promise<string | null> {
  if (region.sha256 !== undefined) return (await sha256(rgb)) === region.sha256 ? null : "other bytes";
  const compressed = Uint8Array.from(atob(region.rgb ?? ""), (char) => char.charCodeAt(0));
  const expected = unzlibSync(compressed);
  let sum = 0;
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs((rgb[i] ?? 0) - (expected[i] ?? 0));
    sum += apart;
    most = Math.max(most, apart);
  }
  const mean = sum / expected.length;
  if (expected.length === rgb.length && mean <= tolerance.mean && most <= tolerance.most) return null;
  return `${mean.toFixed(3)} apart in the mean and ${most} at most, where ${tolerance.mean} and ${tolerance.most} are allowed`;
}

/** Where both have a property of one name it must say the same, as text or as a number; of a vendor's own most must be there. */
function compareProperties(own: Readonly<Record<string, string>>, theirs: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  const shared = Object.entries(theirs).filter(([name]) => own[name] !== undefined);
  for (const [name, value] of shared) {
    const ours = own[name] ?? "";
    const isSame = ours === value || ours === value.trim() || Math.abs(Number(ours) / Number(value) - 1) < 1e-6;
    // Long texts are kept in part.
    if (!isSame && !(ours.length >= 1000 && value.startsWith(ours)))
      found.push(`property ${name}: expected ${value}, found ${ours}`);
  }
  const missing = Object.keys(theirs).filter((name) => own[name] === undefined && !isLeftOut(name));
  if (missing.length > 0) found.push(`properties that OpenSlide tells are missing: ${missing.join(", ")}`);
  return found;
}

/** Of DICOM the reader keeps from its list what identifies a study or may name a patient, and pointers that no person reads. */
function isLeftOut(name: string): boolean {
  return name.startsWith("dicom.");
}

function known(mpp: number | null): number | null {
  return mpp === null || mpp > IMPLAUSIBLE_MPP ? null : rounded(mpp);
}

function rounded(value: number): number {
  return Number(value.toPrecision(9));
}

function sorted<T extends readonly [string, unknown]>(entries: readonly T[]): T[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

function rgbOf({ data }: RgbaImage): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    rgb[to++] = data[from] ?? 0;
    rgb[to++] = data[from + 1] ?? 0;
    rgb[to++] = data[from + 2] ?? 0;
  }
  return rgb;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
