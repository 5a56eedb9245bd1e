import { useEffect, useRef } from "preact/hooks";

/** A kept picture, drawn rather than linked: the page's policy allows no address but its own. */
export function Thumbnail({ picture }: { readonly picture: Blob | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isGone = false;
    if (picture) void draw(picture, () => (isGone ? null : canvas.current));
    return () => {
      isGone = true;
    };
  }, [picture]);
  return <canvas ref={canvas} class="recent-picture" width={1} height={1} />;
}

async function draw(picture: Blob, target: () => HTMLCanvasElement | null): Promise<void> {
  const bitmap = await createImageBitmap(picture).catch(() => null);
  const canvas = target();
  if (bitmap && canvas) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  }
  bitmap?.close();
}
