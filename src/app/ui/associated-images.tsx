import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isAbortError, isAppError } from "../../engine/base/errors.ts";
import type { AssociatedImage } from "../../engine/slide/types.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import { formatInteger } from "../report/numbers.ts";
import { say, t } from "../words/words.ts";

/** Pixels of an image that is read for a thumbnail, at most: 64 MB of RGBA. */
const MOST_PIXELS = 16_000_000;
/** Longer side of a thumbnail, device pixels. */
const SIDE = 560;

interface AssociatedImagesProps {
  readonly images: readonly AssociatedImage[];
  readonly client: SlideClient;
}

/** Label, macro and thumbnail of the file. Those that may show a name are not even read until the reader asks. */
export function AssociatedImages({ images, client }: AssociatedImagesProps) {
  if (images.length === 0) return null;
  return (
    <section class="associated" aria-label={t`Other images in the file`}>
      <h3>{t`Other images in the file`}</h3>
      {images.map((image) =>
        image.isPrivate ? (
          <PrivateImage key={image.name} image={image} client={client} />
        ) : (
          <Figure key={image.name} image={image} client={client} />
        ),
      )}
    </section>
  );
}

interface ImageProps {
  readonly image: AssociatedImage;
  readonly client: SlideClient;
}

function PrivateImage({ image, client }: ImageProps) {
  const isShown = useSignal(false);
  return (
    <div class="private-image">
      {isShown.value ? (
        <Figure image={image} client={client} />
      ) : (
        <p class="remark">{t`The ${say(image.name)} may show a name or a number. It is in no export.`}</p>
      )}
      <button
        type="button"
        class="plain"
        onClick={() => {
          isShown.value = !isShown.value;
        }}
      >
        {isShown.value ? t`Hide ${say(image.name)}` : t`Show ${say(image.name)}`}
      </button>
    </div>
  );
}

function Figure({ image, client }: ImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const complaint = useSignal<string | null>(null);
  const isTooLarge = image.width * image.height > MOST_PIXELS;
  useEffect(() => {
    const reading = new AbortController();
    if (canvas.current && !isTooLarge) {
      drawThumbnail(canvas.current, image.name, client, reading.signal).catch((error: unknown) => {
        if (isAbortError(error) || reading.signal.aborted) return;
        complaint.value = isAppError(error) ? error.message : t`The image cannot be shown.`;
      });
    }
    return () => reading.abort();
  }, [image, client, isTooLarge, complaint]);
  const size = `${formatInteger(image.width)} × ${formatInteger(image.height)} px`;
  return (
    <figure>
      {!isTooLarge && complaint.value === null && (
        <canvas
          ref={canvas}
          role="img"
          aria-label={say(image.name)}
          style={{ aspectRatio: `${image.width} / ${image.height}` }}
        />
      )}
      <figcaption>
        {isTooLarge ? t`${say(image.name)}, ${size}, too large for a thumbnail` : `${say(image.name)}, ${size}`}
        {complaint.value !== null && <span class="complaint"> {complaint.value}</span>}
      </figcaption>
    </figure>
  );
}

async function drawThumbnail(
  canvas: HTMLCanvasElement,
  name: string,
  client: SlideClient,
  signal: AbortSignal,
): Promise<void> {
  const image = await client.associated(name, { signal });
  const bitmap = await createImageBitmap(new ImageData(image.data, image.width, image.height));
  const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext("2d");
  if (context && !signal.aborted) {
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  }
  bitmap.close();
}
