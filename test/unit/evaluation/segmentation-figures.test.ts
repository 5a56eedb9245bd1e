import { describe, expect, test } from "vitest";
import { limitsOfAgreement } from "../../../src/engine/evaluation/agreement.ts";
import { type SegmentedImage, segmentationFigures } from "../../../src/engine/evaluation/segmentation-figures.ts";

describe("limits of agreement", () => {
  test("are the mean and 1.96 sample deviations around it", () => {
    const { bias, lower, upper } = limitsOfAgreement([1, 3, 5, 7]) ?? { bias: 0, lower: 0, upper: 0 };
    expect(bias).toBe(4);
    expect(upper - bias).toBeCloseTo(1.96 * Math.sqrt(20 / 3), 12);
    expect(bias - lower).toBeCloseTo(upper - bias, 12);
  });

  test("need two differences", () => {
    expect(limitsOfAgreement([1])).toBeNull();
  });
});

describe("figures of a segmentation", () => {
  const images = [
    image("a", { common: 40, predicted: 50, truth: 50 }),
    image("a", { common: 30, predicted: 30, truth: 60 }),
    image("b", { common: 0, predicted: 0, truth: 20 }),
    image("b", { common: 0, predicted: 10, truth: 0 }),
    image("c", { common: 0, predicted: 0, truth: 0 }),
  ];
  const figures = segmentationFigures(images);

  test("S, precision and recall are means over the images with the class, the false share over the others", () => {
    expect(figures.score.value).toBeCloseTo((0.8 + 60 / 90 + 0) / 3, 12);
    expect(figures.precision.value).toBeCloseTo((0.8 + 1) / 2, 12);
    expect(figures.recall.value).toBeCloseTo((0.8 + 0.5 + 0) / 3, 12);
    expect(figures.falsePositiveFraction.value).toBeCloseTo((10 / 200 + 0) / 2, 12);
  });

  test("every figure lies in its interval, and resamples without an image that it needs are left out", () => {
    const { low, high, value, leftOut } = figures.score;
    expect(low).toBeLessThanOrEqual(value ?? 0);
    expect(high).toBeGreaterThanOrEqual(value ?? 1);
    // Group c alone, drawn three times, has no image with the class: about 1 in 27.
    expect(leftOut / 2000).toBeGreaterThan(0.02);
    expect(leftOut / 2000).toBeLessThan(0.06);
  });

  test("the area bias is in percent of the tissue and in mm², over all images and over those with the class", () => {
    const { allImages, withClass } = figures.areaBias;
    expect(allImages.percentOfTissue.bias.value).toBeCloseTo((0 - 15 - 10 + 5 + 0) / 5, 12);
    expect(withClass.percentOfTissue.bias.value).toBeCloseTo((0 - 15 - 10) / 3, 12);
    expect(allImages.mm2?.bias.value).toBeCloseTo(((0 - 30 - 20 + 10 + 0) / 5) * 0.0001, 12);
    expect(allImages.percentOfTissue.lowerLimit.value).toBeLessThan(allImages.percentOfTissue.bias.value ?? 0);
  });

  test("without a scale there is nothing in mm²", () => {
    const unscaled = segmentationFigures(images.map((one) => ({ ...one, mm2PerPixel0: null })));
    expect(unscaled.areaBias.allImages.mm2).toBeNull();
    expect(unscaled.areaBias.allImages.percentOfTissue).toEqual(figures.areaBias.allImages.percentOfTissue);
  });

  test("regions are counted by size, detected from half their area on", () => {
    const region = (area: number, foundShare: number) => ({ area, foundShare, score: foundShare / 2 });
    const withRegions = [
      { ...images[0]!, regions: [region(20, 0.9), region(0.5, 0.5), region(0.5, 0.4)] },
      { ...images[2]!, regions: [region(0.1, 0)] },
    ];
    const [specks, small, middle, large] = segmentationFigures(withRegions).byRegionSize;
    expect(specks).toMatchObject({ fromMm2: 0.01, toMm2: 0.1, regions: 0, images: 0, detected: { value: null } });
    expect(small).toMatchObject({ regions: 3, images: 2, detected: { value: 1 / 3 } });
    expect(small?.score.value).toBeCloseTo(0.15, 12);
    expect(middle?.regions).toBe(0);
    expect(large).toMatchObject({ toMm2: null, regions: 1, detected: { value: 1 } });
  });

  test("the same images give the same figures to the byte", () => {
    expect(JSON.stringify(segmentationFigures(images))).toBe(JSON.stringify(figures));
  });
});

let count = 0;

function image(
  group: string,
  { common, predicted, truth }: Record<"common" | "predicted" | "truth", number>,
): SegmentedImage {
  const tissue = 200;
  return {
    name: `image-${count++}`,
    group,
    hasClass: truth > 0,
    score: predicted + truth === 0 ? 1 : (2 * common) / (predicted + truth),
    predictedFraction: predicted / tissue,
    truthFraction: truth / tissue,
    commonArea0: common,
    predictedArea0: predicted,
    truthArea0: truth,
    mm2PerPixel0: 0.0001,
    regions: [],
  };
}
