import { describe, expect, test, vi } from "vitest";
import { parseLinkedView, writeLinkedView } from "../../../src/app/state/place.ts";
import { parseLinkTarget } from "../../../src/app/state/slide-link.ts";
import type { Place, ViewerHandle } from "../../../src/app/state/view.ts";
import type { HttpFile } from "../../../src/engine/slide/http/http-file.ts";
import { createTestApp } from "./fakes.ts";

const RULES = { folder: "https://lab.test/palisade/", slideOrigins: [] };

describe("what the page's address asks for", () => {
  test.each([
    ["?slide=slides/a.svs", "https://lab.test/palisade/slides/a.svs"],
    ["?slide=../shared/a%20b.svs", "https://lab.test/shared/a%20b.svs"],
    ["?slide=/slides/a.svs", "https://lab.test/slides/a.svs"],
    ["?slide=../../../../a.svs", "https://lab.test/a.svs"],
  ])("%s is a slide on the same host", (search, href) => {
    expect(parseLinkTarget(search, RULES)).toEqual({ kind: "slide", href });
  });

  test.each([
    ["another host", "https://elsewhere.test/a.svs"],
    ["another host without a scheme", "//elsewhere.test/a.svs"],
    ["another host by backslashes", "\\\\elsewhere.test\\a.svs"],
    ["another host behind line breaks", "/\n/elsewhere.test/a.svs"],
    ["another port", "https://lab.test:8443/a.svs"],
    ["the same host as a whole address", "https://lab.test/palisade/a.svs"],
    ["a script", "javascript:alert(1)"],
    ["a script behind a space", " javascript:alert(1)"],
    ["data", "data:image/tiff;base64,SUkqAA=="],
    ["a blob", "blob:https://lab.test/5f1c"],
    ["a file", "file:///C:/slides/a.svs"],
    ["a name and a password", "//me:secret@lab.test/a.svs"],
    ["nothing", ""],
  ])("%s is refused with a sentence", (_, path) => {
    const search = `?slide=${encodeURIComponent(path)}`;
    expect(() => parseLinkTarget(search, RULES)).toThrow(
      /^Expected a path on this page's own host in the link, such as \?slide=slides\/a\.svs, but .+; ask whoever made the link\.$/,
    );
  });

  test("another origin is opened by a build that names it, and no other", () => {
    const rules = { ...RULES, slideOrigins: ["https://slides.test"] };
    const target = parseLinkTarget("?slide=https://slides.test/a.svs", rules);
    expect(target).toEqual({ kind: "slide", href: "https://slides.test/a.svs" });
    expect(() => parseLinkTarget("?slide=https://slides.test.evil.test/a.svs", rules)).toThrow(/another place/);
    expect(() => parseLinkTarget("?slide=http://slides.test/a.svs", rules)).toThrow(/another place/);
  });

  test("nothing else is a link", () => {
    expect(parseLinkTarget("", RULES)).toBeNull();
    expect(parseLinkTarget("?utm=1", RULES)).toBeNull();
    expect(parseLinkTarget("?demo", RULES)).toEqual({ kind: "demo" });
  });
});

describe("the place in a link", () => {
  test("comes back as it was written", () => {
    const place = { x0: 45_210.3, y0: 18_022, pixelsPerPixel0: 0.123_456, rotation: -90, isFlipped: true };
    const text = writeLinkedView({ place, threshold: 0.52, pack: "necrosis-lowpower" });
    expect(text).toBe("x=45210&y=18022&zoom=0.1235&rotation=270&flip=1&threshold=0.52&pack=necrosis-lowpower");
    expect(parseLinkedView(`#${text}`)).toEqual({
      centre: { x0: 45_210, y0: 18_022 },
      zoom: { kind: "scale", value: 0.1235 },
      rotation: 270,
      isFlipped: true,
      threshold: 0.52,
      pack: "necrosis-lowpower",
    });
  });

  test("may be written by hand, in parts, with what nobody knows", () => {
    expect(parseLinkedView("#zoom=20x&x=1&lang=de")).toEqual({
      centre: null,
      zoom: { kind: "magnification", value: 20 },
      rotation: null,
      isFlipped: null,
      threshold: null,
      pack: null,
    });
  });

  test.each(["#threshold=7&zoom=-1&x=a&y=2", "#zoom=Infinity", "#zoom=0", "#x=NaN&y=NaN", "#", "", "#%E0%A4%A"])(
    "%s is left alone",
    (hash) => {
      const nothing = { centre: null, zoom: null, rotation: null, isFlipped: null, threshold: null, pack: null };
      expect(parseLinkedView(hash)).toEqual(nothing);
    },
  );
});

/** An app at an address, with a stage that remembers where it was sent. */
function appAt(href: string) {
  const shown: Place[] = [{ x0: 50, y0: 40, pixelsPerPixel0: 1, rotation: 0, isFlipped: false }];
  const replaced: string[] = [];
  const asked: string[] = [];
  const test = createTestApp({
    folder: "https://lab.test/palisade/",
    address: { read: () => replaced.at(-1) ?? href, replace: (next) => replaced.push(next) },
    askHttpFile: async (address): Promise<HttpFile> => {
      asked.push(address);
      return { href: address, name: "a.svs", size: 10, etag: '"1"', lastModified: null };
    },
  });
  const handle: ViewerHandle = {
    zoomTo: () => {},
    zoomBy: () => {},
    fit: () => {},
    rotateBy: () => {},
    rotateTo: () => {},
    flip: () => {},
    focus: () => {},
    show: () => {},
    place: () => shown.at(-1) ?? null,
    lookAt: (place) => shown.push(place),
  };
  test.app.view.attach(handle);
  test.app.view.reading.value = { pixelsPerPixel0: 1, rotation: 0, isFlipped: false };
  return { ...test, shown, replaced, asked };
}

describe("a page that was opened by a link", () => {
  test("opens the slide, goes to the place and takes the threshold", async () => {
    const { app, shown, asked } = appAt("https://lab.test/palisade/?slide=s/a.svs#x=10&y=20&zoom=2&threshold=0.61");
    await app.packs.start();
    await app.links.open();
    expect(asked).toEqual(["https://lab.test/palisade/s/a.svs"]);
    expect(app.slide.open.value).toMatchObject({ files: [], link: { name: "a.svs" } });
    expect(shown.at(-1)).toEqual({ x0: 10, y0: 20, pixelsPerPixel0: 2, rotation: 0, isFlipped: false });
    expect(app.necrosis.threshold.value).toBe(0.61);
  });

  test("hands on what it shows, and only then changes its address", async () => {
    const { app, replaced } = appAt("https://lab.test/palisade/?slide=s/a.svs");
    await app.packs.start();
    await app.links.open();
    expect(replaced).toEqual([]);
    const link = app.links.take();
    expect(link).toMatch(/^https:\/\/lab\.test\/palisade\/\?slide=s\/a\.svs#x=50&y=40&zoom=1&threshold=[\d.]+&pack=/);
    expect(replaced).toEqual([link]);
  });

  test.each(["a b.svs", "50%.svs", "a#1.svs", "a&b+c=d.svs", "what?.svs", "æøå/日本.svs", "20%25.svs", "a%20b.svs"])(
    "hands on the name %s as it is",
    async (name) => {
      const path = name.split("/").map(encodeURIComponent).join("/");
      const { app, asked } = appAt(`https://lab.test/palisade/?slide=${encodeURIComponent(path)}`);
      await app.packs.start();
      await app.links.open();
      expect(asked).toEqual([`https://lab.test/palisade/${path}`]);
      const colleague = appAt(app.links.take() ?? "");
      await colleague.app.packs.start();
      await colleague.app.links.open();
      expect(colleague.asked).toEqual(asked);
    },
  );

  test("says why it refuses a link, and asks no host", async () => {
    const { app, asked } = appAt("https://lab.test/palisade/?slide=https://elsewhere.test/a.svs");
    await app.links.open();
    expect(app.messages.alert.value?.code).toBe("slide/bad-link");
    expect(asked).toEqual([]);
  });

  test("names a model that it does not have, and keeps its own", async () => {
    const { app } = appAt("https://lab.test/palisade/?slide=a.svs#pack=theirs");
    await app.packs.start();
    const before = app.packs.selectedId.value;
    await app.links.open();
    expect(app.packs.selectedId.value).toBe(before);
    expect(app.messages.alert.value?.sentence).toContain('"theirs"');
  });

  test("opens the demo slide", async () => {
    const { app } = appAt("https://lab.test/palisade/?demo");
    await app.packs.start();
    await app.links.open();
    expect(app.slide.open.value?.isDemo).toBe(true);
    expect(app.links.take()).toContain("/palisade/?demo#x=50");
  });
});

describe("a slide that was dropped", () => {
  test("is in no link and moves nothing by a fragment", async () => {
    const { app, shown, replaced } = appAt("https://lab.test/palisade/#x=10&y=20&zoom=2");
    await app.packs.start();
    await app.links.open();
    await app.slide.openFiles([new File(["x"], "patient-name.svs")]);
    await app.links.follow();
    expect(app.links.isLinkable.value).toBe(false);
    expect(app.links.take()).toBeNull();
    expect(shown).toHaveLength(1);
    expect(replaced).toEqual([]);
    await vi.waitFor(() => expect(app.slide.open.value).not.toBeNull());
  });
});
