import { AppError, throwIfAborted } from "../../engine/base/errors.ts";
import { slideBytes } from "../../engine/resultfile/map-findings.ts";
import type { ResultFile, ResultRecord } from "../../engine/resultfile/types.ts";
import type { FocalPlane, RegionRequest, RgbaImage, SlideInfo, TileAddress } from "../../engine/slide/types.ts";
import { overviewOf } from "../../workers/overview.ts";
import type { SlideClient } from "../../workers/slide.api.ts";

const TILE_SIDE = 512;

/**
 * The picture in a result file as a slide of one level that lies over all of the slide's own pixels, so that the map fits it. Throws
 * `resultfile/tampered` for a picture that the browser cannot decode. Whoever opens it closes it.
 */
export async function openRecordedSlide({ record, pictures }: ResultFile): Promise<SlideClient> {
  const blob = new Blob([pictures.overview ?? pictures.thumbnail], { type: "image/jpeg" });
  try {
    return new PictureClient(await createImageBitmap(blob), record);
  } catch (cause) {
    throw new AppError(
      "resultfile/tampered",
      "Expected a picture of the slide in the result file, but the browser cannot decode it; get the file again from whoever made it.",
      {},
      { cause },
    );
  }
}

/** What a slide without a name is called: it stands in names of exported files, too. */
export function recordedName({ name, fingerprint }: ResultRecord["slide"]): string {
  return name ?? `slide ${fingerprint.sha256.slice(0, 8)}`;
}

class PictureClient implements SlideClient {
  readonly info: SlideInfo;
  readonly #picture: ImageBitmap;
  readonly #record: ResultRecord;

  constructor(picture: ImageBitmap, record: ResultRecord) {
    this.#picture = picture;
    this.#record = record;
    this.info = infoOf(record, picture);
  }

  async tile({ level, col, row }: TileAddress, options: { readonly signal?: AbortSignal } = {}): Promise<ImageBitmap> {
    throwIfAborted(options.signal);
    const { width, height } = this.#picture;
    const shape = level === this.info.levels.length ? overviewOf(this.info.levels) : null;
    if (shape) {
      const size = { resizeWidth: shape.width, resizeHeight: shape.height, resizeQuality: "medium" } as const;
      return await createImageBitmap(this.#picture, size);
    }
    const [x, y] = [col * TILE_SIDE, row * TILE_SIDE];
    return await createImageBitmap(
      this.#picture,
      x,
      y,
      Math.min(TILE_SIDE, width - x),
      Math.min(TILE_SIDE, height - y),
    );
  }

  async region({ x0, y0, width, height }: RegionRequest): Promise<RgbaImage> {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context)
      throw new AppError("app/unexpected", "The browser could not make a picture; close other tabs and try again.");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, width, height);
    const { width0, height0 } = this.info;
    context.drawImage(
      this.#picture,
      Math.round((-x0 * this.#picture.width) / width0),
      Math.round((-y0 * this.#picture.height) / height0),
    );
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  }

  associated(name: string): Promise<never> {
    return Promise.reject(new RangeError(`A result file holds no ${name}.`));
  }

  fingerprint(): ReturnType<SlideClient["fingerprint"]> {
    return Promise.resolve(this.#record.slide.fingerprint);
  }

  close(): void {
    this.#picture.close();
  }
}

function infoOf({ slide, result }: ResultRecord, { width, height }: ImageBitmap): SlideInfo {
  const { width0, height0 } = slide;
  return {
    name: recordedName(slide),
    byteSize: slideBytes(slide),
    format: slide.format,
    width0,
    height0,
    levels: [
      {
        width,
        height,
        downsampleX: width0 / width,
        downsampleY: height0 / height,
        tileWidth: TILE_SIDE,
        tileHeight: TILE_SIDE,
      },
    ],
    pixelSize: result.pixelSize,
    objectivePower: null,
    compression: "JPEG",
    associatedImages: [],
    focalPlanes: focalPlanesOf(slide),
    focalPlane: slide.focalPlane?.index ?? 0,
    channels: [],
    hasColourProfile: false,
    colour: result.colour,
    colourNote: null,
    properties: {},
  };
}

/** As many as there were, of which the one that was read is known. */
function focalPlanesOf({ focalPlane }: ResultRecord["slide"]): readonly FocalPlane[] {
  if (!focalPlane) return [];
  return Array.from({ length: focalPlane.count }, (_, index) => ({
    offsetUm: index === focalPlane.index ? focalPlane.offsetUm : null,
  }));
}
