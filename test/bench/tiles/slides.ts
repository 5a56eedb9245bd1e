import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startJpegEncoder } from "../../../tools/demo-slide/jpeg.ts";
import { giantSparse } from "../../support/made-slides/giant-sparse.ts";
import { tissueTile } from "../../support/made-slides/tissue-tile.ts";
import { writeSparse } from "../../support/made-slides/write-sparse.ts";
import { bigSlidePath } from "./big-slide.ts";

export interface BenchSlide {
  readonly name: string;
  path(): Promise<string>;
}

const REAL = [
  "cmu-1-small-region.svs",
  "tcga-cr-7395-jpeg2000.svs",
  "yb10kx5k.zstd.tiff",
  "grey10kx5k.tif",
  "large-labelmap-15360x23552.tiff",
];

/** The real files of `folder` that are there, a big made one, and two of 200,000 x 200,000 pixels that are nearly empty. */
export function benchSlides(folder: string): BenchSlide[] {
  const real = REAL.map((name) => ({ name, path: async () => resolve(folder, name) }));
  return [
    ...real.filter(({ name }) => existsSync(resolve(folder, name))),
    { name: "made 20,000 x 20,000 JPEG BigTIFF", path: bigSlidePath },
    { name: "made 200,000 x 200,000, nearly empty, pyramid", path: () => giantPath(true) },
    { name: "made 200,000 x 200,000, nearly empty, one level", path: () => giantPath(false) },
  ];
}

async function giantPath(hasPyramid: boolean): Promise<string> {
  const path = join(tmpdir(), `palisade-bench-giant-${hasPyramid ? "pyramid" : "flat"}.tif`);
  const encode = await startJpegEncoder(80);
  const streams = [await encode(tissueTile(1)), await encode(tissueTile(2))];
  await writeSparse(path, giantSparse({ hasPyramid, streams }));
  return path;
}
