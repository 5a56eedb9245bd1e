import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkRelease, parseRelease } from "../../../src/app/proof/release.ts";
import { ticketText } from "../../../src/app/proof/ticket.ts";
import type { Proof } from "../../../src/app/state/proof.ts";
import { createTestApp } from "./fakes.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

const HERE: Readonly<Record<string, string>> = { "index.html": "page", "assets/a.js": "changed" };
const LIST = bytesOf(
  JSON.stringify({
    version: "1.2.3",
    files: [
      { path: "index.html", bytes: 4, sha256: hashOf("page") },
      { path: "assets/a.js", bytes: 6, sha256: hashOf("script") },
      { path: "ort/b.wasm", bytes: 9, sha256: hashOf("elsewhere") },
    ],
  }),
);

function checked() {
  return checkRelease({
    list: LIST,
    bytesHere: async (path) => (HERE[path] === undefined ? null : bytesOf(HERE[path])),
    onProgress: () => {},
  });
}

describe("the release's hashes", () => {
  test("are compared with what this computer has", async () => {
    const { version, sha256, files } = await checked();
    expect(version).toBe("1.2.3");
    expect(sha256).toBe(createHash("sha256").update(LIST).digest("hex"));
    expect(files.map(({ path, state }) => [path, state])).toEqual([
      ["index.html", "equal"],
      ["assets/a.js", "unequal"],
      ["ort/b.wasm", "not-here"],
    ]);
  });

  test.each([{}, [], null, { version: "1", files: [{ path: "a" }] }])("%j is no list of a release", (value) => {
    expect(() => parseRelease(value)).toThrow(RangeError);
  });
});

async function aProof(): Promise<Proof> {
  return {
    at: new Date("2026-11-25T12:00:00Z"),
    isOnline: false,
    attempts: [
      { way: "fetch", directive: "connect-src", policy: "default-src 'none'" },
      { way: "image", directive: null, policy: null },
    ],
    declared: "default-src 'none'",
    release: await checked(),
    stored: { usedBytes: 10, quotaBytes: 100, places: ["database palisade, settings: 1 record"] },
  };
}

describe("the report for a ticket", () => {
  test("says what was stopped and what was not, which files differ, and what is kept", async () => {
    const text = ticketText(await aProof(), {
      address: "https://lab.test/palisade/",
      browser: "Browser 1",
      policies: ["default-src 'none'"],
      requests: { toLoad: 9, since: 0, foreign: 0 },
    });
    for (const line of [
      "When: 2026-11-25T12:00:00.000Z, without a network",
      "  fetch: stopped by connect-src",
      "  image: NOT stopped",
      "  default-src 'none'",
      "Requests over the network: 9 to load the page, 0 since, 0 to another server",
      "Files hashed: 1 equal, 1 not equal, 1 not on this computer yet",
      "  NOT equal: assets/a.js",
      "  database palisade, settings: 1 record",
    ]) {
      expect(text.split("\n")).toContain(line);
    }
  });
});

describe("the test of the page", () => {
  test("gives the paths that were fetched, and names each policy once", async () => {
    const found = await aProof();
    let fetched: readonly string[] = [];
    const { app } = createTestApp({
      folder: "https://lab.test/",
      prove: async (paths, onStep) => {
        fetched = [...paths];
        onStep({ what: "Hashing", done: 1, total: 2 });
        return found;
      },
    });
    app.requests.see([{ url: "https://lab.test/assets/a.js", at: 1, from: "network", bytes: 1 }]);
    await app.proof.test();
    expect(fetched).toEqual(["assets/a.js"]);
    expect(app.proof.state.value).toEqual({ kind: "done", proof: found });
    expect(app.proof.policies.value).toEqual(["default-src 'none'"]);
  });
});
