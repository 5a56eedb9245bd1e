import { AppError } from "../base/errors.ts";
import { jpegFault } from "./codecs/jpeg-whole.ts";
import type { ImageDecoders } from "./types.ts";

/**
 * Decoders that take whole JPEG pictures only (`jpegFault`): each would show a damaged one with grey in place of what is missing, or
 * be busy with it for ever. Throws `slide/decode-failed`.
 */
export function checkedDecoders(decoders: ImageDecoders): ImageDecoders {
  const { decodeJpegToBitmap, decodeJpegSmall } = decoders;
  return {
    ...decoders,
    async decodeJpeg(bytes, colour) {
      refuseDamaged(bytes);
      return await decoders.decodeJpeg(bytes, colour);
    },
    ...(decodeJpegToBitmap && {
      async decodeJpegToBitmap(bytes, colour) {
        refuseDamaged(bytes);
        return await decodeJpegToBitmap(bytes, colour);
      },
    }),
    ...(decodeJpegSmall && {
      async decodeJpegSmall(bytes, width, height) {
        refuseDamaged(bytes);
        return await decodeJpegSmall(bytes, width, height);
      },
    }),
    async decodeImageFile(bytes, type) {
      if (type === "jpeg") refuseDamaged(bytes);
      return await decoders.decodeImageFile(bytes, type);
    },
  };
}

function refuseDamaged(bytes: Uint8Array<ArrayBuffer>): void {
  const fault = jpegFault(bytes);
  if (!fault) return;
  throw new AppError(
    "slide/decode-failed",
    `Expected a whole JPEG picture in the slide, found ${fault}. Copy or download the file again.`,
  );
}
