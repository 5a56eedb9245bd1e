import { describe, expect, it } from "vitest";
import type { AppDeps } from "../../../src/app/state/app.ts";
import type { SlideChannel, SlideView } from "../../../src/engine/slide/types.ts";
import { createTestApp, FakeSlide, OWN_PIXEL_SIZE, settled, slideInfo } from "./fakes.ts";

const CHANNEL: SlideChannel = { name: "DAPI", isShown: true, colour: [0, 0, 255], low: 10, high: 200, most: 65535 };
const CHANNELS: readonly SlideChannel[] = [CHANNEL, { ...CHANNEL, name: "FITC", colour: [0, 255, 0] }];
const PLANES = [-1, 0, 1].map((offsetUm) => ({ offsetUm }));

/** Every slide has the channels and planes above; opening waits until the test says so. */
async function openedApp({ channels = CHANNELS }: { readonly channels?: readonly SlideChannel[] } = {}) {
  const views: SlideView[] = [];
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const openSlide: AppDeps["openSlide"] = async ({ files, view }) => {
    views.push(view);
    if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
    return new FakeSlide({
      ...slideInfo(files[0]?.name ?? "", OWN_PIXEL_SIZE),
      channels: channels.map((channel, index) => ({ ...channel, ...view.channels?.[index] })),
      focalPlanes: PLANES,
      focalPlane: view.focalPlane ?? 1,
    });
  };
  const { app } = createTestApp({ openSlide });
  await app.packs.start();
  await app.slide.openFiles([new File([], "cells.ome.tif")]);
  return {
    app,
    views,
    hold: () => {
      isHeld = true;
    },
    release: async () => {
      isHeld = false;
      for (const resolve of waiting.splice(0)) resolve();
      await settled();
    },
  };
}

describe("the channels of a fluorescence image", () => {
  it("are those of the file until one is changed, and then all are asked for", async () => {
    const { app, views } = await openedApp();
    expect(app.picture.channels.value).toEqual(CHANNELS);
    expect(app.picture.isChanged.value).toBe(false);
    app.picture.setChannel(1, { isShown: false, high: 500 });
    expect(app.picture.channels.value[1]).toMatchObject({ name: "FITC", isShown: false, high: 500 });
    await settled();
    expect(views.at(-1)?.channels).toEqual([
      { isShown: true, colour: [0, 0, 255], low: 10, high: 200 },
      { isShown: false, colour: [0, 255, 0], low: 10, high: 500 },
    ]);
    expect(app.slide.open.value?.info.channels[1]?.isShown).toBe(false);
    expect(app.picture.isChanged.value).toBe(true);
  });

  it("go back to what the file says", async () => {
    const { app } = await openedApp();
    app.picture.setChannel(0, { colour: [255, 0, 0] });
    await settled();
    app.picture.resetChannels();
    await settled();
    expect(app.picture.channels.value).toEqual(CHANNELS);
    expect(app.picture.isChanged.value).toBe(false);
  });

  it("open one view at a time, and of those asked for meanwhile only the last", async () => {
    const { app, views, hold, release } = await openedApp();
    hold();
    for (const high of [210, 220, 230, 240]) app.picture.setChannel(0, { high });
    expect(app.picture.channels.value[0]?.high).toBe(240);
    await settled();
    expect(views).toHaveLength(2);
    await release();
    expect(views.map(({ channels }) => channels?.[0]?.high)).toEqual([undefined, 210, 240]);
    expect(app.slide.open.value?.info.channels[0]?.high).toBe(240);
  });

  it("say why nothing is analyzed", async () => {
    const { app } = await openedApp();
    expect(app.analysis.blocker.value).toBe(
      "A fluorescence image with 2 channels: models for stained slides cannot read it.",
    );
    const stained = await openedApp({ channels: [] });
    expect(stained.app.analysis.blocker.value).toBeNull();
  });

  it("do not follow to the next slide", async () => {
    const { app } = await openedApp();
    app.picture.setChannel(0, { isShown: false });
    await settled();
    await app.slide.openFiles([new File([], "other.ome.tif")]);
    expect(app.picture.channels.value).toEqual(CHANNELS);
  });
});

describe("the plane of focus", () => {
  it("is the one that the file opens with, and moves within the stack", async () => {
    const { app, views } = await openedApp({ channels: [] });
    expect(app.picture.focalPlane.value).toBe(1);
    app.picture.focusOn(2);
    await settled();
    expect(app.slide.open.value?.info.focalPlane).toBe(2);
    app.picture.focusOn(3);
    await settled();
    expect(views).toHaveLength(2);
    app.picture.focusOn(-5);
    await settled();
    expect(views.at(-1)).toMatchObject({ focalPlane: 0 });
    expect(views.at(-1)?.channels).toBeUndefined();
  });

  it("keeps the light of the channels, so that planes can be compared", async () => {
    const { app, views } = await openedApp();
    app.picture.focusOn(2);
    await settled();
    expect(views.at(-1)?.channels?.map(({ high }) => high)).toEqual([200, 200]);
  });
});
