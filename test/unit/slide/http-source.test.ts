import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/engine/base/random.ts";
import { askHttpFile } from "../../../src/engine/slide/http/http-file.ts";
import { httpSource } from "../../../src/engine/slide/http/http-source.ts";
import { type SlideHost, startSlideHost } from "../../support/slide-host.ts";
import { difference, madeBytes, openMade, openSource, readLevel } from "./made-slides.ts";

const BLOCK = 65_536;

let host: SlideHost;
beforeEach(async () => {
  host = await startSlideHost(null);
});
afterEach(() => host.close());

function noise(length: number): Buffer {
  const random = seededRandom(11);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
}

async function sourceOf(path: string, signal?: AbortSignal) {
  return httpSource(await askHttpFile(`${host.address}${path}`), signal ? { signal } : {});
}

function ranges(): (string | null)[] {
  return host.log.map(({ range }) => range);
}

describe("a slide on a web host", () => {
  test("shows the same pixels as the file itself, without being fetched whole at once", async () => {
    host.files.set("a slide.svs", Buffer.from(madeBytes("aperio-like.svs")));
    const linked = await openSource(await sourceOf("a%20slide.svs"));
    const own = await openMade("aperio-like.svs");
    expect(linked.info).toEqual({ ...own.info, name: "a slide.svs" });
    expect(difference(await readLevel(linked), await readLevel(own)).max).toBe(0);
    expect(ranges().every((range) => range !== null)).toBe(true);
  });

  test("is read in blocks that are kept, and neighbours come in one request", async () => {
    const bytes = noise(10 * BLOCK + 777);
    host.files.set("noise", bytes);
    const source = await sourceOf("noise");
    expect(source.size).toBe(bytes.length);
    host.log.length = 0;
    expect(bytes.subarray(BLOCK + 5, 4 * BLOCK + 5).equals(await source.read(BLOCK + 5, 3 * BLOCK))).toBe(true);
    expect(ranges()).toEqual([`bytes=${BLOCK}-${5 * BLOCK - 1}`]);
    expect(bytes.equals(await source.read(0, bytes.length))).toBe(true);
    expect(ranges().slice(1).sort()).toEqual([`bytes=0-${BLOCK - 1}`, `bytes=${5 * BLOCK}-${bytes.length - 1}`].sort());
    host.log.length = 0;
    await source.read(3, 9 * BLOCK);
    expect(ranges()).toEqual([]);
  });

  test("keeps 16 MB at most, and what was used last", async () => {
    host.files.set("noise", noise(20 * 1024 * 1024));
    const source = await sourceOf("noise");
    await source.read(0, 10);
    for (let at = 0; at < 18; at += 1) await source.read(at * 1024 * 1024 + BLOCK, 1024 * 1024 - BLOCK);
    host.log.length = 0;
    await source.read(17 * 1024 * 1024 + BLOCK, 10);
    expect(ranges()).toEqual([]);
    await source.read(0, 10);
    expect(ranges()).toEqual([`bytes=0-${BLOCK - 1}`]);
  });

  test("is asked for a block once, however many want it at the same time", async () => {
    host.files.set("noise", noise(BLOCK));
    const source = await sourceOf("noise");
    host.log.length = 0;
    await Promise.all([1, 2, 3, 4].map((at) => source.read(at, 100)));
    expect(ranges()).toHaveLength(1);
  });

  test("is asked once more when the line breaks, and says so when it breaks again", async () => {
    host.files.set("noise", noise(4 * BLOCK));
    const source = await sourceOf("noise");
    host.cutOff = 1;
    expect(await source.read(0, BLOCK)).toHaveLength(BLOCK);
    host.cutOff = 2;
    await expect(source.read(2 * BLOCK, BLOCK)).rejects.toMatchObject({
      code: "slide/unreadable",
      message: "Expected the host of noise to answer, but it did not; check the network, then open the link again.",
    });
    expect(await source.read(2 * BLOCK, BLOCK)).toHaveLength(BLOCK);
  });

  test("that was replaced since it was opened is not mixed with the new one", async () => {
    host.files.set("noise", noise(4 * BLOCK));
    const source = await sourceOf("noise");
    host.etag = '"second"';
    await expect(source.read(0, 10)).rejects.toMatchObject({
      code: "slide/unreadable",
      message: expect.stringMatching(
        /^Expected to read noise as it was opened, but its host has another version of it now;/,
      ),
    });
  });

  test("stops being read when it is closed", async () => {
    host.files.set("noise", noise(4 * BLOCK));
    const stop = new AbortController();
    const source = await sourceOf("noise", stop.signal);
    stop.abort();
    await expect(source.read(0, 10)).rejects.toMatchObject({ name: "AbortError" });
  });

  test("ends where it ends", async () => {
    host.files.set("noise", noise(100));
    const source = await sourceOf("noise");
    await expect(source.read(90, 11)).rejects.toMatchObject({ code: "slide/truncated" });
  });
});

describe("a host that cannot be used gives one sentence", () => {
  test("when it sends whole files only", async () => {
    host.files.set("a.svs", noise(BLOCK));
    host.hasRanges = false;
    await expect(askHttpFile(`${host.address}a.svs`)).rejects.toMatchObject({
      code: "slide/no-ranges",
      message: expect.stringMatching(
        /^Expected the host of a\.svs to send parts of it, but it sends only the whole file/,
      ),
    });
  });

  test("when there is no such slide, or a page in its place", async () => {
    const sentence = /^Expected the slide a\.svs beside the page, but there is no such file;/;
    await expect(askHttpFile(`${host.address}a.svs`)).rejects.toThrow(sentence);
    host.files.set("index.html", Buffer.from("<!doctype html>"));
    host.hasRanges = false;
    await expect(askHttpFile(`${host.address}index.html`)).rejects.toThrow(/there is no such file/);
  });

  test("when nobody answers", async () => {
    await host.close();
    await expect(askHttpFile(`${host.address}a.svs`)).rejects.toMatchObject({ code: "slide/unreadable" });
  });
});
