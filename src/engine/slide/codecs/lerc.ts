import type { DecodedNumbers } from "../types.ts";
import type { WasmFiles } from "./wasm-module.ts";

const KINDS = { U: "unsigned", S: "signed", F: "float" } as const;

/**
 * LERC by Esri's own decoder. Throws RangeError for damaged data and for more than `maxBytes` of values, counted from the
 * header before anything is decoded.
 */
export function lercDecoder(
  files: WasmFiles,
): (bytes: Uint8Array<ArrayBuffer>, maxBytes: number) => Promise<DecodedNumbers> {
  let opening: Promise<typeof import("lerc")> | null = null;

  async function open(): Promise<typeof import("lerc")> {
    const lerc = await import("lerc");
    await lerc.load({ locateFile: () => files.locate("lerc") });
    return lerc;
  }

  return async (bytes, maxBytes) => {
    checkSize(bytes, maxBytes);
    opening ??= open();
    const lerc = await opening.catch((error: unknown) => {
      opening = null;
      throw error;
    });
    const info = lerc.getBlobInfo(bytes);
    if (info.bandCount !== 1) throw new RangeError(`one LERC picture, found ${info.bandCount}`);
    const decoded = lerc.decode(bytes, { returnInterleaved: true });
    const [values] = decoded.pixels;
    const { width, height, depthCount, pixelType } = decoded;
    if (!values || values.length !== width * height * depthCount) throw new RangeError("LERC values are missing");
    return {
      width,
      height,
      channels: depthCount,
      kind: KINDS[pixelType.slice(0, 1) as "U" | "S" | "F"],
      bits: Number(pixelType.slice(1)),
      data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      mask: decoded.validPixelCount === width * height ? null : decoded.mask,
    };
  };
}

/**
 * Header of LERC 2 (Esri's specification): "Lerc2 ", version, from version 3 on a checksum, rows, columns, from version 4 on
 * values of a pixel.
 */
function checkSize(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): void {
  const isLerc2 = String.fromCharCode(...bytes.subarray(0, 6)) === "Lerc2 ";
  if (!isLerc2 || bytes.length < 34) throw new RangeError("no LERC header at the start");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getInt32(6, true);
  const at = version >= 3 ? 14 : 10;
  const height = view.getInt32(at, true);
  const width = view.getInt32(at + 4, true);
  const depth = version >= 4 ? view.getInt32(at + 8, true) : 1;
  if (width < 1 || height < 1 || depth < 1) throw new RangeError("a LERC header without a size");
  const largest = width * height * depth * 8;
  if (largest > maxBytes) throw new RangeError(`LERC may unfold to ${largest} bytes`);
}
