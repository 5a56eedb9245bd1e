import { describe, expect, it } from "vitest";
import { parsePackList } from "../../../src/app/site-files.ts";
import { DEFAULT_SETTINGS } from "../../../src/app/state/settings.ts";
import { parsePixelSize, pixelSizeStore } from "../../../src/app/storage/pixel-size-store.ts";
import { parseSettings, settingsStore } from "../../../src/app/storage/settings-store.ts";
import { AppError } from "../../../src/engine/base/errors.ts";

describe("kept settings", () => {
  it("come back field by field, the strange ones as defaults", () => {
    expect(parseSettings({ theme: "light", opacity: 7, palette: 3, below: "hidden", contours: false })).toEqual({
      ...DEFAULT_SETTINGS,
      theme: "light",
      contrast: "system",
      below: "hidden",
      contours: false,
    });
    expect(parseSettings(undefined)).toBeNull();
    expect(parseSettings("light")).toBeNull();
  });
});

describe("a kept pixel size", () => {
  it("is read as older versions wrote it, and left out where no microscope has it", () => {
    expect(parsePixelSize({ version: 1, mpp: 0.25 })).toEqual({ mppX: 0.25, mppY: 0.25 });
    expect(parsePixelSize({ version: 2, mppX: 0.25, mppY: 0.5 })).toEqual({ mppX: 0.25, mppY: 0.5 });
    for (const kept of [null, "1", {}, { mpp: 0 }, { mppX: 1 }, { mppX: 1, mppY: 1e9 }]) {
      expect(parsePixelSize(kept)).toBeNull();
    }
  });
});

describe("a storage that fails", () => {
  it.each([
    ["refuses", new AppError("storage/refused", "refused")],
    ["breaks", new Error("disk full")],
  ])("that %s never breaks the page", async (_, failure) => {
    const access = { run: () => Promise.reject(failure) };
    const file = new File([], "a.svs");
    expect(await settingsStore(access).load()).toBeNull();
    expect(await pixelSizeStore(access).load(file, null)).toBeNull();
    settingsStore(access).save(DEFAULT_SETTINGS);
    await pixelSizeStore(access).save(file, null, { mppX: 1, mppY: 2 });
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
});

describe("the list of shipped models", () => {
  it("is checked", () => {
    expect(parsePackList({ packs: [{ id: "a", name: "A" }] })).toEqual([{ id: "a", name: "A" }]);
    expect(() => parsePackList({})).toThrow(/should list/);
    expect(() => parsePackList({ packs: [{ id: 1 }] })).toThrow(/without id and name/);
  });
});
