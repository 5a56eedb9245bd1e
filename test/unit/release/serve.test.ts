import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SCRIPT = new URL("../../../tools/release/serve.mjs", import.meta.url).pathname;

/** Starts the script in another folder than its own; resolves to its address, or rejects with its last words. */
async function start(folder: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [join(folder, "serve.mjs"), ...args], { cwd: tmpdir() });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0];
    if (address) return { child, address };
  }
  throw new Error(errors.trim());
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill();
  if (child.exitCode === null) await once(child, "exit");
}

/** `fetch` tidies paths and headers up; this sends them as they are. */
function ask(address: string, path: string, headers: Record<string, string> = {}, method = "GET") {
  const { hostname, port } = new URL(address);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const sent = request({ hostname, port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("the server in the release", () => {
  let folder: string;
  let child: ChildProcess;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "a stick "));
    await mkdir(join(folder, "page/slides"), { recursive: true });
    await copyFile(SCRIPT, join(folder, "serve.mjs"));
    await writeFile(join(folder, "secret.txt"), "secret");
    await writeFile(join(folder, "page/index.html"), "<!doctype html><title>page</title>");
    await writeFile(join(folder, "page/slides/a slide.svs"), "0123456789");
    for (const name of ["a.js", "a.wasm", "a.css", "a.webmanifest", "a.svg", "empty.json"]) {
      await writeFile(join(folder, "page", name), name === "empty.json" ? "" : name);
    }
    await symlink("../secret.txt", join(folder, "page/link.txt")).catch(() => undefined);
    ({ child, address } = await start(folder));
  });
  afterAll(async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  });

  it("serves the page from whatever folder it is started in, with types that browsers insist on", async () => {
    expect((await ask(address, "/")).body).toContain("<title>page</title>");
    const types: Record<string, unknown> = {};
    for (const name of ["a.js", "a.wasm", "a.css", "a.webmanifest", "a.svg", "?slide=slides/x.svs#y"]) {
      types[name] = (await ask(address, `/${name}`)).headers["content-type"];
    }
    expect(types).toEqual({
      "a.js": "text/javascript; charset=utf-8",
      "a.wasm": "application/wasm",
      "a.css": "text/css; charset=utf-8",
      "a.webmanifest": "application/manifest+json",
      "a.svg": "image/svg+xml",
      "?slide=slides/x.svs#y": "text/html; charset=utf-8",
    });
  });

  it.each([
    { range: "bytes=2-4", status: 206, body: "234", said: "bytes 2-4/10" },
    { range: "bytes=7-", status: 206, body: "789", said: "bytes 7-9/10" },
    { range: "bytes=-3", status: 206, body: "789", said: "bytes 7-9/10" },
    { range: "bytes=8-99", status: 206, body: "89", said: "bytes 8-9/10" },
    { range: "bytes=10-", status: 416, body: "416\n", said: "bytes */10" },
    { range: "lines=1-2", status: 200, body: "0123456789", said: undefined },
    { range: "bytes=0-1,4-5", status: 200, body: "0123456789", said: undefined },
  ])("answers $range of a slide with $status", async ({ range, status, body, said }) => {
    const answer = await ask(address, "/slides/a%20slide.svs", { Range: range });
    expect(answer).toMatchObject({ status, body });
    expect(answer.headers["content-range"]).toBe(said);
  });

  it("hands out nothing beside the page, by no spelling of a path and through no link", async () => {
    const paths = ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/slides/../../secret.txt", "/link.txt"];
    for (const path of [...paths, "/serve.mjs", "/slides", "/slides/", "/%00", "/%zz", "//etc/passwd", "/none.js"]) {
      expect(await ask(address, path), path).toMatchObject({ status: 404, body: "404\n" });
    }
  });

  it("answers HEAD and an empty file, and no other method", async () => {
    expect(await ask(address, "/a.js", {}, "HEAD")).toMatchObject({ status: 200, body: "" });
    expect(await ask(address, "/empty.json")).toMatchObject({ status: 200, body: "" });
    expect((await ask(address, "/a.js", {}, "POST")).status).toBe(405);
    expect((await ask(address, "/a.js", {}, "DELETE")).status).toBe(405);
  });

  it("answers this computer alone, and by no other name", async () => {
    expect((await ask(address, "/", { Host: "evil.example" })).status).toBe(403);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === "IPv4");
    if (outside) {
      const elsewhere = address.replace("127.0.0.1", outside.address);
      await expect(ask(elsewhere, "/")).rejects.toMatchObject({ code: expect.stringMatching(/ECONN|EHOST|ETIMEDOUT/) });
    }
  });

  it("takes the next free port, and says so when one was asked for that is taken", async () => {
    const second = await start(folder);
    expect(second.address).not.toBe(address);
    await stop(second.child);
    const taken = createServer();
    taken.listen(0, "127.0.0.1");
    await once(taken, "listening");
    const bound = taken.address();
    const port = typeof bound === "object" && bound ? String(bound.port) : "";
    await expect(start(folder, port)).rejects.toThrow(`Port ${port} is taken`);
    taken.close();
    await expect(start(folder, "many")).rejects.toThrow(/Expected a port number, found "many"/);
  });

  it("says what is wrong where the page is not beside it", async () => {
    const alone = await mkdtemp(join(tmpdir(), "alone-"));
    await copyFile(SCRIPT, join(alone, "serve.mjs"));
    await expect(start(alone)).rejects.toThrow(/unpack the whole archive/);
    await rm(alone, { recursive: true, force: true });
  });
});
