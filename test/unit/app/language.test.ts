import { afterEach, describe, expect, it } from "vitest";
import {
  formatBytes,
  formatInteger,
  formatMm2,
  formatMoment,
  formatPercent,
  formatPixelSize,
  formatThreshold,
} from "../../../src/app/report/numbers.ts";
import { languageOf } from "../../../src/app/state/language.ts";
import { persistSettings } from "../../../src/app/state/settings.ts";
import { parseSettings } from "../../../src/app/storage/settings-store.ts";
import { parseNumber, typedForm } from "../../../src/app/ui/numbers-typed.ts";
import { inEnglish, retell, sayFailure, showLanguage, shownLanguage, t } from "../../../src/app/words/words.ts";
import { AppError } from "../../../src/engine/base/errors.ts";
import { createTestApp } from "./fakes.ts";

afterEach(() => showLanguage("en"));

describe("the language of the page", () => {
  it("is the first of the browser's that the page has, else English", () => {
    expect(languageOf(["de-AT", "en"])).toBe("de");
    expect(languageOf(["fr", "DE"])).toBe("de");
    expect(languageOf(["en-US", "de"])).toBe("en");
    expect(languageOf(["ja"])).toBe("en");
    expect(languageOf([])).toBe("en");
  });

  it("follows the browser until one is chosen, which is then kept", async () => {
    const { app } = createTestApp({ browserLanguages: ["de"] });
    const saved: unknown[] = [];
    await persistSettings(app.settings, { load: async () => null, save: (settings) => saved.push(settings) });
    await app.language.start();
    expect(shownLanguage()).toBe("de");
    expect(saved).toEqual([]);
    await app.language.choose("en");
    expect(shownLanguage()).toBe("en");
    expect(saved).toMatchObject([{ language: "en" }]);
  });

  it("comes back as it was chosen, whatever the browser asks for", async () => {
    const { app } = createTestApp({ browserLanguages: ["en"] });
    await persistSettings(app.settings, { load: async () => parseSettings({ language: "de" }), save: () => {} });
    await app.language.start();
    expect(shownLanguage()).toBe("de");
    expect(parseSettings({ language: "tlh" })).toMatchObject({ language: null });
  });

  it("stays English, and says so, where the other cannot be fetched", async () => {
    const { app } = createTestApp({
      browserLanguages: ["de"],
      showLanguage: async () => {
        throw new TypeError("Failed to fetch dynamically imported module");
      },
    });
    await app.language.start();
    expect(shownLanguage()).toBe("en");
    expect(app.messages.notice.value).toMatch(/could not be fetched/);
    await app.language.choose("de");
    expect(app.settings.language.value).toBeNull();
  });
});

describe("numbers", () => {
  it("are written as the shown language writes them", async () => {
    await showLanguage("de");
    expect(formatPercent(0.184)).toBe("18,4 %");
    expect(formatInteger(45_210)).toBe("45.210");
    expect(formatMm2(37.25)).toBe("37,3 mm²");
    expect(formatThreshold(0.525)).toBe("0,525");
    expect(formatPixelSize({ mppX: 0.252, mppY: 0.252, origin: "file" })).toBe("0,252 µm/px");
    expect(formatBytes(1.25e9)).toBe("1,3 GB");
    expect(formatMoment(new Date(2026, 10, 24, 14, 2).getTime())).toBe("24. Nov. 2026, 14:02");
    expect(typedForm(0.25)).toBe("0,25");
    expect(parseNumber(typedForm(0.25))).toBe(0.25);
  });

  it("stay English where a file is made", async () => {
    await showLanguage("de");
    expect(inEnglish(() => `${formatPercent(0.184)} ${t`Open slide`}`)).toBe("18.4 % Open slide");
    expect(formatPercent(0.184)).toBe("18,4 %");
  });
});

describe("what the engine says", () => {
  it("is told in German where it is known, with what varies in it, else as it came", async () => {
    const note = "The file gives a pixel size of 0.5 µm; 0.25 x 0.251 µm was used instead.";
    expect(retell(note)).toBe(note);
    await showLanguage("de");
    expect(retell(note)).toBe("Die Datei gibt eine Pixelgröße von 0,5 µm an; verwendet wurde 0,25 x 0,251 µm.");
    expect(retell("It was computed by Palisade 0.1.0 and checked by 0.2.0.")).toBe(
      "Berechnet hat Palisade 0.1.0, geprüft 0.2.0.",
    );
    expect(retell("Something quite new.")).toBe("Something quite new.");
  });

  it("shows a failure in German by its code, and keeps the program's own sentence under the details", async () => {
    const { app } = createTestApp();
    app.messages.report(new AppError("slide/truncated", 'Expected 12 bytes at byte 8 of "a.svs", but the file ends.'));
    expect(app.messages.alert.value?.sentence).toMatch(/^Expected 12 bytes/);
    await showLanguage("de");
    expect(app.messages.alert.value?.sentence).toMatch(/^Die Datei ist unvollständig\./);
    expect(app.messages.alert.value?.details).toContain('Expected 12 bytes at byte 8 of "a.svs", but the file ends.');
  });

  it("names in German what a failure is about, where that helps", async () => {
    await showLanguage("de");
    const message = 'Expected outlines in "a.geojson", found none; export the annotations again as GeoJSON.';
    expect(sayFailure(new AppError("annotations/bad-geojson", message))).toMatch(/^In „a\.geojson“ sind keine Umrisse/);
  });
});
