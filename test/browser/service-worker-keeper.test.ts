import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/engine/base/sha256.ts";
import { FileStore } from "../../src/service-worker/file-store.ts";
import { Keeper } from "../../src/service-worker/keeper.ts";
import type { FileGroup, OfflineReport, PrecacheFile } from "../../src/service-worker/protocol.ts";

/** A folder of the test server, so that real answers come in. */
const SCOPE = new URL("/models/", location.href).href;
const PATHS = ["index.json", "necrosis-lowpower/svm.bin", "necrosis-lowpower/CARD.md"];

async function described(path: string, group: FileGroup = "all"): Promise<PrecacheFile> {
  const bytes = new Uint8Array(await (await fetch(new URL(path, SCOPE))).arrayBuffer());
  return { path, bytes: bytes.length, sha256: await sha256Hex(bytes), group };
}

function keeperOf(files: readonly PrecacheFile[], told: OfflineReport[] = []) {
  const store = new FileStore(SCOPE);
  const keeper = new Keeper({ scope: SCOPE, files, store, tell: async (report) => void told.push(report) });
  return { keeper, store };
}

const missingOf = ({ files }: OfflineReport) => files.filter(({ isKept }) => !isKept).map(({ path }) => path);

describe("keeping the files of a version", () => {
  let files: readonly PrecacheFile[];
  const forget = async () => void (await Promise.all((await caches.keys()).map((name) => caches.delete(name))));

  beforeEach(async () => {
    await forget();
    files = await Promise.all(PATHS.map((path) => described(path)));
  });
  afterEach(forget);

  it("fetches all, says how far it is, and answers with the same bytes and type", async () => {
    const told: OfflineReport[] = [];
    const { keeper, store } = keeperOf(files, told);
    const report = await keeper.fill();
    expect(missingOf(report)).toEqual([]);
    expect(report).toMatchObject({ activity: "resting", bytesDone: report.bytesTotal });
    expect(told.map(({ activity }) => activity)).toEqual(expect.arrayContaining(["fetching", "resting"]));
    const kept = await store.read(files[0]!);
    expect(kept?.headers.get("content-type")).toMatch(/json/);
    expect(await kept?.json()).toHaveProperty("packs");
  });

  it.each([
    {
      what: "another hash",
      change: { sha256: "0".repeat(64) },
      why: /its SHA-256 is [0-9a-f]{8}… instead of 00000000…/,
    },
    { what: "more bytes", change: { bytes: 10 }, why: /longer than 10 bytes/ },
    { what: "fewer bytes", change: { bytes: 10_000_000 }, why: /has \d+ bytes instead of 10000000/ },
    { what: "no file", change: { path: "none/none.bin" }, why: /the server answered 404|instead of|longer than/ },
  ])("refuses a file that comes with $what, says why, and keeps the others", async ({ change, why }) => {
    const [first, ...others] = files;
    const wrong = { ...first!, ...change };
    const { keeper, store } = keeperOf([wrong, ...others]);
    const report = await keeper.fill();
    expect(missingOf(report)).toEqual([wrong.path]);
    expect(report.files.find(({ path }) => path === wrong.path)?.why).toMatch(why);
    expect(await store.read(wrong)).toBeNull();
    expect(await store.read(others[0]!)).not.toBeNull();
  });

  it("needs the files of a group from when it is asked for on, in later versions too", async () => {
    const gpu = await described("necrosis-lowpower/pack.json", "webgpu-jspi");
    const other = await described("haemorrhage-20x/svm.bin", "webgpu-asyncify");
    const all = [...files, gpu, other];
    expect((await keeperOf(all).keeper.fill()).files).toHaveLength(files.length);
    expect((await keeperOf(all).keeper.fill("webgpu-jspi")).files.map(({ path }) => path)).toContain(gpu.path);
    const later = await keeperOf(all).keeper.fill();
    expect(later.files.map(({ path }) => path)).toContain(gpu.path);
    expect(later.files.map(({ path }) => path)).not.toContain(other.path);
    expect(missingOf(later)).toEqual([]);
  });

  it("lets go of what the new version does not have, and of nothing else", async () => {
    const { keeper, store } = keeperOf(files);
    await keeper.fill();
    await store.retain(files.slice(1));
    expect(await store.read(files[0]!)).toBeNull();
    expect(await store.read(files[1]!)).not.toBeNull();
  });

  it("finds by its hash a file that was changed, and fetches it again", async () => {
    const { keeper, store } = keeperOf(files);
    await keeper.fill();
    await store.keep(files[1]!, { bytes: new Uint8Array(3), headers: new Headers() });
    expect(await store.verify(files[0]!)).toBe(true);
    expect(missingOf(await keeper.verify())).toEqual([]);
    expect((await (await store.read(files[1]!))?.arrayBuffer())?.byteLength).toBe(files[1]?.bytes);
  });
});
