import { isCodec } from "./compressions.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { coloursIn, type SampleColours } from "./samples.ts";
import { PHOTOMETRIC } from "./tags.ts";

/** How the page says that its samples are colours. */
export function coloursOf(file: TiffFile, page: TiffPage): SampleColours {
  // These decoders turn YCbCr by themselves.
  const isTurned = page.photometric === PHOTOMETRIC.ycbcr && isCodec(page.compression);
  const photometric = isTurned ? PHOTOMETRIC.rgb : page.photometric;
  const alphaKind = page.extraSamples.findIndex((kind) => kind === 1 || kind === 2);
  const alphaAt = alphaKind >= 0 ? coloursIn(photometric) + alphaKind : -1;
  return {
    photometric,
    bits: page.bits,
    kind: page.sampleFormat === 3 ? "float" : page.sampleFormat === 2 ? "signed" : "unsigned",
    isLittleEndian: file.isLittleEndian,
    palette: page.palette,
    alphaAt: alphaAt < page.samples ? alphaAt : -1,
    alpha: page.extraSamples[alphaKind] === 1 ? "premultiplied" : "straight",
    ycbcr: page.ycbcr,
  };
}
