import { AppError } from "../../base/errors.ts";
import { copyPixels, whiteImage } from "../pixels.ts";
import type { DecodedNumbers, ImageDecoders, RgbaImage } from "../types.ts";
import { decodeCodecPiece } from "./codec-piece.ts";
import { compressedLimit } from "./decompress.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";
import { coloursOf } from "./page-colours.ts";
import { samplesToRgba } from "./samples.ts";
import { locate, reverseBits, type SegmentPart } from "./segment-bytes.ts";

/** A piece whose stream has a size of its own, which must cover what the piece shows of the page. */
export async function decodeCodecSegment(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  decoders: ImageDecoders,
): Promise<RgbaImage> {
  const image = whiteImage(page.segmentWidth, part.rows);
  const channels = page.isPlanar ? 1 : page.samples;
  const planeCount = page.isPlanar ? page.samples : 1;
  const pieces: DecodedNumbers[] = [];
  for (let plane = 0; plane < planeCount; plane++) {
    const piece = await readCodecPlane(file, page, part, plane, decoders);
    if (!piece) return image;
    pieces.push(piece);
  }
  const [first] = pieces;
  if (!first) return image;
  const { width, height, bits, kind, mask } = first;
  refuseUnlike(pieces);
  const planes = pieces.map(({ data }) => data);
  const colours = { ...coloursOf(file, page), bits, kind, isLittleEndian: true };
  const rgba = samplesToRgba({ planes, channels, rowBytes: (width * channels * bits) / 8 }, colours, width, height);
  // What has no value is glass.
  mask?.forEach((isValue, i) => {
    if (isValue === 0) rgba.data.fill(255, i * 4, i * 4 + 4);
  });
  copyPixels(rgba, image, 0, 0);
  return image;
}

/** Samples of one plane of a piece (of all samples where they lie side by side); null where the file leaves it out. */
export async function readCodecPlane(
  file: TiffFile,
  page: TiffPage,
  part: SegmentPart,
  plane: number,
  decoders: ImageDecoders,
): Promise<DecodedNumbers | null> {
  const channels = page.isPlanar ? 1 : page.samples;
  const limit = compressedLimit(page.segmentWidth * page.segmentHeight * channels * Math.ceil(page.bits / 8));
  const range = await locate(page, part.index + plane * page.cols * page.rows);
  if (!range) return null;
  const bytes = reverseBits(page, await file.source.read(range.offset, Math.min(range.length, limit)));
  const piece = await decodeCodecPiece(bytes, page, channels, decoders);
  refuseSmall(page, part, piece);
  return piece;
}

function refuseSmall(page: TiffPage, part: SegmentPart, piece: DecodedNumbers): void {
  const col = part.index % page.cols;
  const row = Math.floor(part.index / page.cols);
  const width = Math.min(page.segmentWidth, page.width - col * page.segmentWidth);
  const height = Math.min(part.rows, page.height - row * page.segmentHeight);
  if (piece.width >= width && piece.height >= height) return;
  throw wrongSize(`a tile of ${width} x ${height} pixels`, piece);
}

function refuseUnlike([first, ...others]: readonly DecodedNumbers[]): void {
  for (const piece of others) {
    if (!first || (piece.width === first.width && piece.height === first.height)) continue;
    throw wrongSize(`all planes of a tile to have ${first.width} x ${first.height} pixels`, piece);
  }
}

function wrongSize(expected: string, { width, height }: DecodedNumbers): AppError {
  return new AppError(
    "slide/decode-failed",
    `Expected ${expected}, found one of ${width} x ${height}; the file is damaged. Copy or download it again.`,
  );
}
