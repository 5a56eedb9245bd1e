/** What this site keeps on this computer, in numbers: nothing that tells what it is about. */
export interface Stored {
  /** Bytes as the browser estimates them; null where it does not say. */
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** A line each, such as "database palisade, settings: 1 record". */
  readonly places: readonly string[];
}

export async function findStored(): Promise<Stored> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  const places = [
    ...(await databases()),
    ...(await offlineCopies()),
    ...(await privateFiles()),
    `local storage: ${count(keysOf("localStorage"), "entry", "entries")}`,
    `session storage: ${count(keysOf("sessionStorage"), "entry", "entries")}`,
    document.cookie === "" ? "cookies: none" : "cookies: some, set by the host",
  ];
  return { usedBytes: estimate?.usage ?? null, quotaBytes: estimate?.quota ?? null, places };
}

async function databases(): Promise<string[]> {
  const found = await indexedDB.databases?.().catch(() => []);
  const lines: string[] = [];
  for (const { name } of found ?? []) if (name !== undefined) lines.push(...(await storesOf(name)));
  return lines.length > 0 ? lines : ["databases: none"];
}

async function storesOf(name: string): Promise<string[]> {
  const database = await answerOf(indexedDB.open(name)).catch(() => null);
  if (!database) return [`database ${name}: cannot be opened`];
  try {
    const stores = [...database.objectStoreNames];
    if (stores.length === 0) return [`database ${name}: empty`];
    const reading = database.transaction(stores, "readonly");
    const counts = await Promise.all(stores.map((store) => answerOf(reading.objectStore(store).count())));
    return stores.map((store, i) => `database ${name}, ${store}: ${count(counts[i] ?? 0, "record", "records")}`);
  } finally {
    database.close();
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

async function offlineCopies(): Promise<string[]> {
  if (!("caches" in globalThis)) return [];
  const names = await caches.keys().catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  if (names.length === 0) return ["offline copy of the page: none"];
  return [
    `offline copy of the page: ${count(
      sizes.reduce((a, b) => a + b, 0),
      "file",
      "files",
    )}`,
  ];
}

async function privateFiles(): Promise<string[]> {
  try {
    const root = await navigator.storage.getDirectory();
    let found = 0;
    for await (const _ of root.keys()) found++;
    return [`private file system: ${found === 0 ? "empty" : count(found, "entry", "entries")}`];
  } catch {
    return ["private file system: none"];
  }
}

function keysOf(name: "localStorage" | "sessionStorage"): number {
  try {
    return window[name].length;
  } catch {
    return 0;
  }
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
