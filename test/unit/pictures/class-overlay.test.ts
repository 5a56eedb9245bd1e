import { expect, it } from "vitest";
import { classMap } from "../../../src/engine/heatmap/class-map.ts";
import { composeClassOverlay } from "../../../src/engine/pictures/class-overlay.ts";
import { whiteImage } from "../../../src/engine/slide/pixels.ts";
import { gridOfLetters, LETTER_CLASSES } from "../heatmap/letter-grid.ts";

const SCALE = { mppX: 10, mppY: 10, origin: "file" } as const;
const GRID = gridOfLetters(["nnt.", "nttt", "bttn"]);

it("an overlay has a strip with the colour and name of each class that the map has", () => {
  const tissue = whiteImage(800, 600);
  const map = classMap(GRID, LETTER_CLASSES, SCALE);
  const { image, scaleBarUm } = composeClassOverlay(tissue, GRID, map, { opacity: 1, pixelSize: SCALE });
  expect(image.height).toBeGreaterThan(600);
  expect(scaleBarUm).toBe(100);
  const strip = image.data.subarray(600 * 800 * 4);
  let green = 0;
  let ink = 0;
  for (let i = 0; i < strip.length; i += 4) {
    if (strip[i] === 0 && strip[i + 1] === 158) green++;
    if ((strip[i] ?? 255) < 128 && (strip[i + 1] ?? 255) < 128) ink++;
  }
  expect(green).toBeGreaterThan(30);
  expect(ink).toBeGreaterThan(150);
  expect([...image.data.subarray(4 * (800 * 50 + 50), 4 * (800 * 50 + 50) + 3)]).toEqual([0, 0, 0]);
});
