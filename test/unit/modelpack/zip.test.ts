import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import { packFilesFromZip, packToZip } from "../../../src/engine/modelpack/zip.ts";
import { filesOf, NETWORK, packFiles, validPack } from "./pack-in-memory.ts";

describe("a zipped pack", () => {
  it("comes back as it went in, the same bytes each time", async () => {
    const loaded = await loadPack(packFiles(await filesOf(await validPack())));
    const zip = await packToZip(loaded);
    expect(await packToZip(loaded)).toEqual(zip);
    expect(await loadPack(packFilesFromZip(zip))).toEqual(loaded);
  });

  it("carries a network that it shares with a sibling", async () => {
    const loaded = await loadPack(packFiles(await filesOf(await validPack())));
    const backbone = { ...loaded.pack.backbone, file: "../other/last.onnx" };
    const zip = await packToZip({ ...loaded, pack: { ...loaded.pack, backbone } });
    const again = await loadPack(packFilesFromZip(zip));
    expect(again.pack.backbone.file).toBe("last.onnx");
    expect(again.backboneBytes).toEqual(NETWORK);
  });

  it("may lie at the top of the zip or in folders", async () => {
    const files = await filesOf(await validPack());
    for (const folder of ["", "pack/", "a/b/"]) {
      const zip = zipSync(Object.fromEntries([...files].map(([path, bytes]) => [folder + path, bytes])));
      expect((await loadPack(packFilesFromZip(new Uint8Array(zip)))).pack.id).toBe("small");
    }
  });

  it("names a file that is missing", async () => {
    const zip = new Uint8Array(zipSync({ "pack.json": strToU8("{}") }));
    await expect(packFilesFromZip(zip)("svm.bin")).rejects.toMatchObject({
      code: "modelpack/missing-file",
      message: expect.stringContaining("svm.bin"),
    });
  });

  it.each([
    { what: "no zip", zip: strToU8("hello") },
    { what: "an empty file", zip: new Uint8Array(0) },
    { what: "a zip of something else", zip: zipSync({ "readme.txt": strToU8("hello") }) },
  ])("says that $what is no pack", ({ zip }) => {
    const open = () => packFilesFromZip(new Uint8Array(zip));
    expect(open).toThrow(expect.objectContaining({ code: "modelpack/not-a-pack" }));
  });

  it("is refused when cut short", async () => {
    const zip = await packToZip(await loadPack(packFiles(await filesOf(await validPack()))));
    const open = () => packFilesFromZip(zip.slice(0, zip.length >> 1));
    expect(open).toThrow(expect.objectContaining({ code: "modelpack/not-a-pack" }));
  });

  it("is refused before it unpacks to more than the limit, in bytes or in files", () => {
    const bomb = new Uint8Array(zipSync({ "pack.json": new Uint8Array(5_000_000) }));
    const large = () => packFilesFromZip(bomb, { maxBytes: 1_000_000 });
    expect(large).toThrow(expect.objectContaining({ code: "modelpack/not-a-pack" }));
    const many = new Uint8Array(
      zipSync(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`${i}`, strToU8("x")]))),
    );
    expect(() => packFilesFromZip(many)).toThrow(expect.objectContaining({ code: "modelpack/not-a-pack" }));
  });

  it("never unpacks to more than it declares", async () => {
    const zip = new Uint8Array(zipSync({ "pack.json": new Uint8Array(5_000_000) }));
    const view = new DataView(zip.buffer);
    // The size that the central directory declares, 24 bytes into its entry.
    const central = view.getUint32(zip.length - 6, true);
    view.setUint32(central + 24, 1000, true);
    expect(await packFilesFromZip(zip, { maxBytes: 1_000_000 })("pack.json")).toHaveLength(1000);
  });
});
