import { readFileSync } from "node:fs";
import { seededRandom } from "../../../src/engine/base/random.ts";
import type { ModelPack } from "../../../src/engine/modelpack/types.ts";
import type { PixelSize, RgbaImage, Slide } from "../../../src/engine/slide/types.ts";
import { measureSlide } from "../../../src/engine/trust/measures.ts";
import { type TrustPack, trustReport } from "../../../src/engine/trust/report.ts";
import { readTrustSample } from "../../../src/engine/trust/sample.ts";
import type { Light, TrustCheckId, TrustReport } from "../../../src/engine/trust/types.ts";
import { pictureSlide } from "../../../tools/trust/picture-slide.ts";

/** What the checks need of the shipped pack. */
export const LOW_POWER: TrustPack = shippedPack("necrosis-lowpower");

export function shippedPack(id: string): TrustPack {
  const { sampling, reference }: ModelPack = JSON.parse(readFileSync(`public/models/${id}/pack.json`, "utf8"));
  return { id, sampling, reference };
}

export const TEN_UM: PixelSize = { mppX: 10, mppY: 10, origin: "file" };

/** As the page and the command line ask it, before a run. */
export async function lookAt(slide: Slide, pixelSize = TEN_UM, pack = LOW_POWER): Promise<TrustReport> {
  const sample = await readTrustSample({ slide, sampling: pack.sampling, pixelSize });
  return trustReport({ info: slide.info, pixelSize, pack, measures: measureSlide(sample) });
}

export function lightOf({ checks }: TrustReport, id: TrustCheckId): Light | undefined {
  return checks.find((check) => check.id === id)?.light;
}

/** Grainy tissue in the colours of H&E as the training sections have them, on glass. */
export function madeTissue(side = 512): RgbaImage {
  const random = seededRandom(7);
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let i = 0; i < side * side; i++) {
    const [u, v] = [(i % side) / side - 0.5, Math.floor(i / side) / side - 0.5];
    if (Math.hypot(u, v) > 0.45) {
      data.set([243, 243, 244], i * 4);
      continue;
    }
    const haematoxylin = 0.05 + 0.7 * random() ** 2;
    const eosin = 0.15 + 0.5 * random();
    const colour = [
      0.49 * haematoxylin + 0.12 * eosin,
      0.75 * haematoxylin + 0.77 * eosin,
      0.44 * haematoxylin + 0.62 * eosin,
    ];
    data.set(
      colour.map((density) => 244 * Math.exp(-density)),
      i * 4,
    );
  }
  return { width: side, height: side, data };
}

/** One rectangle of one colour on white. */
export function madeSquare(colour: readonly [number, number, number], side = 512): RgbaImage {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let i = 0; i < side * side; i++) {
    const isInside = Math.abs((i % side) - side / 2) < side / 4 && Math.abs(Math.floor(i / side) - side / 2) < side / 4;
    if (isInside) data.set(colour, i * 4);
  }
  return { width: side, height: side, data };
}

export function slideOf(image: RgbaImage, parts: Partial<Slide["info"]> = {}): Slide {
  return pictureSlide("made", image, parts);
}
