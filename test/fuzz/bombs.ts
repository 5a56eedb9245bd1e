import type { MadeSlide } from "../support/made-slides/index.ts";
import { JPEG_BOMBS } from "./bombs-jpeg.ts";
import { PICTURE_BOMBS } from "./bombs-picture.ts";
import { TIFF_BOMBS } from "./bombs-tiff.ts";

/** Small files that ask for much memory or time, or that would show glass where tissue is missing. */
export const BOMBS: Readonly<Record<string, MadeSlide>> = { ...TIFF_BOMBS, ...JPEG_BOMBS, ...PICTURE_BOMBS };

/** What each must lead to: pixels, or a refusal of that kind. */
export const BOMB_OUTCOMES: Readonly<Record<string, string>> = {
  "2^22 x 2^22, one uncompressed strip without a length": "slide/too-large",
  "2^22 x 2^22, one deflate strip": "slide/too-large",
  "2^22 wide, 512 strips that are one": "slide/too-large",
  "200,000 wide, 512 strips that are one": "slide/too-large",
  "98,000 wide, 512 strips that are one": "read",
  "tiles of 5792 x 5792 that are one": "slide/too-large",
  "tiles of 4096 x 4096 that are one": "read",
  "tiles of 4000 x 4000, 16 bits, alpha, that are one": "slide/too-large",
  "a strip of 5700 x 5700": "read",
  "floats of 5700 x 5700": "slide/too-large",
  "floats of 5700 x 5700 with predictor": "slide/too-large",
  "palette of 5792 x 5792 pixels": "read",
  "eight planes of 5700 x 5700": "slide/too-large",
  "tiles of one pixel": "slide/malformed",
  "a label of 11,000 x 11,000 left out": "slide/too-large",
  "250 images that share a description of 4 MB": "read",
  "250 images with a million values in each field": "read",
  "a directory of 1,024 fields, 250 times": "read",
  "5,000 SubIFDs": "read",
  "OME-XML of half a million open tags": "read",
  "OME-XML of 4 MB in one tag": "read",
  "OME-XML of spaces": "read",
  "Aperio with a million properties": "read",
  "predictor over a fractional number of samples": "slide/malformed",
  "an offset of one and a half": "slide/truncated",
  "a table of tile addresses behind the end": "slide/truncated",
  "progressive, 10,000 scans.tif": "slide/decode-failed",
  "progressive, 10,000 scans.jpg": "slide/decode-failed",
  "baseline, 10,000 empty scans.tif": "slide/decode-failed",
  "no picture data.tif": "slide/decode-failed",
  "no scan at all.tif": "slide/decode-failed",
  "half of its picture data.tif": "slide/decode-failed",
  "without tables.tif": "slide/decode-failed",
  "without its end marker.tif": "read",
  "half as wide and high as its tile.tif": "slide/decode-failed",
  "four components in a tile of three.tif": "slide/decode-failed",
  "three components in a tile of four.tif": "slide/decode-failed",
  "200,000 comments.tif": "slide/decode-failed",
  "100 million pixels, hardly any data.jpg": "slide/decode-failed",
  "65,535 x 65,535 pixels.jpg": "slide/too-large",
  "8 x 8 pixels, a gigabyte of data.png": "slide/decode-failed",
  "100 million pixels, no data.png": "slide/decode-failed",
  "2^31 x 1 pixels.png": "slide/too-large",
  "interlaced, 16 bits with alpha, no data.png": "slide/decode-failed",
  "text that unfolds to a gigabyte.png": "read",
  "a hundred thousand chunks.png": "slide/decode-failed",
};
