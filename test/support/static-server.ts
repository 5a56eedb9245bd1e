import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

/** What an old server knows: nothing of wasm, modules or manifests. */
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

export interface AskedFor {
  /** Below the folder. */
  readonly path: string;
  readonly range: string | null;
}

export interface StaticServer {
  /** Where the folder lies, with a closing slash. */
  readonly address: string;
  /** Every request for a file that is there, in order; a test may empty it. */
  readonly log: AskedFor[];
  /** Served from now on. */
  root: string;
  /** Changes the bytes of a file on their way; null is answered as 503. */
  alter: (path: string, bytes: Buffer) => Buffer | null;
  /** Answers nobody any more. */
  close(): Promise<void>;
}

/** The plainest server there is: files, types, nothing else, in a folder. */
export async function startStaticServer(root: string, folder = "/a/folder/of/a/clinic/"): Promise<StaticServer> {
  const log: AskedFor[] = [];
  const server = createServer(async (request, response) => {
    const pathname = decodeURIComponent((request.url ?? "").split("?")[0] ?? "");
    const path = pathname.slice(folder.length) || "index.html";
    const file = join(started.root, normalize(path));
    if (!pathname.startsWith(folder) || !file.startsWith(join(started.root, sep)) || !(await isFile(file))) {
      response.writeHead(404).end();
      return;
    }
    log.push({ path, range: request.headers.range ?? null });
    const bytes = started.alter(path, await readFile(file));
    if (!bytes) response.writeHead(503).end();
    else response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream").end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("The server has no address.");
  const started: StaticServer = {
    address: `http://127.0.0.1:${bound.port}${folder}`,
    log,
    root,
    alter: (_path, bytes) => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return started;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
