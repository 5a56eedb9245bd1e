import { expose, transfer } from "comlink";
import { slideFingerprint } from "../engine/slide/fingerprint.ts";
import type { ReadOptions, Slide, TileAddress } from "../engine/slide/types.ts";
import { beatFromHere } from "./beat.ts";
import { beginWorker } from "./begin-worker.ts";
import { Gate } from "./gate.ts";
import { Jobs } from "./jobs.ts";
import { overviewOf, overviewReader } from "./overview.ts";
import type { SlideApi } from "./slide.api.ts";
import { openSlideInput, type SlideInput, slideSources } from "./slide-input.ts";
import { tilesAtOnce } from "./tiles-at-once.ts";
import { toBitmap } from "./to-bitmap.ts";

const jobs = new Jobs();
let gate = new Gate(1);
let slide: Slide | null = null;
let input: SlideInput | null = null;
let readOverview: (() => Promise<ImageBitmap>) | null = null;
let bytesRead = 0;

const api: SlideApi = {
  async open(wanted, pixelSize) {
    slide?.close();
    input = wanted;
    slide = await openSlideInput(wanted, { ...(pixelSize ? { pixelSize } : {}), onRead: countRead });
    gate = new Gate(tilesAtOnce(slide.info.levels));
    const shape = overviewOf(slide.info.levels);
    readOverview = shape && overviewReader(slide, shape);
    return slide.info;
  },
  tile: (address, job) =>
    jobs.run(job, (signal) =>
      gate.run(signal, async () => {
        const bitmap = await readBitmap(opened(), address, { signal });
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
  fingerprint: () => {
    if (!input) throw new TypeError("fingerprint before open");
    return slideFingerprint(slideSources(input, countRead));
  },
  cancel: (job) => jobs.cancel(job),
};

function countRead(bytes: number): void {
  bytesRead += bytes;
}

function opened(): Slide {
  if (!slide) throw new TypeError("tile or region before open");
  return slide;
}

/** A tile; of the level beyond the slide's own, its overview. */
async function readBitmap(from: Slide, address: TileAddress, options: ReadOptions): Promise<ImageBitmap> {
  if (readOverview && address.level === from.info.levels.length) return await readOverview();
  return toBitmap(await from.readTile(address, options));
}

beginWorker();
expose(api);
beatFromHere(() => bytesRead);
