import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { createOffline, type OfflineDoor, type OfflineListener } from "../../../src/app/state/offline.ts";
import { offlineSentence, offlineWords, updateSentence } from "../../../src/app/ui/offline-words.ts";
import type { BackendInfo } from "../../../src/engine/features/types.ts";
import type { FileState, OfflineReport } from "../../../src/service-worker/protocol.ts";

const GPU: BackendInfo = { name: "WebGPU", reason: "found", device: "a card", runtime: "" };

function report(
  activity: OfflineReport["activity"],
  files: readonly (Partial<FileState> & Pick<FileState, "path">)[],
): OfflineReport {
  const whole = files.map((file) => ({ bytes: 1000, sha256: "0", isKept: true, why: null, ...file }));
  return {
    kind: "palisade-offline-report",
    activity,
    files: whole,
    bytesDone: 1000 * whole.filter(({ isKept }) => isKept).length,
    bytesTotal: 1000 * whole.length,
  };
}

const WHOLE = report("resting", [{ path: "index.html" }, { path: "models/a/svm.bin" }]);
const PARTIAL = report("resting", [
  { path: "index.html" },
  { path: "models/a/svm.bin", isKept: false, why: "the server answered 404" },
]);

async function startedOffline(options: { readonly none?: string } = {}) {
  const did: string[] = [];
  let listener: OfflineListener | null = null;
  const door: OfflineDoor = {
    fill: (group) => void did.push(`fill ${group}`),
    verify: () => void did.push("verify"),
    takeOver: () => void did.push("take over"),
    install: async () => void did.push("install"),
    lookForUpdate: async () => void did.push("look"),
  };
  const backend = signal<BackendInfo | null>(null);
  const workAtRisk = signal<string | null>(null);
  const offline = createOffline({
    openOfflineDoor: async (given) => {
      listener = given;
      return options.none ?? door;
    },
    reload: () => void did.push("reload"),
    webGpuBuild: () => "jspi",
    backend,
    workAtRisk,
  });
  await offline.start();
  if (!listener) throw new Error("Nobody listens.");
  const heard: OfflineListener = listener;
  return { offline, did, heard, backend, workAtRisk };
}

describe("being ready for offline use", () => {
  it("says why there is none, and that the page works", async () => {
    const { offline } = await startedOffline({ none: "This browser keeps no pages." });
    expect(offlineWords(offline.readiness.value)).toBe("Online only");
    expect(offlineSentence(offline.readiness.value)).toMatch(/^This browser keeps no pages. The page works/);
  });

  it("counts while the first version comes in, and is ready when its worker is at its post", async () => {
    const { offline, heard, did } = await startedOffline();
    heard.reported(report("fetching", [{ path: "index.html" }, { path: "b", isKept: false }]), "later");
    expect(offlineWords(offline.readiness.value)).toBe("Keeping for offline use: 1 of 2 files, 1 kB of 2 kB");
    heard.reported(WHOLE, "later");
    expect(offline.readiness.value.kind).toBe("fetching");
    heard.active();
    expect(did).toEqual(["fill all"]);
    heard.reported(WHOLE, "active");
    expect(offlineWords(offline.readiness.value)).toBe("Offline ready");
  });

  it("names what is missing and why, and fetches it when asked", async () => {
    const { offline, heard, did } = await startedOffline();
    heard.active();
    heard.reported(PARTIAL, "active");
    expect(offlineWords(offline.readiness.value)).toBe("Not ready for offline use: 1 file missing");
    offline.retry();
    expect(did).toEqual(["fill all", "fill all"]);
  });

  it("asks for the WebGPU build once this computer is known to use it", async () => {
    const { heard, did, backend } = await startedOffline();
    heard.active();
    backend.value = { ...GPU, name: "WASM" };
    expect(did).not.toContain("fill webgpu-jspi");
    backend.value = GPU;
    expect(did).toContain("fill webgpu-jspi");
  });

  it("goes on by itself after an installation that the browser cut short, as long as each gets further", async () => {
    const { offline, heard, did } = await startedOffline();
    const slow = report("fetching", [{ path: "a" }, { path: "b", isKept: false }]);
    heard.reported(slow, "later");
    heard.ended();
    expect(did).toEqual(["install"]);
    heard.reported(slow, "later");
    heard.ended();
    expect(did).toEqual(["install"]);
    expect(offline.readiness.value.kind).toBe("incomplete");
    offline.retry();
    expect(did).toEqual(["install", "install"]);
  });

  it("does not knock again and again at a server that refuses a file", async () => {
    const { offline, heard, did } = await startedOffline();
    heard.reported(PARTIAL, "later");
    heard.ended();
    expect(did).toEqual([]);
    expect(offline.readiness.value.kind).toBe("incomplete");
  });

  it("knows a first version that failed, in whatever order it hears of it", async () => {
    const { offline, heard } = await startedOffline();
    heard.ended();
    heard.reported(PARTIAL, "ended");
    expect(offline.readiness.value.kind).toBe("incomplete");
  });
});

describe("a new version", () => {
  async function ready() {
    const started = await startedOffline();
    started.heard.active();
    started.heard.reported(WHOLE, "active");
    started.did.length = 0;
    return started;
  }

  it("is offered when it is whole, and taken when a person says so", async () => {
    const { offline, heard, did } = await ready();
    heard.reported(report("fetching", [{ path: "index.html", isKept: false }]), "later");
    expect(offline.update.value.kind).toBe("fetching");
    expect(offline.readiness.value.kind).toBe("ready");
    heard.waiting();
    expect(offline.update.value.kind).toBe("offered");
    expect(did).toEqual([]);
    offline.takeUpdate();
    expect(did).toEqual(["take over"]);
    heard.controlled();
    expect(did).toEqual(["take over", "reload"]);
  });

  it("is not taken while a run is under way, and the reason is said", async () => {
    const { offline, heard, did, workAtRisk } = await ready();
    heard.waiting();
    workAtRisk.value = "A run is under way.";
    expect(offline.updateBlocker.value).toBe("A run is under way.");
    offline.takeUpdate();
    expect(did).toEqual([]);
    workAtRisk.value = null;
    expect(offline.updateBlocker.value).toBeNull();
  });

  it("waits for other pages of the site to be closed", async () => {
    const { offline, heard, did } = await ready();
    heard.waiting();
    offline.takeUpdate();
    heard.refused();
    expect(updateSentence(offline.update.value)).toMatch(/another tab/);
    offline.takeUpdate();
    expect(did).toEqual(["take over", "take over"]);
  });

  it("that cannot be fetched whole is named, and this one goes on", async () => {
    const { offline, heard } = await ready();
    heard.reported(PARTIAL, "later");
    heard.ended();
    expect(updateSentence(offline.update.value)).toMatch(
      /models\/a\/svm.bin: the server answered 404.*This one goes on/,
    );
    expect(offline.readiness.value.kind).toBe("ready");
  });

  it("never reloads a page that did not ask", async () => {
    const { heard, did } = await ready();
    heard.controlled();
    expect(did).toEqual([]);
  });
});
