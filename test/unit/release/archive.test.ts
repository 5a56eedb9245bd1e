import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { releaseArchive } from "../../../tools/release/archive.ts";
import { billOfMaterials } from "../../../tools/release/sbom.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;

const DATE = new Date("2026-03-04T05:06:08Z");

describe("the release's archive", () => {
  let page: string;
  const beside = new Map([["serve.mjs", Buffer.from("serve")]]);

  beforeAll(async () => {
    page = await mkdtemp(join(tmpdir(), "page-"));
    await mkdir(join(page, "models/a"), { recursive: true });
    await writeFile(join(page, "index.html"), "page");
    await writeFile(join(page, "models/a/svm.bin"), "weights");
  });
  afterAll(() => rm(page, { recursive: true, force: true }));

  it("holds page and server in one folder, and the SHA-256 of each file as sha256sum reads it", async () => {
    const files = unzipSync(await releaseArchive({ version: "1.2.3", date: DATE, page, beside }));
    const names = ["page/index.html", "page/models/a/svm.bin", "serve.mjs"];
    expect(Object.keys(files)).toEqual([...names, "SHA256SUMS"].map((name) => `palisade-1.2.3/${name}`));
    const sums = Buffer.from(files["palisade-1.2.3/SHA256SUMS"] ?? []).toString();
    const expected = names.map((name) => {
      const bytes = files[`palisade-1.2.3/${name}`] ?? new Uint8Array();
      return `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`;
    });
    expect(sums).toBe(expected.join(""));
  });

  it("is the same to the byte when it is made again, whenever the files were written", async () => {
    const first = await releaseArchive({ version: "1.2.3", date: DATE, page, beside });
    await utimes(join(page, "index.html"), 0, 0);
    const second = await releaseArchive({ version: "1.2.3", date: DATE, page, beside });
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it("bears the release's date, as UTC wherever it is made", async () => {
    const zip = Buffer.from(await releaseArchive({ version: "1.2.3", date: DATE, page, beside }));
    // Of the first local header: MS-DOS time and date (APPNOTE 4.4.6).
    const time = zip.readUInt16LE(10);
    const day = zip.readUInt16LE(12);
    expect([day >> 9, (day >> 5) & 15, day & 31]).toEqual([2026 - 1980, 3, 4]);
    expect([time >> 11, (time >> 5) & 63, (time & 31) * 2]).toEqual([5, 6, 8]);
  });
});

describe("the bill of materials", () => {
  it("names what is installed for use with version, hash and licence, nothing that only builds, and is always the same", () => {
    const text = billOfMaterials(ROOT);
    const bill = JSON.parse(text);
    expect(bill).toMatchObject({
      bomFormat: "CycloneDX",
      metadata: { component: { name: "palisade", type: "application" } },
    });
    expect(bill).not.toHaveProperty("serialNumber");
    expect(bill.metadata).not.toHaveProperty("timestamp");
    const named = (name: string) => bill.components.find((component: { name: string }) => component.name === name);
    expect(named("onnxruntime-web")).toMatchObject({
      version: expect.stringMatching(/^\d/),
      purl: expect.stringMatching(/^pkg:npm\/onnxruntime-web@/),
      hashes: [{ alg: "SHA-512", content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
      licenses: [{ license: { id: "MIT" } }],
    });
    expect(named("vitest")).toBeUndefined();
    expect(billOfMaterials(ROOT)).toBe(text);
  });
});
