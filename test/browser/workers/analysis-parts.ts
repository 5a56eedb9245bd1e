import type { LoadedPack } from "../../../src/engine/modelpack/types.ts";
import { type SquareSlide, squareSlideTiff } from "../../unit/analysis/square-slide.ts";

/** onnxruntime's own files, as the development server serves them. */
export const runtimeBase = new URL("/ort/", location.href).href;

export const SMALL_SLIDE: SquareSlide = {
  width0: 900,
  height0: 700,
  mppX: 1,
  mppY: 1,
  downsamples: [4],
  margin0: 40,
  square: { x0: 300, y0: 200, width0: 200, height0: 200 },
};

export function squareSlideFile(slide: SquareSlide = SMALL_SLIDE): File {
  return new File([squareSlideTiff(slide)], "square.tif");
}

/** An analysis of the slide with no wishes. */
export function plainRequest(file: File, pack: LoadedPack) {
  return {
    slide: { files: [file], view: {} },
    pack,
    pixelSize: null,
    stride: null,
    backend: "wasm",
    runtimeBase,
    maxWorkers: 2,
  } as const;
}
