import { readFile, stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

export interface SlideHost {
  /** With a closing slash. */
  readonly address: string;
  /** Every request in order, below the folder. */
  readonly log: { readonly path: string; readonly range: string | null; readonly status: number }[];
  /** Files that lie there beside those of the root, by path. */
  readonly files: Map<string, Buffer>;
  /** False: whole files only, whatever is asked for. */
  hasRanges: boolean;
  /** Of `files`; a new one stands for a file that was replaced. */
  etag: string;
  /** Requests to be cut off in the middle, the next ones first. */
  cutOff: number;
  /** Origin that may read answers from elsewhere; null: none. */
  allowedOrigin: string | null;
  close(): Promise<void>;
}

/** A static server that answers ranges, and can be told to be a worse one. `root`: a folder of the disk, or none. */
export async function startSlideHost(root: string | null, folder = "/lab/"): Promise<SlideHost> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://host.test");
    const path = decodeURIComponent(pathname.slice(folder.length)) || "index.html";
    const bytes = pathname.startsWith(folder) ? (host.files.get(path) ?? (await fileOf(root, path))) : null;
    const range = request.headers.range ?? null;
    response.on("finish", () => host.log.push({ path, range, status: response.statusCode }));
    if (host.allowedOrigin !== null) {
      response.setHeader("Access-Control-Allow-Origin", host.allowedOrigin);
      response.setHeader("Access-Control-Expose-Headers", "Content-Range, ETag");
    }
    if (!bytes) return response.writeHead(404).end();
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
    if (host.files.has(path)) response.setHeader("ETag", host.etag);
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
    if (!host.hasRanges || first === undefined || last === undefined) return response.end(bytes);
    const end = Math.min(Number(last) + 1, bytes.length);
    response.setHeader("Content-Range", `bytes ${first}-${end - 1}/${bytes.length}`);
    return send(response.writeHead(206), bytes.subarray(Number(first), end));
  });
  function send(response: ServerResponse, bytes: Buffer) {
    if (host.cutOff <= 0) return response.end(bytes);
    host.cutOff--;
    response.write(bytes.subarray(0, bytes.length >> 1));
    return response.destroy();
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("The server has no address.");
  const host: SlideHost = {
    address: `http://127.0.0.1:${bound.port}${folder}`,
    log: [],
    files: new Map(),
    hasRanges: true,
    etag: '"first"',
    cutOff: 0,
    allowedOrigin: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return host;
}

async function fileOf(root: string | null, path: string): Promise<Buffer | null> {
  if (root === null) return null;
  const file = join(root, normalize(path));
  const isThere = file.startsWith(join(root, sep)) && ((await stat(file).catch(() => null))?.isFile() ?? false);
  return isThere ? await readFile(file) : null;
}
