import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { openSlideFile } from "../../src/cli/open-slide.ts";
import { seededRandom } from "../../src/engine/base/random.ts";
import type { PixelSize, RgbaImage, Slide } from "../../src/engine/slide/types.ts";
import { jitterStain } from "../../src/engine/training/stain-jitter.ts";
import { blurred, brown, drawnPhotograph, drawnPortrait, grey, inked, inverted } from "./altered.ts";
import { pictureSlide, wholeImage } from "./picture-slide.ts";

/** A slide that a pack is asked about. */
export interface TrustCase {
  readonly group: string;
  readonly name: string;
  readonly packId: "necrosis-lowpower" | "haemorrhage-20x";
  readonly pixelSize: PixelSize;
  /** Closed by whoever opened it. */
  open(): Promise<Slide>;
}

/** µm a pixel at which the sections are taken, and of the tiles: docs/accuracy.md. */
const SECTION_MPP = 10;
const TILE_MPP = 0.456;

/** Every so manieth section is altered, and every so manieth tile asked about. */
const EVERY = 9;

const stained = (haematoxylin: number, eosin: number) => (image: RgbaImage) =>
  jitterStain(image, { gains: [haematoxylin, eosin, 1], offsets: [0, 0, 0] });

const ALTERATIONS: readonly (readonly [string, (image: RgbaImage) => RgbaImage, number?])[] = [
  ["blurred by 0.5 px (5 µm)", (image) => blurred(image, 0.5)],
  ["blurred by 1 px (10 µm)", (image) => blurred(image, 1)],
  ["blurred by 1.5 px (15 µm)", (image) => blurred(image, 1.5)],
  ["blurred by 3 px (30 µm)", (image) => blurred(image, 3)],
  ["both stains x 0.5", stained(0.5, 0.5)],
  ["both stains x 0.7", stained(0.7, 0.7)],
  ["both stains x 1.43", stained(1.43, 1.43)],
  ["both stains x 2", stained(2, 2)],
  ["haematoxylin x 0.5", stained(0.5, 1)],
  ["haematoxylin x 2", stained(2, 1)],
  ["eosin x 0.5", stained(1, 0.5)],
  ["eosin x 2", stained(1, 2)],
  ["half the pixel size (5 µm)", (image) => image, 0.5],
  ["double the pixel size (20 µm)", (image) => image, 2],
  ["four times the pixel size (40 µm)", (image) => image, 4],
  ["forty times the pixel size (400 µm)", (image) => image, 40],
  ["green ink over a tenth", (image) => inked(image, [30, 120, 70])],
  ["eosin turned brown (as DAB)", brown],
  ["without colour", grey],
  ["inverted (dark field)", inverted],
];

/** All cases for which there is data under `data` (../shared/data). */
export async function trustCases(data: string): Promise<TrustCase[]> {
  const sections = await filesIn(join(data, "sections/images"));
  const cases: TrustCase[] = sections.map((path) =>
    fileCase("sections, each held out with its block", path, SECTION_MPP, "necrosis-lowpower"),
  );
  for (const [label, alter, scale = 1] of ALTERATIONS) {
    for (const path of sections.filter((_, i) => i % EVERY === 0)) {
      cases.push({
        ...fileCase(`sections, ${label}`, path, SECTION_MPP * scale, "necrosis-lowpower"),
        open: async () => {
          const slide = await openSlideFile(path);
          const image = await wholeImage(slide);
          slide.close();
          return pictureSlide(parse(path).name, alter(image));
        },
      });
    }
  }
  for (const path of (await filesIn(join(data, "tiles20x/images"))).filter((_, i) => i % EVERY === 0))
    cases.push(fileCase("tiles at 20x (158 of 260 trained on)", path, TILE_MPP, "haemorrhage-20x"));
  for (const path of sections.filter((_, i) => i % EVERY === 0))
    cases.push(fileCase("sections for the pack of the tiles", path, SECTION_MPP, "haemorrhage-20x"));
  for (const path of await filesIn(join(data, "tissue")))
    cases.push(fileCase(`tissue image ${parse(path).name}`, path, SECTION_MPP, "necrosis-lowpower"));
  const slides: readonly (readonly [string, string, number])[] = [
    ["fluorescence (NDPI, DAPI)", "hamamatsu-dapi.ndpi", 0.228],
    ["small region of another organ (SVS, CMU-1)", "cmu-1-small-region.svs", 0.499],
    ["head and neck (SVS, TCGA-CR-7395), 0.5 µm typed", "tcga-cr-7395-jpeg2000.svs", 0.5],
    ["lymph node (DICOM, Camelyon)", "camelyon-wsm.dcm", 0.25],
    ["grey squares (TIFF)", "grey10kx5k.tif", 0.5],
    ["drawn colours (TIFF)", "yb10kx5k.zstd.tiff", 0.5],
  ];
  for (const [group, file, mpp] of slides) {
    if (sections.length === 0) break;
    cases.push(fileCase(group, join(data, "slides", file), mpp, "necrosis-lowpower"));
  }
  for (const seed of [1, 2, 3]) {
    const draw = (name: string, image: () => RgbaImage): TrustCase => ({
      group: name,
      name: `${name} ${seed}`,
      packId: "necrosis-lowpower",
      pixelSize: assumed(SECTION_MPP),
      open: async () => pictureSlide(name, image()),
    });
    cases.push(draw("photograph, drawn: a view", () => drawnPhotograph(1024, seededRandom(seed))));
    cases.push(draw("photograph, drawn: a portrait", () => drawnPortrait(1024, seededRandom(seed))));
  }
  cases.push({
    ...fileCase("demo slide (synthetic)", "public/demo/synthetic-gbm.tif", 2, "necrosis-lowpower"),
    pixelSize: { mppX: 2, mppY: 2, origin: "file" },
  });
  return cases;
}

function fileCase(group: string, path: string, mpp: number, packId: TrustCase["packId"]): TrustCase {
  return { group, name: parse(path).name, packId, pixelSize: assumed(mpp), open: () => openSlideFile(path) };
}

function assumed(mpp: number): PixelSize {
  return { mppX: mpp, mppY: mpp, origin: "assumed" };
}

/** Sorted; none where the folder is not there. */
async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().map((name) => join(folder, name));
}
