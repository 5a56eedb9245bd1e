import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Input, Script } from "webdriver-bidi-protocol";
import type { MadeFile } from "../journey/made-files.ts";
import type { Firefox } from "./launch.ts";

const STEP_MS = 100;

/** Runs ahead of the page's own code: keeps the workers that the page starts, since Firefox lets nobody look into them from outside. */
const KEEP_WORKERS = `() => {
  const started = [];
  window.startedWorkers = started;
  window.Worker = class extends Worker {
    constructor(address, options) {
      super(address, options);
      started.push({ name: options.name, worker: this });
    }
  };
}`;

/** One tab of a Firefox, driven by what a person sees: names of buttons, labels, texts. */
export class FirefoxPage {
  /** Uncaught errors and console errors. */
  readonly complaints: string[] = [];
  readonly #firefox: Firefox;
  readonly #context: string;

  private constructor(firefox: Firefox, context: string) {
    this.#firefox = firefox;
    this.#context = context;
  }

  static async open(firefox: Firefox, address: string): Promise<FirefoxPage> {
    const { context } = await firefox.bidi.send("browsingContext.create", { type: "tab" });
    const page = new FirefoxPage(firefox, context);
    firefox.bidi.listen((event) => {
      if (event.method !== "log.entryAdded" || event.params.source.context !== context) return;
      if (event.params.level === "error") page.complaints.push(event.params.text ?? "");
    });
    await firefox.bidi.send("session.subscribe", { events: ["log.entryAdded"], contexts: [context] });
    await firefox.bidi.send("script.addPreloadScript", { functionDeclaration: KEEP_WORKERS, contexts: [context] });
    await firefox.bidi.send("browsingContext.setViewport", { context, viewport: { width: 1280, height: 860 } });
    await page.goto(address);
    return page;
  }

  async goto(url: string): Promise<void> {
    await this.#firefox.bidi.send("browsingContext.navigate", { context: this.#context, url, wait: "complete" });
  }

  async reload(): Promise<void> {
    await this.#firefox.bidi.send("browsingContext.reload", { context: this.#context, wait: "complete" });
  }

  async close(): Promise<void> {
    await this.#firefox.bidi.send("browsingContext.close", { context: this.#context });
  }

  /** Value of an expression in the page, which must be one that JSON can say. Throws what the page throws. */
  async evaluate<T>(expression: string): Promise<T> {
    const text = await this.#call(`async () => JSON.stringify((await (${expression})) ?? null)`);
    if (text.type !== "string") throw new TypeError(`Expected text of the page, found ${text.type}.`);
    // Whoever writes the expression knows its type.
    return JSON.parse(text.value) as T;
  }

  /** Until the expression is true in the page. */
  async until(expression: string, timeout = 60_000): Promise<void> {
    const end = Date.now() + timeout;
    while (!(await this.evaluate<boolean>(expression))) {
      if (Date.now() > end) throw new Error(`Waited ${timeout} ms for: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
  }

  async hasText(pattern: RegExp): Promise<void> {
    await this.until(`${pattern}.test(document.body.innerText)`);
  }

  async text(selector: string): Promise<string> {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ""`);
  }

  /** Presses the button of that name, once it can be pressed. */
  async press(name: string): Promise<void> {
    const button = `[...document.querySelectorAll("button")].find((b) => (b.getAttribute("aria-label") ?? b.textContent).trim() === ${JSON.stringify(name)})`;
    await this.until(`${button}?.disabled === false`);
    await this.evaluate(`${button}.click()`);
  }

  /** Types into the field of that label, in place of what is there, and leaves it by Enter. */
  async type(label: string, text: string): Promise<void> {
    const field = `[...document.querySelectorAll("label")].find((l) => l.textContent.trim() === ${JSON.stringify(label)})?.querySelector("input")`;
    await this.until(`${field} instanceof HTMLInputElement`);
    await this.evaluate(`${field}.select()`);
    const keys = [...text, "\uE007"].flatMap((value): Input.KeySourceAction[] => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#act([{ type: "key", id: "keys", actions: keys }]);
  }

  /** Gives files to the page's own file field. */
  async giveFiles(files: readonly MadeFile[]): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), "palisade-given-"));
    const paths = files.map(({ name }) => join(folder, name));
    await Promise.all(files.map(({ buffer }, i) => writeFile(paths[i] ?? "", buffer)));
    await this.givePaths(paths);
  }

  async givePaths(files: string[]): Promise<void> {
    const field = `document.querySelector("input[type=file][multiple]")`;
    await this.until(`${field} !== null`);
    const element = await this.#call(`() => ${field}`);
    if (element.type !== "node" || !element.sharedId) throw new TypeError("The page has no file field.");
    await this.#firefox.bidi.send("input.setFiles", {
      context: this.#context,
      element: { sharedId: element.sharedId },
      files,
    });
  }

  /** Ends the page's latest worker of that name, without a word to the page's own code; true when there was one. */
  async endWorker(kind: "analysis" | "slide"): Promise<boolean> {
    return this.evaluate(`(() => {
      const found = startedWorkers.findLast(({ name }) => name.startsWith("${kind} "));
      found?.worker.terminate();
      return found !== undefined;
    })()`);
  }

  async wheel(x: number, y: number, deltaY: number): Promise<void> {
    await this.#act([{ type: "wheel", id: "wheel", actions: [{ type: "scroll", x, y, deltaX: 0, deltaY }] }]);
  }

  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const actions: Input.PointerSourceAction[] = [
      { type: "pointerMove", x: from[0], y: from[1] },
      { type: "pointerDown", button: 0 },
      { type: "pointerMove", x: to[0], y: to[1], duration: 120 },
      { type: "pointerUp", button: 0 },
    ];
    await this.#act([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }]);
  }

  /** Presses a button and waits for the file that it hands out. */
  async downloadOf(button: string, ending: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const { downloads } = this.#firefox;
    const before = new Set(await readdir(downloads));
    await this.press(button);
    for (let waited = 0; waited < 60_000; waited += STEP_MS) {
      const name = (await readdir(downloads)).find((found) => !before.has(found) && found.endsWith(ending));
      // Firefox writes next to it, then moves; a file of its name may be empty for a moment.
      if (name && (await stat(join(downloads, name))).size > 0) {
        await new Promise((resolve) => setTimeout(resolve, 2 * STEP_MS));
        return { name, bytes: await readFile(join(downloads, name)) };
      }
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
    throw new Error(`${button} handed out no file that ends with ${ending}.`);
  }

  async #act(actions: Input.SourceActions[]): Promise<void> {
    await this.#firefox.bidi.send("input.performActions", { context: this.#context, actions });
  }

  async #call(functionDeclaration: string): Promise<Script.RemoteValue> {
    const answer = await this.#firefox.bidi.send("script.callFunction", {
      functionDeclaration,
      awaitPromise: true,
      target: { context: this.#context },
    });
    if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
    return answer.result;
  }
}
