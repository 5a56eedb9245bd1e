import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import type { PixelSize } from "../../../src/engine/slide/types.ts";
import { withFeatures, worstOf } from "../../../src/engine/trust/report.ts";
import { blurred, brown, drawnPhotograph, drawnPortrait, grey, inked } from "../../../tools/trust/altered.ts";
import { LOW_POWER, lightOf, lookAt, madeSquare, madeTissue, slideOf } from "./slides.ts";

const tissue = madeTissue();
const at = (mpp: number): PixelSize => ({ mppX: mpp, mppY: mpp, origin: "assumed" });

describe("a slide that looks like training", () => {
  test("is green in every check before a run", async () => {
    const report = await lookAt(slideOf(tissue));
    expect(report.checks.filter(({ light }) => light !== "green")).toEqual([]);
    expect(report).toMatchObject({ light: "green", when: "before", isOverruled: false, packId: "necrosis-lowpower" });
  });

  test("says in a sentence with numbers why", async () => {
    const { checks } = await lookAt(slideOf(tissue));
    for (const { reason } of checks) {
      expect(reason).toMatch(/^[A-Z0-9].*\.$/);
      expect(reason).not.toMatch(/[{}]/);
    }
    expect(checks.find(({ id }) => id === "pixel-size")?.reason).toBe("A pixel of 10 µm fits the model's 7 to 14 µm.");
  });
});

describe("the pixel size", () => {
  test.each([
    [0.25, 40, "green"],
    [2, null, "green"],
    [20, null, "amber"],
    [40, null, "red"],
    [0.25, 10, "amber"],
    [5, 40, "red"],
  ] as const)("%s µm with an objective of %s is %s", async (mpp, objectivePower, light) => {
    const report = await lookAt(slideOf(tissue, { objectivePower }), at(mpp));
    expect(lightOf(report, "pixel-size")).toBe(light);
  });

  test("that would make a section of 40 cm is red", async () => {
    const report = await lookAt(slideOf(tissue), at(800));
    expect(report.checks[0]).toMatchObject({ id: "pixel-size", light: "red" });
  });
});

describe("what is no H&E", () => {
  test("a fluorescence image is red, and asked nothing that is made for stained slides", async () => {
    const channel = { name: "DAPI", most: 255, isShown: true, colour: [0, 0, 255], low: 0, high: 255 } as const;
    const report = await lookAt(slideOf(tissue, { channels: [channel] }));
    expect(report.checks.map(({ id }) => id)).toEqual(["pixel-size", "stain"]);
    expect(lightOf(report, "stain")).toBe("red");
  });

  test("a grey picture with structure is red", async () => {
    const dark = { ...tissue, data: tissue.data.map((value, i) => (i % 4 === 3 || value > 240 ? value : value * 0.7)) };
    expect(lightOf(await lookAt(slideOf(grey(dark))), "stain")).toBe("red");
  });

  test("a drawn view and a drawn portrait are red", async () => {
    for (const draw of [drawnPhotograph, drawnPortrait]) {
      expect((await lookAt(slideOf(draw(512, seededRandom(1))))).light).toBe("red");
    }
  });

  test("brown in the place of pink is doubted", async () => {
    expect(lightOf(await lookAt(slideOf(brown(tissue))), "stain")).not.toBe("green");
  });
});

describe("what is drawn rather than scanned", () => {
  test.each([
    ["dark grey", [40, 40, 40]],
    ["black", [0, 0, 0]],
    ["purple", [120, 60, 140]],
    ["pink", [220, 130, 170]],
  ] as const)("an even %s square is not red: nothing about it can be measured", async (_, colour) => {
    const report = await lookAt(slideOf(madeSquare(colour)));
    // Very dark fields count as ink, so that no tissue is left; the run says so itself.
    expect(report.checks.filter(({ id, light }) => light === "red" && id !== "tissue")).toEqual([]);
  });
});

describe("the surface", () => {
  test("empty glass is red for want of tissue", async () => {
    const report = await lookAt(slideOf(madeSquare([255, 255, 255])));
    expect(lightOf(report, "tissue")).toBe("red");
  });

  test("strong blur is red, none is green", async () => {
    expect(lightOf(await lookAt(slideOf(blurred(tissue, 3))), "focus")).toBe("red");
    expect(lightOf(await lookAt(slideOf(blurred(tissue, 1))), "focus")).toBe("amber");
  });

  test("a stripe of green ink is amber and named", async () => {
    const check = (await lookAt(slideOf(inked(tissue, [30, 120, 70])))).checks.find(({ id }) => id === "pen");
    expect(check).toMatchObject({ light: "amber" });
    expect(check?.reason).toContain("green");
  });
});

describe("after a run", () => {
  test("the distance of the features joins in and can turn the light", async () => {
    const before = await lookAt(slideOf(tissue));
    const near = withFeatures(before, { distance: 0.9, patches: 24 }, LOW_POWER);
    const far = withFeatures({ ...before, isOverruled: true }, { distance: 9, patches: 24 }, LOW_POWER);
    expect(near).toMatchObject({ when: "after", light: "green" });
    expect(lightOf(near, "features")).toBe("green");
    expect(far).toMatchObject({ when: "after", light: "red", isOverruled: true });
    expect(withFeatures(before, null, LOW_POWER).checks).toEqual(before.checks);
  });

  test("a report is as bad as its worst check", () => {
    expect(worstOf(["green", "red", "amber"])).toBe("red");
    expect(worstOf([])).toBe("green");
  });
});

test("a pack without reference statistics is judged by what holds for any H&E", async () => {
  const report = await lookAt(slideOf(tissue), at(10), { ...LOW_POWER, reference: null });
  expect(report.light).toBe("green");
});
