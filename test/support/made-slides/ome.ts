import { zlibSync } from "fflate";
import { COMPRESSION, PHOTOMETRIC, TAG } from "../../../src/engine/slide/tiff/tags.ts";
import {
  layOutDirectories,
  type TiffField,
  type WritableImage,
} from "../../../src/engine/slide/tiff/write-directory.ts";

/** What a pixel of a plane holds; `level` 0 is the finest. */
export type PlaneValue = (x: number, y: number, level: number, sample: number) => number;

export interface MadePlane {
  readonly width: number;
  readonly height: number;
  readonly kind: "uint8" | "int8" | "uint16" | "int16" | "float32";
  readonly value: PlaneValue;
  /** Default: 1. */
  readonly samples?: number;
  /** Default: false, samples side by side. */
  readonly isPlanar?: boolean;
  /** Default: grey. */
  readonly photometric?: number;
  /** Coarser versions in SubIFDs, each half the size of the one before. Default: none. */
  readonly levels?: number;
  readonly description?: string;
  /** Tiles that are left out (length 0), by their index. */
  readonly missingTiles?: readonly number[];
}

export const MADE_TILE = 128;
const BYTES = { uint8: 1, int8: 1, uint16: 2, int16: 2, float32: 4 } as const;
const FORMATS = { uint8: 1, uint16: 1, int8: 2, int16: 2, float32: 3 } as const;

/** A little-endian TIFF with these planes as its pages, in tiles of 128 x 128 that are deflated. */
export function planesTiff(planes: readonly MadePlane[]): Uint8Array<ArrayBuffer> {
  return layOutDirectories(
    planes.map((plane) => writable(plane, 0)),
    false,
  );
}

function writable(plane: MadePlane, level: number): WritableImage {
  const { kind, samples = 1, isPlanar = false, photometric = PHOTOMETRIC.blackIsZero, levels = 0 } = plane;
  const size = levelSize(plane, level);
  const fields: TiffField[] = [
    { tag: TAG.newSubfileType, kind: "long", values: [level === 0 ? 0 : 1] },
    { tag: TAG.imageWidth, kind: "long", values: [size.width] },
    { tag: TAG.imageLength, kind: "long", values: [size.height] },
    { tag: TAG.bitsPerSample, kind: "short", values: new Array<number>(samples).fill(BYTES[kind] * 8) },
    { tag: TAG.compression, kind: "short", values: [COMPRESSION.deflate] },
    { tag: TAG.photometric, kind: "short", values: [photometric] },
    { tag: TAG.samplesPerPixel, kind: "short", values: [samples] },
    { tag: TAG.planarConfiguration, kind: "short", values: [isPlanar ? 2 : 1] },
    { tag: TAG.tileWidth, kind: "long", values: [MADE_TILE] },
    { tag: TAG.tileLength, kind: "long", values: [MADE_TILE] },
    { tag: TAG.sampleFormat, kind: "short", values: new Array<number>(samples).fill(FORMATS[kind]) },
  ];
  if (level === 0 && plane.description !== undefined) {
    fields.push({ tag: TAG.imageDescription, kind: "text", text: plane.description });
  }
  const coarser = level === 0 ? Array.from({ length: levels }, (_, index) => writable(plane, index + 1)) : [];
  return { fields, tiles: tilesOf(plane, level), levels: coarser };
}

export function levelSize({ width, height }: { width: number; height: number }, level: number) {
  return { width: Math.max(1, width >> level), height: Math.max(1, height >> level) };
}

function tilesOf(plane: MadePlane, level: number): Uint8Array[] {
  const { samples = 1, isPlanar = false, missingTiles = [] } = plane;
  const { width, height } = levelSize(plane, level);
  const tiles: Uint8Array[] = [];
  for (let sample = 0; sample < (isPlanar ? samples : 1); sample++) {
    for (let top = 0; top < height; top += MADE_TILE) {
      for (let left = 0; left < width; left += MADE_TILE) {
        const own = isPlanar ? [sample] : Array.from({ length: samples }, (_, index) => index);
        const tile = tileBytes(plane, level, { left, top }, own);
        tiles.push(missingTiles.includes(tiles.length) ? new Uint8Array(0) : zlibSync(tile));
      }
    }
  }
  return tiles;
}

function tileBytes(
  { kind, value }: MadePlane,
  level: number,
  { left, top }: { readonly left: number; readonly top: number },
  samples: readonly number[],
): Uint8Array {
  const size = BYTES[kind];
  const view = new DataView(new ArrayBuffer(MADE_TILE * MADE_TILE * samples.length * size));
  let at = 0;
  for (let y = 0; y < MADE_TILE; y++) {
    for (let x = 0; x < MADE_TILE; x++) {
      for (const sample of samples) {
        const number = value(left + x, top + y, level, sample);
        if (kind === "float32") view.setFloat32(at, number, true);
        else if (size === 2) view.setUint16(at, number, true);
        else view.setUint8(at, number);
        at += size;
      }
    }
  }
  return new Uint8Array(view.buffer);
}

export interface OmeXmlChannel {
  readonly name?: string;
  /** Red, green, blue. */
  readonly colour?: readonly [number, number, number];
  readonly emissionNm?: number;
  readonly samples?: number;
}

export interface OmeXmlImage {
  readonly name?: string;
  readonly width: number;
  readonly height: number;
  readonly type: string;
  readonly channels: readonly OmeXmlChannel[];
  readonly sizeZ?: number;
  readonly sizeT?: number;
  readonly order?: string;
  readonly umX?: number;
  readonly umY?: number;
  readonly umZ?: number;
  /** Further attributes of Pixels, as text. */
  readonly attributes?: string;
  /** TiffData elements, as text. Default: one for all planes from page 0 on. */
  readonly tiffData?: string;
}

/** OME-XML of the schema 2016-06, as Bio-Formats writes it. */
export function omeXml(
  images: readonly OmeXmlImage[],
  { uuid = "urn:uuid:00000000-0000-0000-0000-000000000001", power }: { uuid?: string; power?: number } = {},
): string {
  const instrument =
    power === undefined
      ? ""
      : `<Instrument ID="Instrument:0"><Objective ID="Objective:0" NominalMagnification="${power}"/></Instrument>`;
  return `<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" Creator="a test" UUID="${uuid}">${instrument}${images.map(imageXml).join("")}</OME>`;
}

function imageXml(image: OmeXmlImage, index: number): string {
  const { name = `Image ${index}`, width, height, type, channels, sizeZ = 1, sizeT = 1, order = "XYZCT" } = image;
  const sizeC = channels.reduce((sum, { samples = 1 }) => sum + samples, 0);
  const lengths = [
    image.umX === undefined ? "" : ` PhysicalSizeX="${image.umX}" PhysicalSizeXUnit="µm"`,
    image.umY === undefined ? "" : ` PhysicalSizeY="${image.umY * 1000}" PhysicalSizeYUnit="nm"`,
    image.umZ === undefined ? "" : ` PhysicalSizeZ="${image.umZ}"`,
  ].join("");
  return [
    `<Image ID="Image:${index}" Name="${name}"><ObjectiveSettings ID="Objective:0"/>`,
    `<Pixels ID="Pixels:${index}" DimensionOrder="${order}" Type="${type}" SizeX="${width}" SizeY="${height}" SizeZ="${sizeZ}" SizeC="${sizeC}" SizeT="${sizeT}"${lengths} ${image.attributes ?? ""}>`,
    ...channels.map((channel, c) => channelXml(channel, index, c)),
    image.tiffData ?? "<TiffData/>",
    "</Pixels></Image>",
  ].join("");
}

function channelXml({ name, colour, emissionNm, samples = 1 }: OmeXmlChannel, image: number, index: number): string {
  const [red, green, blue] = colour ?? [0, 0, 0];
  const rgba = (red << 24) | (green << 16) | (blue << 8) | 255 | 0;
  const attributes = [
    name === undefined ? "" : ` Name="${name}"`,
    colour === undefined ? "" : ` Color="${rgba}"`,
    emissionNm === undefined ? "" : ` EmissionWavelength="${emissionNm}" EmissionWavelengthUnit="nm"`,
  ].join("");
  return `<Channel ID="Channel:${image}:${index}" SamplesPerPixel="${samples}"${attributes}/>`;
}

export const FLUORESCENCE = { width: 600, height: 400, levels: 2 } as const;

/** A value of 16 bits that tells channel, plane of focus and level apart. */
export function fluorescenceValue(c: number, z: number, level: number, x: number, y: number): number {
  return 100 * (c + 1) + 7 * z + 31 * level + ((x * (c + 2) + y * 3) % 1500);
}

/** Three channels of 16 bits at each of `depth` planes, each with a pyramid of three levels in SubIFDs. */
export function fluorescenceSlide({ depth = 1 }: { readonly depth?: number } = {}): Uint8Array<ArrayBuffer> {
  const { width, height, levels } = FLUORESCENCE;
  const channels = [
    { name: "DAPI" },
    { name: "Marker", emissionNm: 520 },
    { name: "Third", colour: [255, 0, 0] as const },
  ];
  const description = omeXml(
    [{ name: "tissue", width, height, type: "uint16", channels, sizeZ: depth, umX: 0.5, umY: 0.25, umZ: 0.8 }],
    { power: 20 },
  );
  const planes = channels.flatMap((_, c) =>
    Array.from({ length: depth }, (_, z): MadePlane => {
      const value: PlaneValue = (x, y, level) => fluorescenceValue(c, z, level, x, y);
      return { width, height, levels, kind: "uint16", value, ...(c + z === 0 ? { description } : {}) };
    }),
  );
  return planesTiff(planes);
}

export function stainedValue(x: number, y: number, level: number, sample: number): number {
  return (x * (sample + 1) + y * 2 + level * 40) & 255;
}

/** A stained slide of one coloured page with a pyramid in SubIFDs, and its label and macro as images of their own. */
export function stainedOmeSlide(): Uint8Array<ArrayBuffer> {
  const { width, height, levels } = FLUORESCENCE;
  const rgb = { kind: "uint8", samples: 3, photometric: PHOTOMETRIC.rgb, value: stainedValue } as const;
  const place = (ifd: number) => `<TiffData IFD="${ifd}" PlaneCount="1"/>`;
  const image = { type: "uint8", channels: [{ samples: 3 }] };
  const description = omeXml([
    { ...image, name: "label image", width: 90, height: 60, tiffData: place(1) },
    { ...image, name: "S-12", width, height, umX: 0.5, umY: 0.5, tiffData: place(0) },
    { ...image, name: "macro image", width: 200, height: 50, tiffData: place(2) },
  ]);
  return planesTiff([
    { ...rgb, width, height, levels, description },
    { ...rgb, width: 90, height: 60 },
    { ...rgb, width: 200, height: 50 },
  ]);
}

export interface MadeFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A slide of three planes of focus in a file each; every file describes all of them. */
export function multiFileSlide(): MadeFile[] {
  const size = { width: 40, height: 30 };
  const names = [1, 2, 3].map((number) => `deep-Z${number}.ome.tif`);
  const uuids = names.map((_, z) => `urn:uuid:00000000-0000-0000-0000-00000000000${z}`);
  const tiffData = names
    .map(
      (name, z) =>
        `<TiffData FirstZ="${z}" IFD="0" PlaneCount="1"><UUID FileName="${name}">${uuids[z]}</UUID></TiffData>`,
    )
    .join("");
  const image = { ...size, type: "uint8", channels: [{}], sizeZ: 3, umZ: 2, tiffData };
  return names.map((name, z) => ({
    name,
    bytes: planesTiff([
      {
        ...size,
        kind: "uint8",
        value: (x, y) => 50 * z + x + y,
        description: omeXml([image], { uuid: uuids[z] ?? "" }),
      },
    ]),
  }));
}
