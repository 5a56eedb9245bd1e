import { describe, expect, it } from "vitest";
import { TOUR_STEPS } from "../../../src/app/state/tour.ts";
import { parseSettings } from "../../../src/app/storage/settings-store.ts";
import { createTestApp } from "./fakes.ts";

describe("the tour", () => {
  it("is offered until it was taken or declined, and that is kept", () => {
    const { app } = createTestApp();
    expect(app.tour.isOffered.value).toBe(true);
    app.tour.stop();
    expect(app.tour.isOffered.value).toBe(false);
    expect(app.settings.isTourKnown.value).toBe(true);
    expect(parseSettings({ isTourKnown: true })).toMatchObject({ isTourKnown: true });
    expect(parseSettings({})).toMatchObject({ isTourKnown: false });
  });

  it("can be left at every step, walked back, and taken again", () => {
    const { app } = createTestApp();
    for (const [index, step] of TOUR_STEPS.entries()) {
      app.tour.start();
      for (let i = 0; i < index; i++) app.tour.next();
      expect(app.tour.step.value).toBe(step);
      app.tour.stop();
      expect(app.tour.step.value).toBeNull();
    }
    app.tour.start();
    app.tour.next();
    app.tour.back();
    app.tour.back();
    expect(app.tour.step.value).toBe("open");
  });

  it("ends after its last step, and moves, opens and changes nothing", () => {
    const { app } = createTestApp();
    app.tour.start();
    for (const _ of TOUR_STEPS) app.tour.next();
    expect(app.tour.step.value).toBeNull();
    expect(app.slide.open.value).toBeNull();
    expect(app.analysis.state.value.kind).toBe("idle");
  });
});
