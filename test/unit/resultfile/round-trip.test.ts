import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { RESEARCH_USE_NOTICE } from "../../../src/engine/base/research-use.ts";
import { parseResultFile } from "../../../src/engine/resultfile/parse.ts";
import { isResultFile } from "../../../src/engine/resultfile/unpack.ts";
import { isSummarySound } from "../../../src/engine/resultfile/verify.ts";
import { writeResultFile } from "../../../src/engine/resultfile/write.ts";
import {
  madeClassesRecord,
  madeClassRecord,
  madeMapRecord,
  madePictures,
  madeSlideRecord,
} from "../../support/made-results.ts";

const RECORDS = { "a map": madeMapRecord, "a map of classes": madeClassesRecord, "a class": madeClassRecord };

describe.each(Object.entries(RECORDS))("a result file with %s", (_, made) => {
  it("gives back all that went in, the numbers to the last bit", async () => {
    const record = await made();
    const { record: found, pictures } = await parseResultFile(await writeResultFile(record, madePictures(), "0.1.0"));
    expect(found).toEqual(record);
    expect(pictures).toEqual(madePictures());
  });

  it("has the same bytes for the same result, and is known by its first ones", async () => {
    const bytes = await writeResultFile(await made(), madePictures(), "0.1.0");
    expect(await writeResultFile(await made(), madePictures(), "0.1.0")).toEqual(bytes);
    expect(isResultFile(bytes.subarray(0, 64))).toBe(true);
  });

  it("holds numbers that follow from its own content", async () => {
    const file = await parseResultFile(await writeResultFile(await made(), madePictures(), "0.1.0"));
    expect(isSummarySound(file)).toBe(true);
    const { summary } = file;
    const [key] = Object.keys(summary);
    expect(isSummarySound({ ...file, summary: { ...summary, [key!]: "other" } })).toBe(false);
  });

  it("says in each of its texts that it is for research use only", async () => {
    const entries = unzipSync(await writeResultFile(await made(), madePictures(), "0.1.0"));
    for (const [name, bytes] of Object.entries(entries)) {
      if (/json$/.test(name)) expect(new TextDecoder().decode(bytes)).toContain(RESEARCH_USE_NOTICE);
    }
  });
});

describe("a result file", () => {
  it("keeps odd bit patterns of numbers that are none", async () => {
    const record = await madeMapRecord();
    new Uint32Array(record.result.grid.values.buffer)[0] = 0x7fc12345;
    const file = await parseResultFile(await writeResultFile(record, madePictures(), "0.1.0"));
    if (file.record.kind !== "map") throw new Error("a map expected");
    expect(new Uint32Array(file.record.result.grid.values.buffer)[0]).toBe(0x7fc12345);
  });

  it("names the slide nowhere unless asked", async () => {
    const all = async (name: string | null) => {
      const slide = await madeSlideRecord({ name });
      const entries = unzipSync(await writeResultFile(await madeMapRecord({ slide }), madePictures(), "0.1.0"));
      return Object.values(entries)
        .map((bytes) => new TextDecoder().decode(bytes))
        .join();
    };
    expect(await all("Miller, Ann.svs")).toContain("Miller, Ann.svs");
    expect(await all(null)).not.toContain('"name":null');
    expect(
      JSON.parse((await all(null)).match(/\{"type":"FeatureCollection","palisade":(\{.*?\}),"features/)![1]!).slide
        .name,
    ).toBe("");
  });

  it("carries a larger picture where there is one", async () => {
    const pictures = { ...madePictures(), overview: madePictures().thumbnail };
    const file = await parseResultFile(await writeResultFile(await madeMapRecord(), pictures, "0.1.0"));
    expect(file.pictures.overview).toEqual(pictures.overview);
  });
});
