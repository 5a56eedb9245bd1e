import { openDB } from "idb";
import { afterEach, describe, expect, it } from "vitest";
import { type DatabaseAccess, databaseAccess } from "../../src/app/storage/database.ts";
import { pixelSizeStore } from "../../src/app/storage/pixel-size-store.ts";
import { settingsStore } from "../../src/app/storage/settings-store.ts";
import version1 from "../fixtures/storage/version-1.json";

const opened: DatabaseAccess[] = [];
let count = 0;

function freshName(): string {
  count++;
  return `palisade-test-database-${count}`;
}

function accessTo(name: string): DatabaseAccess {
  const access = databaseAccess(name);
  opened.push(access);
  return access;
}

afterEach(async () => {
  for (const access of opened.splice(0)) await access.destroy();
});

/** A database as an old page left it. */
async function writeFixture(name: string, fixture: typeof version1): Promise<void> {
  const database = await openDB(name, fixture.version, {
    upgrade(fresh) {
      for (const store of Object.keys(fixture.stores)) fresh.createObjectStore(store);
    },
  });
  for (const [store, records] of Object.entries(fixture.stores)) {
    for (const { key, value } of records) await database.put(store, value, key);
  }
  database.close();
}

function fileOf(name: string, size: number, lastModified: number): File {
  return new File([new Uint8Array(size)], name, { lastModified });
}

describe("a database of version 1", () => {
  it("is upgraded with all that it holds", async () => {
    const name = freshName();
    await writeFixture(name, version1);
    const access = accessTo(name);
    expect(await settingsStore(access).load()).toMatchObject({
      theme: "light",
      contrast: "system",
      dockOpen: false,
      opacity: 0.5,
      palette: "cividis",
      below: "hidden",
      contours: false,
      keep: true,
    });
    const sizes = pixelSizeStore(access);
    const oldest = fileOf("oldest.png", 1234, 1_700_000_000_000);
    const older = fileOf("older.png", 4321, 1_710_000_000_000);
    expect(await sizes.load(oldest, null)).toEqual({ mppX: 0.25, mppY: 0.25 });
    expect(await sizes.load(older, null)).toEqual({ mppX: 0.25, mppY: 0.5 });
    const stores = await access.run(async (database) => [...database.objectStoreNames]);
    expect(stores).toEqual(
      ["settings", "assumedPixelSizes", "slides", "results", "grids", "checkpoints", "checkpointParts", "packs"].sort(),
    );
  });

  it("has its pixel sizes found by content from then on, whatever the file is called", async () => {
    const name = freshName();
    await writeFixture(name, version1);
    const access = accessTo(name);
    const sizes = pixelSizeStore(access);
    const print = { sha256: "a".repeat(64), files: [] };
    expect(await sizes.load(fileOf("oldest.png", 1234, 1_700_000_000_000), print)).toEqual({ mppX: 0.25, mppY: 0.25 });
    expect(await sizes.load(fileOf("renamed.png", 1234, 0), print)).toEqual({ mppX: 0.25, mppY: 0.25 });
    const keys = await access.run((database) => database.getAllKeys("assumedPixelSizes"));
    expect(keys).toEqual([print.sha256, "older.png|4321|1710000000000"]);
  });
});

describe("a database of a newer Palisade", () => {
  it("is refused by name and left alone", async () => {
    const name = freshName();
    const newer = await openDB(name, 99, { upgrade: (fresh) => void fresh.createObjectStore("future") });
    await newer.put("future", "precious", "key");
    newer.close();
    const access = databaseAccess(name);
    await expect(access.run(async () => 1)).rejects.toMatchObject({
      code: "storage/newer-version",
      message: expect.stringContaining("a newer one"),
    });
    expect(await settingsStore(access).load()).toBeNull();
    const again = await openDB(name, 99);
    expect(await again.get("future", "key")).toBe("precious");
    again.close();
    await access.destroy();
  });
});

describe("a connection that the browser loses", () => {
  it("is opened again, and the work done once more", async () => {
    const access = accessTo(freshName());
    await access.run((database) => database.put("settings", "kept", "key"));
    await access.run(async (database) => database.close());
    expect(await access.run((database) => database.get("settings", "key"))).toBe("kept");
  });

  it("while the work is under way, too: as Safari says it", async () => {
    const access = accessTo(freshName());
    let tries = 0;
    const found = await access.run(async (database) => {
      tries++;
      if (tries === 1) throw new DOMException("Connection to Indexed Database server lost.", "UnknownError");
      await database.put("settings", "kept", "key");
      return await database.get("settings", "key");
    });
    expect({ tries, found }).toEqual({ tries: 2, found: "kept" });
  });

  it("again and again is told as a refusal, after one more try", async () => {
    const access = accessTo(freshName());
    let tries = 0;
    const lost = access.run(() => {
      tries++;
      return Promise.reject(new DOMException("The database connection is closing.", "InvalidStateError"));
    });
    await expect(lost).rejects.toMatchObject({ code: "storage/refused" });
    expect(tries).toBe(2);
  });

  it("because another tab forgets everything does not hold that tab up", async () => {
    const name = freshName();
    const here = accessTo(name);
    const there = databaseAccess(name);
    await here.run((database) => database.put("settings", "kept", "key"));
    await there.destroy();
    expect(await here.run((database) => database.get("settings", "key"))).toBeUndefined();
  });
});

describe("a full disk", () => {
  it("is told as such", async () => {
    const access = accessTo(freshName());
    const full = access.run(() => Promise.reject(new DOMException("full", "QuotaExceededError")));
    await expect(full).rejects.toMatchObject({ code: "storage/full", message: expect.stringContaining("is full") });
  });
});
