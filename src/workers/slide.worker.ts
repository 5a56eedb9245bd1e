import { expose, transfer } from "comlink";
import { blobSource } from "../engine/slide/blob-source.ts";
import { slideFingerprint } from "../engine/slide/fingerprint.ts";
import type { RgbaImage, Slide } from "../engine/slide/types.ts";
import { beatFromHere } from "./beat.ts";
import { Gate } from "./gate.ts";
import { Jobs } from "./jobs.ts";
import type { SlideApi } from "./slide.api.ts";
import { heardSource, openSlideInput, type SlideInput } from "./slide-input.ts";
import { carryErrors } from "./wire.ts";

/** Tiles decoded at once: enough for the browser's decoders to be busy, few enough that a cancelled one costs nothing. */
const AT_ONCE = 6;

const jobs = new Jobs();
const gate = new Gate(AT_ONCE);
let slide: Slide | null = null;
let files: SlideInput["files"] = [];
let bytesRead = 0;

const api: SlideApi = {
  async open(input, pixelSize) {
    slide?.close();
    files = input.files;
    slide = await openSlideInput(input, {
      ...(pixelSize ? { pixelSize } : {}),
      onRead: (bytes) => {
        bytesRead += bytes;
      },
    });
    return slide.info;
  },
  tile: (address, job) =>
    jobs.run(job, (signal) =>
      gate.run(signal, async () => {
        const bitmap = await toBitmap(await opened().readTile(address, { signal }));
        return transfer(bitmap, [bitmap]);
      }),
    ),
  region: (request, job) =>
    jobs.run(job, (signal) =>
      gate.run(signal, async () => {
        const image = await opened().readRegion(request, { signal });
        return transfer(image, [image.data.buffer]);
      }),
    ),
  associated: (name, job) =>
    jobs.run(job, (signal) =>
      gate.run(signal, async () => {
        const image = await opened().readAssociated(name, { signal });
        return transfer(image, [image.data.buffer]);
      }),
    ),
  fingerprint: () =>
    slideFingerprint(
      files.map((file) =>
        heardSource(blobSource(file, file.name), (bytes) => {
          bytesRead += bytes;
        }),
      ),
    ),
  cancel: (job) => jobs.cancel(job),
};

function opened(): Slide {
  if (!slide) throw new TypeError("tile or region before open");
  return slide;
}

async function toBitmap(tile: ImageBitmap | RgbaImage): Promise<ImageBitmap> {
  if (tile instanceof ImageBitmap) return tile;
  return createImageBitmap(new ImageData(tile.data, tile.width, tile.height));
}

carryErrors();
expose(api);
beatFromHere(() => bytesRead);
