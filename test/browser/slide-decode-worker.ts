import { blobSource } from "../../src/engine/slide/blob-source.ts";
import { webDecoders } from "../../src/engine/slide/decoders-web.ts";
import { openSlide } from "../../src/engine/slide/open.ts";

/** Answers a slide file with all of its pixels. */
self.onmessage = async (event: MessageEvent<File>) => {
  const slide = await openSlide(blobSource(event.data, event.data.name), webDecoders());
  const { width0, height0 } = slide.info;
  self.postMessage(await slide.readRegion({ x0: 0, y0: 0, width: width0, height: height0, level: 0 }));
};
