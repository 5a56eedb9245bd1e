import { unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "../../../src/engine/base/errors.ts";
import { sha256Hex } from "../../../src/engine/base/sha256.ts";
import { parseResultFile } from "../../../src/engine/resultfile/parse.ts";
import type { ResultPictures } from "../../../src/engine/resultfile/types.ts";
import { writeResultFile } from "../../../src/engine/resultfile/write.ts";
import { madeClassRecord, madeMapRecord, madePictures } from "../../support/made-results.ts";

type Entries = Record<string, Uint8Array<ArrayBuffer>>;

const whole = async (pictures: ResultPictures = madePictures()) =>
  await writeResultFile(await madeMapRecord(), pictures, "0.1.0");

/** The refusal of a file, or what it was opened as. */
async function refusalOf(bytes: Uint8Array<ArrayBuffer>): Promise<AppError> {
  const error = await parseResultFile(bytes).then(
    () => new Error("It was opened."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  expect(error.message).toMatch(/^Expected .*[.]$/);
  return error;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (words: string) => new TextEncoder().encode(words);

/** Opens a file, lets something be done to its entries and zips them again, the manifest first. */
async function rezipped(change: (entries: Entries) => void | Promise<void>): Promise<Uint8Array<ArrayBuffer>> {
  const entries = unzipSync(await whole());
  await change(entries);
  return zipSync(entries);
}

/** The same with a manifest that fits again: what a forger would do. */
async function forged(change: (entries: Entries) => void): Promise<Uint8Array<ArrayBuffer>> {
  return await rezipped(async (entries) => {
    change(entries);
    const { sha256: _, ...manifest } = JSON.parse(text(entries["manifest.json"]!));
    manifest.entries = [];
    for (const [name, bytes] of Object.entries(entries)) {
      if (name !== "manifest.json")
        manifest.entries.push({ name, byteSize: bytes.length, sha256: await sha256Hex(bytes) });
    }
    entries["manifest.json"] = await sealed(manifest);
  });
}

async function sealed(manifest: object): Promise<Uint8Array<ArrayBuffer>> {
  const written = (sha256: string) =>
    bytesOf(`${JSON.stringify(manifest).slice(0, -1)},\n  "sha256": "${sha256}"\n}\n`);
  return written(await sha256Hex(written("0".repeat(64))));
}

function edited(entries: Entries, name: string, from: string | RegExp, to: string): void {
  const before = text(entries[name]!);
  const after = before.replace(from, to);
  if (before === after) throw new Error(`nothing to edit in ${name}`);
  entries[name] = bytesOf(after);
}

describe("a result file that was changed", () => {
  it.each(["manifest.json", "result.json", "map.bin", "outlines.geojson", "thumbnail.jpg"])(
    "by one bit in %s is refused, and the entry is named",
    async (name) => {
      const error = await refusalOf(
        await rezipped((entries) => {
          const bytes = entries[name]!;
          bytes[bytes.length - 5]! ^= 1;
        }),
      );
      // Of its own hash the bit may make what is no hexadecimal digit.
      const ofManifest = ["resultfile/tampered", "resultfile/not-a-result", "resultfile/bad-field"];
      if (name === "manifest.json") expect(ofManifest).toContain(error.code);
      else expect(error).toMatchObject({ code: "resultfile/tampered", message: expect.stringContaining(name) });
    },
  );

  it.each(["result.json", "map.bin", "outlines.geojson", "thumbnail.jpg"])(
    "by taking %s out is refused",
    async (name) => {
      const error = await refusalOf(
        await rezipped((entries) => {
          delete entries[name];
        }),
      );
      expect(error).toMatchObject({ code: "resultfile/tampered", message: expect.stringContaining(name) });
    },
  );

  it.each(["notes.txt", "../outside.json", "constructor"])("by adding %s is refused", async (name) => {
    const error = await refusalOf(zipSync({ ...unzipSync(await whole()), [name]: bytesOf("more") }));
    expect(error).toMatchObject({ code: "resultfile/tampered", message: expect.stringContaining(name) });
  });

  it("in any byte of the zip either says so, or holds what it held", async () => {
    const bytes = await whole();
    const before = await parseResultFile(bytes);
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at]! ^= 0x55;
      try {
        expect(await parseResultFile(changed)).toEqual(before);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(bytes.length / 7 / 2);
  });
});

describe("a result file that was cut short", () => {
  it("is refused wherever it ends", async () => {
    const bytes = await whole();
    const codes = new Set<ErrorCode>();
    for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 150))) {
      codes.add((await refusalOf(bytes.slice(0, length))).code);
    }
    expect([...codes].sort()).toEqual(["resultfile/not-a-result", "resultfile/truncated"]);
    expect((await refusalOf(bytes.slice(0, -1))).code).toBe("resultfile/truncated");
  });
});

describe("a zip bomb", () => {
  const MIB = 2 ** 20;

  it("is refused before it is unpacked when the zip's directory tells its size", async () => {
    const bomb = await rezipped((entries) => {
      entries["map.bin"] = new Uint8Array(64 * MIB);
    });
    expect((await refusalOf(bomb)).message).toContain("would unpack to 67108864 bytes");
  });

  it("is stopped where it passes the size that it told", async () => {
    const bytes = zipSync({ ...unzipSync(await whole()), "map.bin": new Uint8Array(64 * MIB) });
    const small = unzipSync(await whole())["map.bin"]!.length;
    const view = new DataView(bytes.buffer);
    // The directory tells the size that the manifest expects.
    for (let at = 0; at + 46 < bytes.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === 64 * MIB) {
        view.setUint32(at + 24, small, true);
      }
    }
    expect(await refusalOf(bytes)).toMatchObject({
      code: "resultfile/too-large",
      message: expect.stringContaining("map.bin unpacks to more"),
    });
  });

  it("is refused as a manifest, too", async () => {
    const bomb = await rezipped((entries) => {
      entries["manifest.json"] = new Uint8Array(MIB);
    });
    expect((await refusalOf(bomb)).code).toBe("resultfile/too-large");
  });

  it("is refused when it has an endless number of entries", async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}`, new Uint8Array(1)]));
    expect((await refusalOf(zipSync({ ...unzipSync(await whole()), ...many }))).message).toContain("505 entries");
  });
});

describe("a file of something else", () => {
  it.each([
    ["an empty file", new Uint8Array(0)],
    ["a letter", bytesOf("Dear colleague, ".repeat(20))],
    ["a zip of something else", zipSync({ "pack.json": bytesOf("{}") })],
    ["a zip with another manifest", zipSync({ "manifest.json": bytesOf('{"format":"web-app"}') })],
    ["a zip with a manifest of noise", zipSync({ "manifest.json": bytesOf("\u0000\u0001") })],
  ])("is refused: %s", async (_, bytes) => {
    expect((await refusalOf(bytes)).code).toBe("resultfile/not-a-result");
  });

  it("of version 3 is refused by that name, with the program that made it", async () => {
    const newer = await rezipped((entries) => {
      edited(entries, "manifest.json", '"version": 2', '"version": 3');
      edited(entries, "manifest.json", /"appVersion": "[^"]*"/, '"appVersion": "7.4.0"');
      entries["what-is-new.bin"] = new Uint8Array(10);
    });
    const error = await refusalOf(newer);
    expect(error.code).toBe("resultfile/newer-version");
    expect(error.message).toContain("version 3, made by Palisade 7.4.0; update Palisade");
  });
});

describe("a forged result file whose hashes fit", () => {
  it.each([
    ["slide.width0", '"width0": 4000', '"width0": -1'],
    ["map.cols", '"cols": 40', '"cols": 4000000'],
    ["map.planes", '"planes": 1', '"planes": 9'],
    ["run.backend.name", '"name": "WASM"', '"name": "abacus"'],
    ["look.threshold", /"look": \{\n {4}"threshold": 0.5/, '"look": {\n    "threshold": 7'],
    ["run.pixelSize.mppX", '"mppX": 0.5', '"mppX": 0'],
    ["model.sha256", '"sha256": "dddd', '"sha256": "xxxx'],
    ["kind", '"kind": "map"', '"kind": "song"'],
    ["version", '"version": 2', '"version": 3'],
  ])("with a wrong %s is refused by that name", async (field, from, to) => {
    const error = await refusalOf(await forged((entries) => edited(entries, "result.json", from, to)));
    expect(error).toMatchObject({
      code: "resultfile/bad-field",
      message: expect.stringContaining(`${field} in result.json`),
    });
  });

  it("with another map than it tells is refused", async () => {
    const error = await refusalOf(
      await forged((entries) => {
        entries["map.bin"]![12] = 3;
      }),
    );
    expect(error.message).toContain("map.bin");
  });

  it("with a slide's fingerprint that does not fit is refused", async () => {
    const error = await refusalOf(
      await forged((entries) => edited(entries, "result.json", '"byteSize": 123456', '"byteSize": 1')),
    );
    expect(error.message).toContain("fingerprint");
  });

  it.each([
    ["no picture", (): Uint8Array<ArrayBuffer> => bytesOf("<svg onload=1>"), "no JPEG"],
    ["a giant picture", () => resized(60_000, 30_000), "60000 x 30000"],
    ["another slide's picture", () => resized(100, 200), "proportions"],
  ])("with %s is refused", async (_, picture, words) => {
    const error = await refusalOf(
      await forged((entries) => {
        entries["thumbnail.jpg"] = picture();
      }),
    );
    expect(error.message).toContain(words);
  });

  it("with patches that the grid does not have is refused", async () => {
    const record = await madeClassRecord();
    const bytes = await writeResultFile(
      { ...record, result: { ...record.result, kept: Int32Array.of(0, 1, 2, 4, 5, 6, 99) } },
      madePictures(),
      "0.1.0",
    ).catch(() => null);
    if (bytes) expect((await refusalOf(bytes)).message).toContain("patches.bin");
  });
});

function resized(width: number, height: number): Uint8Array<ArrayBuffer> {
  const picture = madePictures().thumbnail.slice();
  new DataView(picture.buffer).setUint16(7, height);
  new DataView(picture.buffer).setUint16(9, width);
  return picture;
}
