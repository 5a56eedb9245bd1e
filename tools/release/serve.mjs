#!/usr/bin/env node
// Serves the page that lies in the folder "page" beside this file to this computer alone: node serve.mjs [PORT]
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

const HOST = "127.0.0.1";
/** The same port each time, where it is free: what the page keeps in the browser belongs to its address. */
const FIRST_PORT = 8737;
const LAST_PORT = FIRST_PORT + 20;

const TYPES = {
  ".bin": "application/octet-stream",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".onnx": "application/octet-stream",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".tif": "image/tiff",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

const root = await realpath(fileURLToPath(new URL("./page/", import.meta.url))).catch(() => null);
if (root === null) fail('The folder "page" is not beside serve.mjs; unpack the whole archive and start it there.');

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
listen(askedPort(), LAST_PORT);

function askedPort() {
  const asked = process.argv[2];
  if (asked === undefined) return FIRST_PORT;
  if (!/^\d{1,5}$/.test(asked) || Number(asked) > 65535) fail(`Expected a port number, found "${asked}".`);
  return Number(asked);
}

/** The first free port from `port` on; a port that was asked for is taken or refused. */
function listen(port, last) {
  server.once("error", (error) => {
    const isTaken = error.code === "EADDRINUSE" || error.code === "EACCES";
    if (isTaken && process.argv[2] === undefined && port < last) listen(port + 1, last);
    else fail(isTaken ? `Port ${port} is taken; start with another: node serve.mjs 9000` : error.message);
  });
  server.listen(port, HOST, () => {
    console.log(`Palisade is at http://${HOST}:${server.address().port}/`);
    console.log("It answers this computer alone. Ctrl+C ends it.");
  });
}

async function answer(request, response) {
  if (!isForHere(request.headers.host)) return refuse(response, 403);
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, { Allow: "GET, HEAD" });
  const file = await find(request.url ?? "/");
  if (file === null) return refuse(response, 404);
  const range = readRange(request.headers.range, file.size);
  if (range === "outside") return refuse(response, 416, { "Content-Range": `bytes */${file.size}` });
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  response.writeHead(range ? 206 : 200, {
    "Content-Type": TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream",
    "Content-Length": Math.max(0, end - start + 1),
    "Accept-Ranges": "bytes",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    ...(range ? { "Content-Range": `bytes ${start}-${end}/${file.size}` } : {}),
  });
  if (request.method === "HEAD" || file.size === 0) response.end();
  else await pipeline(createReadStream(file.path, { start, end }), response);
}

/** Another site's name that was made to point here gets nothing. */
function isForHere(host) {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? "");
}

/** The file of a request, within the folder and through no link that leads out of it. */
async function find(url) {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0]);
    if (path.includes("\0")) return null;
    const real = await realpath(join(root, path.endsWith("/") ? `${path}index.html` : path));
    const found = await stat(real);
    return real.startsWith(root + sep) && found.isFile() ? { path: real, size: found.size } : null;
  } catch {
    return null;
  }
}

/** One range of bytes, RFC 9110 section 14; null for none, or for what may be answered as a whole. */
function readRange(header, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || (first === "" && last === "")) return null;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start >= size || (first === "" && Number(last) === 0) || end < start ? "outside" : { start, end };
}

function refuse(response, status, headers = {}) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers });
  response.end(`${status}\n`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
