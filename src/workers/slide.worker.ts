import { expose, transfer } from "comlink";
import type { RgbaImage, Slide } from "../engine/slide/types.ts";
import { beatFromHere } from "./beat.ts";
import { beginWorker } from "./begin-worker.ts";
import { Gate } from "./gate.ts";
import { Jobs } from "./jobs.ts";
import type { SlideApi } from "./slide.api.ts";
import { openSlideInput } from "./slide-input.ts";

/** Tiles decoded at once: enough for the browser's decoders to be busy, few enough that a cancelled one costs nothing. */
const AT_ONCE = 6;

const jobs = new Jobs();
const gate = new Gate(AT_ONCE);
let slide: Slide | null = null;
let bytesRead = 0;

const api: SlideApi = {
  async open(input, pixelSize) {
    slide?.close();
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

beginWorker();
expose(api);
beatFromHere(() => bytesRead);
