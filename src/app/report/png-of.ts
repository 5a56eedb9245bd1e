import { AppError } from "../../engine/base/errors.ts";

/** Throws `app/unexpected` when the browser cannot write it. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) return new Uint8Array(await blob.arrayBuffer());
  throw new AppError("app/unexpected", "The browser could not write the picture; close other tabs and try again.");
}
