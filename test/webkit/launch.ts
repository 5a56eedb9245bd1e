import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MadeFile } from "../journey/made-files.ts";
import type { WebKit } from "../support/find-webkit.ts";

const STEP_MS = 100;
const START_LIMIT_MS = 60_000;

/** One window of WebKitGTK, driven by WebDriver (W3C), which is all that it speaks in full. */
export interface WebKitPage {
  /** Value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Until the expression is true in the page. */
  until(expression: string, timeout?: number): Promise<void>;
  giveFile(file: MadeFile): Promise<void>;
  /** Types into what an expression gives, and leaves it by Enter. */
  type(element: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** The name under which WebDriver hands out elements. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Starts WebKitGTK on a page. Whoever opens it closes it. */
export async function openInWebKit(webKit: WebKit, url: string): Promise<WebKitPage> {
  const folder = await mkdtemp(join(tmpdir(), "palisade-webkit-"));
  const port = await freePort();
  const command = [webKit.driver, `--port=${port}`];
  const [program = "", ...args] = webKit.screen ? [webKit.screen, "-a", ...command] : command;
  // A group of its own, so that the screen ends with it.
  const child = spawn(program, args, { detached: true, stdio: "ignore", env: { ...process.env, HOME: folder } });
  const call = caller(`http://127.0.0.1:${port}`);
  const end = async (): Promise<void> => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await untilAnswers(call);
    const options = { binary: webKit.browser, args: ["--automation"] };
    const wishes = { browserName: "MiniBrowser", "webkitgtk:browserOptions": options };
    const { sessionId } = (await call("POST", "/session", { capabilities: { alwaysMatch: wishes } })) as {
      readonly sessionId: string;
    };
    const session = `/session/${sessionId}`;
    await call("POST", `${session}/url`, { url });
    return pageOf(call, session, folder, async () => {
      await call("DELETE", session).catch(() => {});
      await end();
    });
  } catch (error) {
    await end();
    throw error;
  }
}

type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<unknown>;

function pageOf(call: Call, session: string, folder: string, close: () => Promise<void>): WebKitPage {
  const evaluate = (expression: string) =>
    call("POST", `${session}/execute/sync`, { script: `return (${expression});`, args: [] });
  const until = async (expression: string, timeout = 60_000): Promise<void> => {
    const end = Date.now() + timeout;
    while ((await evaluate(expression)) !== true) {
      if (Date.now() > end) throw new Error(`Waited ${timeout} ms for: ${expression}`);
      await wait(STEP_MS);
    }
  };
  const sendTo = async (element: string, text: string): Promise<void> => {
    await until(`(${element}) instanceof HTMLElement`);
    const found = (await evaluate(element)) as Readonly<Record<string, string>>;
    await call("POST", `${session}/element/${found[ELEMENT]}/value`, { text });
  };
  return {
    evaluate,
    until,
    close,
    async giveFile({ name, buffer }) {
      const path = join(folder, name);
      await writeFile(path, buffer);
      await sendTo(`document.querySelector("input[type=file][multiple]")`, path);
    },
    type: (element, text) => sendTo(element, `${text}\uE007`),
  };
}

function caller(address: string): Call {
  return async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const { value } = (await (await fetch(`${address}${path}`, init)).json()) as { readonly value: unknown };
    if (typeof value === "object" && value !== null && "error" in value) throw new Error(JSON.stringify(value));
    return value;
  };
}

async function untilAnswers(call: Call): Promise<void> {
  const end = Date.now() + START_LIMIT_MS;
  while (!(await call("GET", "/status").catch(() => null))) {
    if (Date.now() > end) throw new Error("The driver of WebKit does not answer.");
    await wait(STEP_MS);
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
