import { fromArrayBuffer } from "geotiff";

export interface ReadConfidences {
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
  /** ImageDescription. */
  readonly description: string;
}

/** Reads an exported map with a library that did not write it. */
export async function readConfidenceTiff(bytes: Buffer): Promise<ReadConfidences> {
  const tiff = await fromArrayBuffer(Uint8Array.from(bytes).buffer);
  const image = await tiff.getImage();
  const rasters = await image.readRasters({ interleave: true });
  return {
    width: image.getWidth(),
    height: image.getHeight(),
    values: Array.from(rasters, Number),
    description: String(await image.fileDirectory.loadValue("ImageDescription")),
  };
}
