import { describe, expect, test } from "vitest";
import { createRequests } from "../../../src/app/state/requests.ts";
import type { SeenRequest } from "../../../src/workers/seen-requests.ts";

const FOLDER = "https://lab.test/palisade/";

function seen(path: string, at: number, from: SeenRequest["from"] = "network", bytes = 100): SeenRequest {
  return { url: new URL(path, FOLDER).href, at, from, bytes };
}

function counted() {
  let time = 1_000;
  const requests = createRequests({ folder: FOLDER, now: () => time });
  return { requests, loadAt: (at: number) => (time = at) };
}

describe("the counter of requests", () => {
  test("tells what was needed to load the page from what came after, by when it began", () => {
    const { requests, loadAt } = counted();
    requests.see([seen("", 10), seen("assets/index.js", 20)]);
    loadAt(1_000);
    requests.markLoaded();
    requests.see([seen("assets/late-news.js", 900), seen("ort/runtime.wasm", 1_500)]);
    expect(requests.toLoad.value).toBe(3);
    expect(requests.since.value).toBe(1);
    expect(requests.lines.value.at(-1)).toMatchObject({ path: "ort/runtime.wasm", phase: "since", count: 1 });
  });

  test("does not count what this computer answered itself, and tells it apart", () => {
    const { requests } = counted();
    requests.markLoaded();
    requests.see([seen("a.js", 2_000, "offline-copy", 0), seen("b.js", 2_000, "browser-cache", 0)]);
    expect(requests.since.value).toBe(0);
    expect(requests.sinceFromHere.value).toBe(2);
  });

  test("counts requests to another server, unless the policy stopped them", () => {
    const { requests } = counted();
    requests.see([
      seen("https://elsewhere.test/x?secret=1", 1, "network", 0),
      seen("https://e.test/", 1, "stopped", 0),
    ]);
    expect(requests.foreign.value).toBe(1);
    expect(requests.lines.value[0]).toMatchObject({ path: "https://elsewhere.test/x", isForeign: true });
  });

  test("puts requests for parts of one file together", () => {
    const { requests } = counted();
    requests.see([1, 2, 3].map((at) => seen("slides/a.svs?part=1", at)));
    expect(requests.lines.value).toEqual([
      { path: "slides/a.svs", isForeign: false, from: "network", phase: "load", count: 3, bytes: 300 },
    ]);
  });

  test("stays short however many addresses there are, and loses none in the sum", () => {
    const { requests } = counted();
    requests.see(Array.from({ length: 2_000 }, (_, i) => seen(`tile-${i}`, 1)));
    expect(requests.lines.value.length).toBeLessThanOrEqual(501);
    expect(requests.toLoad.value).toBe(2_000);
  });
});
