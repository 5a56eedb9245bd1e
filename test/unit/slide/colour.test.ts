import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../src/engine/base/errors.ts";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { transformToSrgb } from "../../../src/engine/slide/icc/to-srgb.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { withProfile } from "../../support/made-slides/with-profile.ts";
import { imageOf, openBytes, readLevel } from "./made-slides.ts";

interface Golden {
  readonly cases: Readonly<
    Record<string, { readonly profile: string; readonly from: string; readonly to: string } | undefined>
  >;
}

const golden: Golden = JSON.parse(
  readFileSync(new URL("../../fixtures/slides/colour_golden.json", import.meta.url), "utf8"),
);

/** LittleCMS computes in 16 bits between its steps: where a value lies half way between two levels it may take the other one. */
const TOLERANCE = { max: 1, mean: 0.05 };

const NAMES = Object.keys(golden.cases);

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

function caseOf(name: string) {
  const found = golden.cases[name];
  if (!found) throw new RangeError(`a golden profile called ${name}`);
  return { profile: bytesOf(found.profile), from: bytesOf(found.from), to: bytesOf(found.to) };
}

describe("a colour profile", () => {
  test.each(NAMES)("of the kind %s gives the colours that LittleCMS gives", (name) => {
    const { profile, from, to } = caseOf(name);
    const count = from.length / 3;
    const pixels = imageOf(count, 1, (x) => [from[3 * x]!, from[3 * x + 1]!, from[3 * x + 2]!]).data;
    transformToSrgb(profile)(pixels);
    let max = 0;
    let sum = 0;
    for (let i = 0; i < to.length; i++) {
      const apart = Math.abs(to[i]! - pixels[4 * Math.floor(i / 3) + (i % 3)]!);
      max = Math.max(max, apart);
      sum += apart;
    }
    expect(max).toBeLessThanOrEqual(TOLERANCE.max);
    expect(sum / to.length).toBeLessThan(TOLERANCE.mean);
  });

  test.each(NAMES)(
    "of the kind %s that is damaged anywhere is refused with a sentence or read, and stays within its bytes",
    (name) => {
      const { profile } = caseOf(name);
      const random = seededRandom(5);
      for (let round = 0; round < 300; round++) {
        const damaged = profile.slice(0, round % 3 === 0 ? Math.floor(random() * profile.length) : profile.length);
        for (let k = 0; k < 4; k++) {
          const at = Math.floor(random() * Math.min(damaged.length, round % 2 === 0 ? 400 : damaged.length));
          damaged[at] = random() < 0.5 ? 255 : Math.floor(random() * 256);
        }
        const outcome = () => {
          try {
            transformToSrgb(damaged)(new Uint8ClampedArray([0, 128, 255, 255, 17, 99, 3, 255]));
            return "read";
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            return error.message;
          }
        };
        expect(outcome()).toMatch(/^read$|^Expected .+; (its|the slide's) colours are shown as stored\.$/);
      }
    },
  );

  test("for printing inks is refused by name", () => {
    const { profile } = caseOf("table of 16 bits");
    profile.set(new TextEncoder().encode("CMYK"), 16);
    expect(() => transformToSrgb(profile)).toThrow("it is for CMYK pixels");
  });
});

const PLAIN = imageOf(70, 50, (x, y) => [2 * x, 4 * y, 200]);

function slideWith(profile: Uint8Array, length?: number): Uint8Array<ArrayBuffer> {
  const tiff = writeTiff([
    { width: 70, height: 50, tileWidth: 64, tileHeight: 64, pixels: { kind: "rgba8", data: PLAIN.data } },
  ]);
  return withProfile(tiff, profile, length);
}

describe("a slide with a colour profile", () => {
  const { profile } = caseOf("matrix, gamma 2.2");

  test("says so, and shows its colours as stored until it is asked", async () => {
    const slide = await openBytes(slideWith(profile));
    expect(slide.info).toMatchObject({ hasColourProfile: true, colour: "stored", colourNote: null });
    expect((await readLevel(slide)).data).toEqual(PLAIN.data);
    slide.close();
  });

  test("gives regions and tiles in the profile's colours when it is asked, time and again", async () => {
    const expected = PLAIN.data.slice();
    transformToSrgb(profile)(expected);
    expect(expected).not.toEqual(PLAIN.data);
    const slide = await openBytes(slideWith(profile), "test.tif", { view: { colour: "srgb" } });
    expect(slide.info).toMatchObject({ colour: "srgb", colourNote: null });
    for (let time = 0; time < 2; time++) expect((await readLevel(slide)).data).toEqual(expected);
    const tile = await slide.readTile({ level: 0, col: 1, row: 0 });
    expect("data" in tile && tile.data.slice(0, 4)).toEqual(expected.slice(64 * 4, 65 * 4));
    slide.close();
  });

  test.each([
    ["is damaged", slideWith(profile.slice(0, 60)), "no ICC header"],
    ["is for other pixels", slideWith(withSpace(profile, "CMYK")), "CMYK"],
    ["claims more bytes than the file holds", slideWith(profile, 5_000_000), "cannot be read"],
    [
      "is missing",
      writeTiff([{ width: 8, height: 8, pixels: { kind: "grey8", data: new Uint8Array(64) } }]),
      "no colour profile",
    ],
  ])("that %s opens in its stored colours and says why", async (_, bytes, words) => {
    const slide = await openBytes(bytes, "test.tif", { view: { colour: "srgb" } });
    expect(slide.info.colour).toBe("stored");
    expect(slide.info.colourNote).toContain(words);
    expect(slide.info.colourNote).toMatch(/ shown as stored\.$/);
    await readLevel(slide);
    slide.close();
  });
});

function withSpace(profile: Uint8Array<ArrayBuffer>, space: string): Uint8Array<ArrayBuffer> {
  const changed = profile.slice();
  changed.set(new TextEncoder().encode(space), 16);
  return changed;
}
