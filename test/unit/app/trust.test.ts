import { expect, test } from "vitest";
import type { FeatureFinding } from "../../../src/engine/trust/report.ts";
import type { Light, TrustReport } from "../../../src/engine/trust/types.ts";
import type { CheckRequest, TrustChecker } from "../../../src/workers/trust.api.ts";
import { createTestApp, OWN_PIXEL_SIZE, settled, smallGrid } from "./fakes.ts";

/** Answers when the test says so. */
class FakeChecker implements TrustChecker {
  readonly asked: { readonly request: CheckRequest; readonly signal: AbortSignal }[] = [];
  #settle: { resolve: (report: TrustReport) => void; reject: (error: unknown) => void } | null = null;
  finding: Promise<FeatureFinding | null> = Promise.resolve(null);

  check(request: CheckRequest, signal: AbortSignal): Promise<TrustReport> {
    this.asked.push({ request, signal });
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  features(): Promise<FeatureFinding | null> {
    return this.finding;
  }

  async answer(report: TrustReport): Promise<void> {
    this.#settle?.resolve(report);
    await settled();
  }

  async fail(): Promise<void> {
    this.#settle?.reject(new Error("no coarse level"));
    await settled();
  }
}

function report(light: Light, id: "stain" | "tissue" | "pixel-size" = "stain"): TrustReport {
  const check = { id, light, reason: "So.", facts: {} } as const;
  return { version: 1, packId: "first", when: "before", light, checks: [check], isOverruled: false };
}

async function openApp() {
  const checker = new FakeChecker();
  const test = createTestApp({ trustChecker: checker });
  await test.app.packs.start();
  await test.app.slide.openFiles([new File(["x"], "own.tif")]);
  await settled();
  return { ...test, checker };
}

test("a slide is looked at once it has been shown, and Analyze hurries that", async () => {
  const { app, checker, client } = await openApp();
  expect(app.trust.state.value.kind).toBe("checking");
  expect(checker.asked).toHaveLength(0);
  const pressed = app.trust.analyze();
  await settled();
  expect(checker.asked).toHaveLength(1);
  expect(app.trust.isHolding.value).toBe(true);
  await checker.answer(report("green"));
  expect(client.requests).toHaveLength(1);
  client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await pressed;
});

test("a red slide is analyzed only after its reasons were shown, and the result says so", async () => {
  const { app, checker, client } = await openApp();
  const pressed = app.trust.analyze();
  await settled();
  await checker.answer(report("red"));
  await pressed;
  expect(client.requests).toHaveLength(0);
  expect(app.trust.isAsking.value).toBe(true);
  const running = app.trust.analyzeAllTheSame();
  expect(app.trust.isAsking.value).toBe(false);
  client.finish(smallGrid(), OWN_PIXEL_SIZE);
  await running;
  expect(app.trust.report.value).toMatchObject({ when: "after", light: "red", isOverruled: true });
});

test("amber, want of tissue and a failed look ask nothing", async () => {
  for (const answer of [report("amber"), report("red", "tissue"), null]) {
    const { app, checker, client } = await openApp();
    const pressed = app.trust.analyze();
    await settled();
    if (answer) await checker.answer(answer);
    else await checker.fail();
    expect(app.trust.isAsking.value).toBe(false);
    expect(client.requests).toHaveLength(1);
    client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await pressed;
    expect(app.analysis.state.value.kind).toBe("done");
  }
});

test("a pixel size that the reader typed asks nothing, since the model's remark told of it; the file's own does", async () => {
  for (const isTyped of [true, false]) {
    const { app, checker, client } = await openApp();
    if (isTyped) app.slide.assumePixelSize(80);
    const pressed = app.trust.analyze();
    await settled();
    await checker.answer(report("red", "pixel-size"));
    expect(app.trust.isAsking.value).toBe(!isTyped);
    expect(client.requests).toHaveLength(isTyped ? 1 : 0);
    if (isTyped) client.finish(smallGrid(), OWN_PIXEL_SIZE);
    await pressed;
  }
});

test("another slide ends the look at the one before", async () => {
  const { app, checker } = await openApp();
  void app.trust.analyze();
  await settled();
  await app.slide.openFiles([new File(["y"], "own-other.tif")]);
  await settled();
  expect(checker.asked[0]?.signal.aborted).toBe(true);
  await checker.answer(report("red"));
  expect(app.trust.state.value.kind).toBe("checking");
});

test("a slide without a pixel size is not compared", async () => {
  const { app } = createTestApp({ trustChecker: new FakeChecker() });
  await app.packs.start();
  await app.slide.openFiles([new File(["x"], "plain.tif")]);
  expect(app.trust.state.value.kind).toBe("none");
  app.slide.assumePixelSize(10);
  expect(app.trust.state.value.kind).toBe("checking");
});
