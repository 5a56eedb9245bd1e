import { blobSource } from "../../src/engine/slide/blob-source.ts";
import { wasmDecoders } from "../../src/engine/slide/decoders-wasm.ts";
import { webDecoders } from "../../src/engine/slide/decoders-web.ts";
import { openSlide } from "../../src/engine/slide/open.ts";
import type { ImageDecoders, RgbaImage } from "../../src/engine/slide/types.ts";
import { allWasmFiles } from "../browser/all-wasm-files.ts";

const urls = import.meta.glob<string>("../fixtures/slides/made/*", { query: "?url", import: "default", eager: true });

async function readAll(name: string, decoders: ImageDecoders): Promise<RgbaImage> {
  const blob = await (await fetch(urls[`../fixtures/slides/made/${name}`] ?? "")).blob();
  const slide = await openSlide(blobSource(blob, name), decoders);
  const { width0, height0 } = slide.info;
  return await slide.readRegion({ x0: 0, y0: 0, width: width0, height: height0, level: 0 });
}

/** The greatest difference of a colour between the browser's own decoder and the one in wasm. */
async function greatestDifference(name: string): Promise<number> {
  const [own, reference] = [await readAll(name, webDecoders()), await readAll(name, wasmDecoders(allWasmFiles))];
  if (own.data.length !== reference.data.length) throw new RangeError(`${name} has two sizes`);
  return own.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (reference.data[i] ?? 0))), 0);
}

// For the test that drives this page.
Reflect.set(window, "greatestDifference", greatestDifference);
