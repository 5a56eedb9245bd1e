import { AppError } from "../../engine/base/errors.ts";
import type { Drawing } from "../../engine/pictures/drawing.ts";
import type { RgbaImage } from "../../engine/slide/types.ts";
import { canvasOf } from "./tissue-picture.ts";

export type DrawingFormat = "png" | "svg";

/** The drawing as a file, the same as the command line writes. Throws `app/unexpected` when the browser cannot hold it. */
export async function drawingFile(drawing: Drawing, format: DrawingFormat): Promise<Blob> {
  if (format === "png") {
    const { paintDrawing } = await import("../../engine/pictures/paint.ts");
    return pngBlob(paintDrawing(drawing));
  }
  const { drawingToSvg } = await import("../../engine/pictures/svg.ts");
  const svg = await drawingToSvg(drawing, async (image) => new Uint8Array(await (await pngBlob(image)).arrayBuffer()));
  return new Blob([svg], { type: "image/svg+xml" });
}

async function pngBlob(image: RgbaImage): Promise<Blob> {
  const canvas = canvasOf(image);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) return blob;
  throw new AppError("app/unexpected", "The browser could not write the picture; close other tabs and try again.");
}
