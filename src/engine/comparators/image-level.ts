import type { PooledSet } from "../classification-training/collect-bags.ts";
import { poolBag } from "../features/bag.ts";
import { featuresOfPatches } from "../features/patchwise.ts";
import type { Session } from "../features/types.ts";
import type { ModelPack } from "../modelpack/types.ts";
import { axisTaps, resample } from "../slide/resample.ts";
import { readScaled } from "../slide/scaled.ts";
import type { RgbaImage, Slide } from "../slide/types.ts";
import { type BagStudy, forEachSeen } from "./bag-study.ts";
import { PooledRows } from "./pooled-rows.ts";

/**
 * Image-level SVM of the paper: the whole image, whatever its shape, brought to the size of one patch as the network sees it, and one
 * feature vector of it. An enlarging view changes nothing here.
 */
export async function imageLevelSet(
  study: BagStudy,
  backbone: ModelPack["backbone"],
  session: Session,
): Promise<PooledSet> {
  const { resizeTo } = study.config.sampling;
  const rows = new PooledRows();
  await forEachSeen(study, "whole image", async ({ image, slide, drawn, isPlain }) => {
    const whole = drawn.change(await wholeImage(slide, resizeTo));
    const { data, channels } = await featuresOfPatches(session, backbone, resizeTo, [whole]);
    rows.add(image, isPlain, poolBag({ features: data, rows: 1, cols: channels }, study.config.p));
  });
  return rows.result(backbone.channels);
}

/** All of a slide as `side` x `side` pixels, by area; x and y are scaled each by their own. */
export async function wholeImage(slide: Slide, side: number): Promise<RgbaImage> {
  const { width0, height0 } = slide.info;
  const width = Math.min(width0, side);
  const height = Math.min(height0, side);
  const shrunk = await readScaled(slide, {
    x: 0,
    y: 0,
    width,
    height,
    downsampleX: width0 / width,
    downsampleY: height0 / height,
  });
  if (width === side && height === side) return shrunk;
  const data = resample(
    { ...shrunk, left: 0, top: 0 },
    axisTaps(width / side, 0, side),
    axisTaps(height / side, 0, side),
  );
  return { width: side, height: side, data };
}
