import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import type { PixelSize } from "../../../src/engine/slide/types.ts";
import { blurred, brown, grey } from "../../../tools/trust/altered.ts";
import { pictureSlide, wholeImage } from "../../../tools/trust/picture-slide.ts";
import { LOW_POWER, lightOf, lookAt, shippedPack, TEN_UM } from "./slides.ts";

const DATA = "../shared/data";
const isHere = existsSync(`${DATA}/sections/images`);
const SECTIONS = ["W3-1-1-A.2.02", "W30-1-1-F.02"];
const um = (mpp: number): PixelSize => ({ mppX: mpp, mppY: mpp, origin: "assumed" });

async function look(path: string, pixelSize = TEN_UM, pack = LOW_POWER) {
  const slide = await openSlideFile(`${DATA}/${path}`);
  try {
    return await lookAt(slide, pixelSize, pack);
  } finally {
    slide.close();
  }
}

/** The main rows of docs/trust.md. Skipped where ../shared/data is absent. */
describe.skipIf(!isHere)("known images", { timeout: 120_000 }, () => {
  it.each(SECTIONS)("%s is green, double its pixel size amber, 400 µm red", async (name) => {
    const path = `sections/images/${name}.png`;
    expect((await look(path)).light).toBe("green");
    expect(lightOf(await look(path, um(20)), "pixel-size")).toBe("amber");
    expect(lightOf(await look(path, um(400)), "pixel-size")).toBe("red");
  });

  it("a section that is blurred, grey or brown is red for that", async () => {
    const slide = await openSlideFile(`${DATA}/sections/images/${SECTIONS[0]}.png`);
    const image = await wholeImage(slide);
    slide.close();
    expect(lightOf(await lookAt(pictureSlide("blurred", blurred(image, 3))), "focus")).toBe("red");
    expect(lightOf(await lookAt(pictureSlide("grey", grey(image))), "stain")).toBe("red");
    expect(lightOf(await lookAt(pictureSlide("brown", brown(image))), "stain")).toBe("red");
  });

  it("a section for a pack that was trained at 20x is red for its pixel size", async () => {
    const report = await look(`sections/images/${SECTIONS[0]}.png`, TEN_UM, shippedPack("haemorrhage-20x"));
    expect(lightOf(report, "pixel-size")).toBe("red");
  });

  it("a fluorescence slide is red", async () => {
    expect(lightOf(await look("slides/hamamatsu-dapi.ndpi", um(0.228)), "stain")).toBe("red");
  });

  it("empty glass has no tissue, and pens are seen", async () => {
    for (const name of ["no-tissue", "no-tissue2", "almost-white-1"])
      expect(lightOf(await look(`tissue/${name}.png`), "tissue")).not.toBe("green");
    for (const name of ["tcga-green-pen", "tcga-red-pen", "wsi-blue-pen"])
      expect(lightOf(await look(`tissue/${name}.png`), "pen")).toBe("amber");
  });
});
