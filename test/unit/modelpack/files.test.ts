import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPackFiles, openPack } from "../../../src/cli/pack-files.ts";
import { packFilesFromUrl } from "../../../src/engine/modelpack/files.ts";
import { loadPack } from "../../../src/engine/modelpack/parse.ts";
import { packToZip } from "../../../src/engine/modelpack/zip.ts";
import { type FileMap, filesOf, packFiles, validPack } from "./pack-in-memory.ts";

let files: FileMap;

beforeAll(async () => {
  files = await filesOf(await validPack());
});

describe("a pack on disk", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "palisade-pack-"));
    for (const [path, bytes] of files) {
      const target = join(folder, "mine", path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes);
    }
    await writeFile(join(folder, "mine.zip"), await packToZip(await loadPack(packFiles(files))));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("opens as a folder and as a zip, to the same pack", async () => {
    const fromFolder = await openPack(join(folder, "mine"));
    expect(fromFolder.pack.id).toBe("small");
    expect(await openPack(join(folder, "mine.zip"))).toEqual(fromFolder);
  });

  it("names a file that the folder lacks", async () => {
    await rm(join(folder, "mine", "svm.bin"));
    await expect(openPack(join(folder, "mine"))).rejects.toMatchObject({
      code: "modelpack/missing-file",
      message: expect.stringContaining("Expected svm.bin in the model pack"),
    });
  });

  it("finds the files of a shipped pack by its id", async () => {
    const shipped = await findPackFiles("necrosis-lowpower");
    expect((await shipped("backbone.onnx")).length).toBeGreaterThan(100_000);
  });

  it.each(["no-such-pack", "../secrets", "", "necrosis-lowpower/../.."])(
    "says what %j should have been",
    async (where) => {
      await expect(openPack(where)).rejects.toMatchObject({
        message: expect.stringMatching(/^Expected .+, found .+\.$/),
      });
    },
  );
});

describe("a pack on a web server", () => {
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const bytes = files.get((request.url ?? "").replace("/packs/small/", ""));
      if (bytes) response.end(bytes);
      else if (request.url?.endsWith(".html-fallback")) response.setHeader("content-type", "text/html").end("<html>");
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/packs/small/`;
  });

  afterAll(() => {
    server.close();
  });

  it("opens from its folder's address", async () => {
    expect((await loadPack(packFilesFromUrl(base))).pack.id).toBe("small");
  });

  it.each([
    ["missing.bin", "404"],
    ["a.html-fallback", "a page"],
  ])("names %s as missing when the server answers with %s", async (path, found) => {
    await expect(packFilesFromUrl(base)(path)).rejects.toMatchObject({
      code: "modelpack/missing-file",
      message: expect.stringContaining(found),
    });
  });

  it("tells when there is no server", async () => {
    const nowhere = packFilesFromUrl("http://127.0.0.1:9/");
    await expect(nowhere("pack.json")).rejects.toMatchObject({ code: "modelpack/missing-file" });
  });

  it("stops fetching when the job is cancelled", async () => {
    const fetching = packFilesFromUrl(base, { signal: AbortSignal.abort() })("pack.json");
    await expect(fetching).rejects.toMatchObject({ name: "AbortError" });
  });
});
