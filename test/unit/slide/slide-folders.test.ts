import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashFile } from "../../../src/cli/file-hash.ts";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import { slidePaths } from "../../../src/cli/slide-paths.ts";
import { bytesSource } from "../../../src/engine/slide/blob-source.ts";
import { groupSlideFiles } from "../../../src/engine/slide/group-files.ts";
import { writeTiff } from "../../../src/engine/slide/tiff/write-tiff.ts";
import { dicomFile } from "../../support/made-slides/dicom.ts";
import { madeBytes, patternAt } from "./made-slides.ts";

function dicomLevel(level: number, series = 1): Uint8Array<ArrayBuffer> {
  const scale = 2 ** level;
  return dicomFile({
    width: 64 / scale,
    height: 48 / scale,
    tileWidth: 16,
    tileHeight: 16,
    colourAt: (x, y) => patternAt(x * scale, y * scale),
    instance: level + 1,
    series,
    isResampled: level > 0,
  });
}

function omeTiff(description: string): Uint8Array<ArrayBuffer> {
  const pixels = { kind: "grey8", data: new Uint8Array(64) } as const;
  return writeTiff([{ width: 8, height: 8, pixels, description }]);
}

const OME = (content: string) =>
  `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">${content}</OME>`;
const NAMING = OME('<TiffData><UUID FileName="a.tif"/></TiffData><TiffData><UUID FileName="b.tif"/></TiffData>');
const COMPANION = OME('<BinaryOnly MetadataFile="all.companion.ome" UUID="urn:uuid:1"/>');
const NOTES = new TextEncoder().encode("notes ".repeat(40));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-folder-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function fill(name: string, files: Record<string, Uint8Array>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  for (const [file, bytes] of Object.entries(files)) await writeFile(join(path, file), bytes);
  return path;
}

async function groupsOf(files: Record<string, Uint8Array<ArrayBuffer>>): Promise<string[][]> {
  const names = Object.keys(files);
  const sources = Object.entries(files).map(([name, bytes]) => bytesSource(bytes, name));
  const { slides, leftOut } = await groupSlideFiles(sources);
  expect([...slides.flat(), ...leftOut].sort((a, b) => a - b)).toEqual(names.map((_, i) => i));
  return slides.map((group) => group.map((i) => names[i] ?? ""));
}

describe("of several files", () => {
  test("those of a DICOM series are one slide, by their bytes", async () => {
    const files = {
      "notes.dcm": NOTES,
      one: dicomLevel(0),
      "two.tif": dicomLevel(1).slice(),
      "rgb.png": madeBytes("rgb.png"),
    };
    // A name that ends in .tif lets a file that is both be a TIFF; this one is none.
    expect(await groupsOf(files)).toEqual([["one", "two.tif"]]);
  });

  test("each DICOM series is a slide of its own, in the order of the files", async () => {
    const files = { a: dicomLevel(0, 2), b: dicomLevel(0), c: dicomLevel(1, 2), d: dicomLevel(1) };
    expect(await groupsOf(files)).toEqual([
      ["a", "c"],
      ["b", "d"],
    ]);
  });

  test("a TIFF is one slide with those that its description names, and any other is one of its own", async () => {
    const plain = madeBytes("none-tiled.tif");
    expect(await groupsOf({ "c.tif": plain, "a.tif": omeTiff(NAMING), "b.tif": omeTiff(NAMING) })).toEqual([
      ["c.tif"],
      ["a.tif", "b.tif"],
    ]);
  });

  test("those of one companion file are one slide with it", async () => {
    const files = {
      "z2.tif": omeTiff(COMPANION),
      "all.companion.ome": NOTES,
      "z1.tif": omeTiff(COMPANION),
      "other.tif": omeTiff(OME("")),
    };
    expect(await groupsOf(files)).toEqual([["z2.tif", "all.companion.ome", "z1.tif"], ["other.tif"]]);
  });

  test("pictures are slides where there is no slide beside them, and what is neither is left out", async () => {
    const png = madeBytes("rgb.png");
    expect(await groupsOf({ "a.png": png, "b.tif": madeBytes("none-tiled.tif") })).toEqual([["b.tif"]]);
    expect(await groupsOf({ "a.txt": NOTES, "b.png": png, "ø 😀.png": png })).toEqual([["b.png"], ["ø 😀.png"]]);
    expect(await groupsOf({ "a.txt": NOTES, "b.txt": NOTES })).toEqual([["a.txt"]]);
  });
});

describe("on the command line", () => {
  test("a folder of a DICOM slide is the slide", async () => {
    const path = await fill("slide", {
      "b.dcm": dicomLevel(1),
      "a.dcm": dicomLevel(0),
      ".hidden": NOTES,
      "notes.txt": NOTES,
    });
    const slide = await openSlideFile(path);
    expect(slide.info).toMatchObject({ name: "a.dcm", width0: 64, levels: [{ width: 64 }, { width: 32 }] });
    slide.close();
    const sha256 = createHash("sha256").update(dicomLevel(0)).update(dicomLevel(1)).digest("hex");
    expect(await hashFile(path)).toBe(sha256);
  });

  test("a DICOM file brings those of its series that lie beside it", async () => {
    const path = await fill("series", {
      "a.dcm": dicomLevel(0),
      "b.dcm": dicomLevel(1),
      "c.dcm": dicomLevel(0, 2),
      "notes.txt": NOTES,
    });
    expect(await slidePaths(join(path, "b.dcm"))).toEqual([join(path, "b.dcm"), join(path, "a.dcm")]);
    const slide = await openSlideFile(join(path, "b.dcm"));
    expect(slide.info).toMatchObject({ name: "b.dcm", width0: 64, levels: [{ width: 64 }, { width: 32 }] });
    slide.close();
  });

  test("a TIFF brings those that its description names, and no others", async () => {
    const path = await fill("ome", { "a.tif": omeTiff(NAMING), "b.tif": omeTiff(NAMING), "c.tif": omeTiff(OME("")) });
    expect(await slidePaths(join(path, "a.tif"))).toEqual([join(path, "a.tif"), join(path, "b.tif")]);
    expect(await slidePaths(join(path, "c.tif"))).toEqual([join(path, "c.tif")]);
  });

  test.each<[string, Record<string, Uint8Array>, string]>([
    ["without a file", {}, "found no file"],
    [
      "of several slides",
      { "a.tif": madeBytes("none-tiled.tif"), "b.tif": madeBytes("grey.tif") },
      "found 2 slides or pictures",
    ],
    ["of text", { "a.txt": NOTES }, "found a text file"],
  ])("a folder %s gives a sentence", async (name, files, sentence) => {
    const path = await fill(name, files);
    await expect(openSlideFile(path)).rejects.toMatchObject({
      code: expect.stringMatching(/^slide\//),
      message: expect.stringContaining(sentence),
    });
  });
});
