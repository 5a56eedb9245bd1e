import type { SlideInfo } from "../../src/engine/slide/types.ts";

/** Of a picture of one level of which nothing else is known; `parts` say what is. */
export function plainSlideInfo(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
  parts: Partial<SlideInfo> = {},
): SlideInfo {
  return {
    name,
    byteSize: 0,
    format: "picture",
    width0: width,
    height0: height,
    levels: [{ width, height, downsampleX: 1, downsampleY: 1, tileWidth: width, tileHeight: height }],
    pixelSize: null,
    objectivePower: null,
    compression: "none",
    associatedImages: [],
    focalPlanes: [],
    focalPlane: 0,
    channels: [],
    hasColourProfile: false,
    colour: "stored",
    colourNote: null,
    properties: {},
    ...parts,
  };
}
