import { description, type MadePage, madeTiff, pattern, resolution } from "./tiff-file.ts";

/** One region of a made SCN: its place and size in pixels of level 0, which are 500 nm. */
export interface MadeRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Default: 20. */
  readonly objective?: number;
  /** Nanometres a pixel of its own level 0; default 500. */
  readonly nmPerPixel?: number;
  /** Default: brightfield. */
  readonly illumination?: string;
  /** Planes of focus; default 1. */
  readonly planes?: number;
}

export const LEICA_NM = 500;
export const LEICA_WIDTH = 500;
export const LEICA_HEIGHT = 360;
const MACRO = [100, 72] as const;
const TILE = [64, 64] as const;
const FACTOR = 4;

/** Seed of the pattern that region `region` shows on `level` in `plane`. */
export function leicaSeed(region: number, level: number, plane = 0): number {
  return 1 + region * 8 + level * 3 + plane;
}

/**
 * A Leica SCN as OpenSlide's documentation of the format describes it: a picture of the whole slide first, then each
 * region with a coarser step a quarter as large. `edit` gets the last word on the XML.
 */
export function madeLeica(
  regions: readonly MadeRegion[],
  namespace = "2010/10/01",
  edit = (xml: string) => xml,
): Uint8Array<ArrayBuffer> {
  const pages: MadePage[] = [];
  const images = [
    imageXml({ x: 0, y: 0, width: LEICA_WIDTH, height: LEICA_HEIGHT }, [{ size: MACRO, ifd: 0 }]),
    ...regions.map((region, i) => {
      const dimensions: Dimension[] = [];
      for (let z = 0; z < (region.planes ?? 1); z++) {
        for (let level = 0; level < 2; level++) {
          const size = [region.width, region.height].map((length) => Math.ceil(length / FACTOR ** level));
          const [width = 0, height = 0] = size;
          dimensions.push({ size: [width, height], ifd: pages.length + 1, z, r: level });
          const perCm = 1e7 / (region.nmPerPixel ?? LEICA_NM) / FACTOR ** level;
          const fields = resolution(perCm, perCm, 3);
          pages.push({ width, height, tile: TILE, colour: pattern(leicaSeed(i, level, z)), fields });
        }
      }
      return imageXml(region, dimensions);
    }),
  ];
  const text = `<?xml version="1.0"?>
<scn xmlns="http://www.leica-microsystems.com/scn/${namespace}" uuid="urn:uuid:1">
  <collection name="made" uuid="urn:uuid:2" sizeX="${LEICA_WIDTH * LEICA_NM}" sizeY="${LEICA_HEIGHT * LEICA_NM}">
    <barcode>QS0xMg==</barcode>
    ${images.join("\n    ")}
  </collection>
</scn>`;
  const [width, height] = MACRO;
  return madeTiff(
    [{ width, height, tile: TILE, colour: pattern(0), fields: [description(edit(text))] }, ...pages],
    true,
  );
}

interface Dimension {
  readonly size: readonly [number, number];
  readonly ifd: number;
  readonly z?: number;
  readonly r?: number;
}

function imageXml(region: MadeRegion, dimensions: readonly Dimension[]): string {
  const { x, y, width, height, objective = 20, nmPerPixel = LEICA_NM, illumination = "brightfield", planes } = region;
  const rows = dimensions.map(({ size, ifd, z = 0, r = 0 }) => {
    const plane = planes === undefined ? "" : ` z="${z}"`;
    return `<dimension sizeX="${size[0]}" sizeY="${size[1]}" r="${r}"${plane} ifd="${ifd}" />`;
  });
  return `<image name="image ${x}" uuid="urn:uuid:3">
      <creationDate>2012-05-02T14:00:29.07Z</creationDate>
      <device model="Leica SCN400;Leica SCN" version="1.4.0.9691" />
      <pixels sizeX="${width}" sizeY="${height}">${rows.join("")}</pixels>
      <view sizeX="${width * nmPerPixel}" sizeY="${height * nmPerPixel}" offsetX="${x * LEICA_NM}" offsetY="${y * LEICA_NM}" spacingZ="400" />
      <scanSettings>
        <objectiveSettings><objective>${objective}</objective></objectiveSettings>
        <illuminationSettings>
          <numericalAperture>0.4</numericalAperture>
          <illuminationSource>${illumination}</illuminationSource>
        </illuminationSettings>
      </scanSettings>
    </image>`;
}
