import { describe, expect, it } from "vitest";
import type { AppDeps } from "../../../src/app/state/app.ts";
import { openTogether } from "../../../src/app/state/open-together.ts";
import { classifiedOf, resultOf } from "../../../src/app/state/result.ts";
import type { ResultRecord } from "../../../src/engine/resultfile/types.ts";
import { writeResultFile } from "../../../src/engine/resultfile/write.ts";
import { madeClassesRecord, madeClassRecord, madeMapRecord, madePictures } from "../../support/made-results.ts";
import { createTestApp, FakeSlide, fakePack, OWN_PIXEL_SIZE, settled, slideInfo } from "./fakes.ts";

/** The fingerprint of a slide in these tests: that of the made record for files that are named "own-it...". */
async function recordedApp(overrides: Partial<AppDeps> = {}) {
  const { fingerprint } = (await madeMapRecord()).slide;
  const slides: FakeSlide[] = [];
  const test = createTestApp({
    openSlide: async ({ files }) => {
      const name = files[0]?.name ?? "";
      const slide = new FakeSlide(slideInfo(name, OWN_PIXEL_SIZE));
      if (name.startsWith("own-it")) slide.fingerprint = async () => fingerprint;
      slides.push(slide);
      return slide;
    },
    listPacks: async () => [
      { id: "first", name: "First" },
      { id: "made-pack", name: "Made pack" },
    ],
    loadPack: async (id) => ({ ...fakePack(id), packSha256: "d".repeat(64) }),
    ...overrides,
  });
  await test.app.packs.start();
  return test;
}

async function fileOf(record: ResultRecord | Promise<ResultRecord>, name = "result.palisade"): Promise<File> {
  return new File([await writeResultFile(await record, madePictures(), "0.1.0")], name);
}

/** Promises of the platform (hashes, blobs) take turns of the event loop. */
async function later(isThere: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !isThere(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  await settled();
}

describe("a result file without its slide", () => {
  it("shows map, numbers and threshold as they were saved, by the model that made them", async () => {
    const { app } = await recordedApp({ listPacks: async () => [] });
    const record = await madeMapRecord({
      look: { ...(await madeMapRecord()).look, threshold: 0.61, palette: "inferno" },
    });
    await app.record.open(await fileOf(record));
    expect(app.messages.alert.value).toBeNull();
    expect(app.necrosis.threshold.value).toBe(0.61);
    expect(app.settings.palette.value).toBe("inferno");
    const result = resultOf(app);
    expect(result).toMatchObject({ model: record.model, appVersion: record.appVersion, pixelSize: OWN_PIXEL_SIZE });
    expect(result?.findings.summary.regionCount).toBe(1);
    expect(result?.slide.recorded?.record).toEqual(record.slide);
  });

  it("lets the numbers follow the threshold", async () => {
    const { app } = await recordedApp();
    await app.record.open(await fileOf(madeMapRecord()));
    const before = app.necrosis.findings.value!.summary.fraction;
    app.necrosis.setThreshold(0.7);
    expect(app.necrosis.findings.value!.summary.fraction).toBeLessThan(before);
    expect(app.walk.step(1)).not.toBeNull();
  });

  it("shows the classes of a map of several, and one of them", async () => {
    const { app } = await recordedApp();
    const record = await madeClassesRecord();
    await app.record.open(await fileOf({ ...record, look: { ...record.look, chosenClass: 1, threshold: 0.3 } }));
    expect(app.classes.title.value).toBe("Tumour");
    expect(app.necrosis.threshold.value).toBe(0.3);
    app.classes.choose(null);
    expect(app.classes.map.value?.areas.map(({ name }) => name)).toEqual(["Necrosis", "Tumour", "Background"]);
  });

  it("shows the class of a slide with the patches that spoke for it", async () => {
    const { app } = await recordedApp();
    await app.record.open(await fileOf(madeClassRecord()));
    expect(app.analysis.task.value).toBe("classification");
    expect(app.evidence.patches.value?.supporting[0]?.box).toEqual({ x0: 0, y0: 0, width0: 1000, height0: 1000 });
    expect(classifiedOf(app)?.model.name).toBe("Made pack");
  });

  it("cannot be analyzed and says what to do", async () => {
    const { app, client } = await recordedApp();
    await app.record.open(await fileOf(madeMapRecord()));
    expect(app.analysis.blocker.value).toMatch(/drop the slide/);
    expect(app.record.blocker.value).toMatch(/Drop the slide/);
    await app.analysis.analyze();
    await app.record.runAgain();
    expect(client.requests).toHaveLength(0);
    app.slide.assumePixelSize(3);
    expect(app.slide.pixelSize.value).toEqual(OWN_PIXEL_SIZE);
  });

  it("stays when another file is refused, and the sentence says why", async () => {
    const { app } = await recordedApp();
    await app.record.open(await fileOf(madeMapRecord()));
    await app.record.open(new File(["no zip"], "letter.palisade"));
    expect(app.messages.alert.value?.code).toBe("resultfile/not-a-result");
    expect(resultOf(app)).not.toBeNull();
  });

  it("is known among dropped files by its content, whatever its name", async () => {
    const { app } = await recordedApp();
    await openTogether(app, [await fileOf(madeMapRecord(), "download.zip")]);
    expect(app.record.file.value?.record.kind).toBe("map");
  });
});

describe("the slide of a result", () => {
  it("dropped on it is known, and the result lies over it", async () => {
    const { app } = await recordedApp();
    await app.record.open(await fileOf(madeMapRecord()));
    await app.slide.openFiles([new File([], "own-it.svs")]);
    await later(() => app.record.blocker.value === null);
    expect(app.slide.open.value?.recorded).toBeNull();
    expect(app.packs.selectedId.value).toBe("made-pack");
    expect(app.record.blocker.value).toBeNull();
    expect(app.analysis.state.value.kind).toBe("done");
  });

  it("gets its result in the same way when it was open before, and when both are dropped together", async () => {
    for (const isTogether of [false, true]) {
      const { app } = await recordedApp();
      const result = await fileOf(madeMapRecord());
      const slide = new File([], "own-it.svs");
      if (isTogether) await openTogether(app, [result, slide]);
      else {
        await app.slide.openFiles([slide]);
        await app.record.open(result);
      }
      expect(app.slide.open.value?.files[0]).toBe(slide);
      expect(app.analysis.state.value.kind).toBe("done");
      expect(app.record.blocker.value).toBeNull();
    }
  });

  it("is told from another one, which is opened by itself", async () => {
    const { app } = await recordedApp();
    await app.record.open(await fileOf(madeMapRecord()));
    await app.slide.openFiles([new File([], "other.svs")]);
    await later(() => app.messages.alert.value !== null);
    expect(app.messages.alert.value?.sentence).toMatch(/found another one: "other.svs" was opened by itself/);
    expect(app.record.file.value).toBeNull();
    expect(app.analysis.state.value.kind).toBe("idle");
  });

  it("takes over the pixel size that a person gave for the result", async () => {
    const { app } = await recordedApp();
    const record = await madeMapRecord();
    const pixelSize = { mppX: 0.25, mppY: 0.3, origin: "assumed" } as const;
    await app.record.open(await fileOf({ ...record, result: { ...record.result, pixelSize } }));
    await app.slide.openFiles([new File([], "own-it.svs")]);
    await later(() => app.record.blocker.value === null);
    expect(app.slide.pixelSize.value).toEqual(pixelSize);
    expect(app.analysis.state.value.kind).toBe("done");
  });
});

describe("running a result again", () => {
  async function ready(overrides: Partial<AppDeps> = {}) {
    const test = await recordedApp(overrides);
    const record = await madeMapRecord({ look: { ...(await madeMapRecord()).look, threshold: 0.61 } });
    await test.app.slide.openFiles([new File([], "own-it.svs")]);
    await test.app.record.open(await fileOf(record));
    return { ...test, record };
  }

  it("asks for the same model and stride, and says that the numbers are identical", async () => {
    const { app, client, record } = await ready();
    const run = app.record.runAgain();
    await later(() => client.requests.length > 0);
    expect(app.record.check.value.kind).toBe("running");
    expect(client.requests[0]).toMatchObject({ stride: record.result.stride, pixelSize: null });
    expect(client.requests[0]?.pack.pack.id).toBe("made-pack");
    client.finish(record.result.grid, OWN_PIXEL_SIZE);
    await run;
    const check = app.record.check.value;
    if (check.kind !== "done") throw new Error("a verification expected");
    expect(check.verification.verdict).toBe("identical");
    expect(app.necrosis.threshold.value).toBe(0.61);
  });

  it("ends without a verdict when it is cancelled", async () => {
    const { app, client } = await ready();
    const run = app.record.runAgain();
    await later(() => client.requests.length > 0);
    app.analysis.cancel();
    await run;
    expect(app.record.check.value.kind).toBe("idle");
    expect(app.record.blocker.value).toBeNull();
  });

  it("names a model that the page does not have", async () => {
    const { app } = await ready({ listPacks: async () => [{ id: "first", name: "First" }] });
    expect(app.record.blocker.value).toMatch(/"Made pack" \(made-pack, SHA-256 dddddddddddd\) is not among/);
    expect(app.analysis.state.value.kind).toBe("done");
  });
});
