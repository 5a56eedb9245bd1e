import { appendFile, copyFile, mkdtemp, rename, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSlideFile } from "../../../src/cli/open-slide.ts";
import { blobSource } from "../../../src/engine/slide/blob-source.ts";
import { openSource, patternAt, readLevel } from "./made-slides.ts";

const SLIDE = fileURLToPath(new URL("../../fixtures/slides/made/none-tiled.tif", import.meta.url));
const SENTENCE = /^Expected to read slide\.tif as it was opened, but the file was changed, .+; choose it again\.$/;

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-changing-"));
  path = join(folder, "slide.tif");
  await copyFile(SLIDE, path);
  await utimes(path, 1_700_000_000, 1_700_000_000);
});
afterEach(() => rm(folder, { recursive: true }));

describe("a file that changes while it is open gives one sentence", () => {
  test.each([
    ["is written to", () => writeFile(path, new Uint8Array(20_000))],
    ["grows", () => appendFile(path, "more")],
    ["becomes shorter", () => truncate(path, 600)],
    ["becomes empty", () => truncate(path, 0)],
  ])("when it %s", async (_, change) => {
    const slide = await openSlideFile(path);
    await change();
    await expect(readLevel(slide)).rejects.toMatchObject({
      code: "slide/unreadable",
      message: expect.stringMatching(SENTENCE),
    });
    slide.close();
  });

  test("in a browser, when the bytes cannot be read any more or come short", async () => {
    const bytes = new Uint8Array(await (await import("node:fs/promises")).readFile(SLIDE));
    class ChangingBlob extends Blob {
      how: "whole" | "fails" | "short" = "whole";
      override slice(start?: number, end?: number): Blob {
        const part = super.slice(start, this.how === "short" ? start : end);
        if (this.how === "fails") part.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
        return part;
      }
    }
    for (const how of ["fails", "short"] as const) {
      const blob = new ChangingBlob([bytes]);
      const slide = await openSource(blobSource(blob, "slide.tif"));
      blob.how = how;
      await expect(readLevel(slide)).rejects.toMatchObject({
        code: "slide/unreadable",
        message: expect.stringMatching(SENTENCE),
      });
    }
  });
});

describe("a file that is deleted or replaced while it is open", () => {
  test.each([
    ["deleted", () => rm(path)],
    [
      "replaced",
      async () => {
        await writeFile(`${path}.new`, "another slide");
        await rename(`${path}.new`, path);
      },
    ],
  ])("%s: the slide reads on as it was opened, or gives the sentence", async (_, change) => {
    const slide = await openSlideFile(path);
    await change();
    const outcome = await readLevel(slide).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome.message).toMatch(SENTENCE);
    else expect(outcome).toMatchObject({ data: { 4: patternAt(1, 0)[0] } });
    slide.close();
  });
});
