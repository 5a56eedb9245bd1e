import { describe, expect, it } from "vitest";
import { type AskedFor, fileFor } from "../../../src/service-worker/answer.ts";
import type { PrecacheFile } from "../../../src/service-worker/protocol.ts";

const SCOPE = "https://host.example/lab/palisade/";
const PATHS = ["index.html", "assets/index-1.js", "models/a pack/pack.json"];
const FILES = new Map(
  PATHS.map((path): [string, PrecacheFile] => [path, { path, bytes: 1, sha256: "0", group: "all" }]),
);

function answered(url: string, request: Partial<AskedFor> = {}): string | null {
  const asked = {
    method: "GET",
    url: new URL(url, SCOPE).href,
    mode: "cors",
    headers: new Headers(),
    ...request,
  } as const;
  return fileFor(asked, SCOPE, FILES)?.path ?? null;
}

describe("what the service worker answers", () => {
  it("is the page at its folder's address, whatever follows the question mark", () => {
    for (const url of ["", "index.html", "?slide=slides/a.svs", "index.html?slide=a#x=1"]) {
      expect(answered(url, { mode: "navigate" }), url).toBe("index.html");
    }
  });

  it("is each file of the page, also one with a space in its path, and one that is opened in a tab", () => {
    expect(answered("assets/index-1.js")).toBe("assets/index-1.js");
    expect(answered("models/a%20pack/pack.json")).toBe("models/a pack/pack.json");
    expect(answered("models/a%20pack/pack.json", { mode: "navigate" })).toBe("models/a pack/pack.json");
  });

  it("is never a part of a file", () => {
    expect(answered("assets/index-1.js", { headers: new Headers({ Range: "bytes=0-9" }) })).toBeNull();
    expect(answered("", { mode: "navigate", headers: new Headers({ range: "bytes=0-" }) })).toBeNull();
  });

  it("is nothing that is not of the page: other files, folders, hosts, methods, questions", () => {
    expect(answered("slides/a.svs")).toBeNull();
    expect(answered("slides/", { mode: "navigate" })).toBeNull();
    expect(answered("../other/index.html", { mode: "navigate" })).toBeNull();
    expect(answered("https://elsewhere.example/lab/palisade/assets/index-1.js")).toBeNull();
    expect(answered("assets/index-1.js", { method: "POST" })).toBeNull();
    expect(answered("assets/index-1.js?fresh")).toBeNull();
    expect(answered("assets/%E0%A4%A")).toBeNull();
  });
});
