import { afterEach, describe, expect, it } from "vitest";
import { AppError, isAbortError } from "../../src/engine/base/errors.ts";
import { WorkerLink } from "../../src/workers/worker-link.ts";
import type { ThrowingApi } from "./workers/throwing.worker.ts";

const links: WorkerLink<ThrowingApi>[] = [];

function startLink(): WorkerLink<ThrowingApi> {
  const worker = new Worker(new URL("./workers/throwing.worker.ts", import.meta.url), { type: "module" });
  const link = new WorkerLink<ThrowingApi>(worker, { name: "the test worker" });
  links.push(link);
  return link;
}

afterEach(() => {
  for (const link of links.splice(0)) link.close();
});

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error("the call should have failed");
    },
    (error: unknown) => error,
  );
}

describe("an error that crosses from a worker", () => {
  it("keeps its class, code, details and causes", async () => {
    const error = await failureOf(startLink().call((remote) => remote.throwAppError()));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: "slide/decode-failed",
      message: "A tile is damaged.",
      details: { tile: { col: 3, row: 4 } },
      cause: { code: "slide/truncated", details: { offset: 12 }, cause: { message: "disk" } },
    });
    expect(error instanceof AppError ? error.cause : null).toBeInstanceOf(AppError);
  });

  it("arrives even with details that cannot be posted", async () => {
    const error = await failureOf(startLink().call((remote) => remote.throwWithDetailsThatCannotBePosted()));
    expect(error).toMatchObject({ code: "app/unexpected", details: { bytes: new Uint8Array([1, 2]) } });
  });

  it("keeps the name of a plain error, and text stays text", async () => {
    const link = startLink();
    expect(await failureOf(link.call((remote) => remote.throwPlain()))).toMatchObject({
      name: "RangeError",
      message: "5 is out of range",
    });
    expect(await failureOf(link.call((remote) => remote.throwText()))).toBe("just text");
  });

  it("is an AbortError on both sides when the job was cancelled there", async () => {
    const link = startLink();
    const waiting = failureOf(link.call((remote) => remote.waitForCancel(7)));
    await link.call((remote) => remote.cancel(7));
    expect(await waiting).toSatisfy(isAbortError);
  });
});

describe("a worker that dies", () => {
  it("rejects what is pending and every further call", async () => {
    const link = startLink();
    const pending = failureOf(link.call((remote) => remote.waitForCancel(1)));
    expect(await failureOf(link.call((remote) => remote.throwUncaught()))).toMatchObject({ code: "workers/crashed" });
    expect(await pending).toMatchObject({ code: "workers/crashed" });
    expect(link.isEnded).toBe(true);
    expect(await failureOf(link.call((remote) => remote.add(1, 2)))).toMatchObject({ code: "workers/crashed" });
  });

  it("is missed at once when it goes without a word, while it works or while it is idle", async () => {
    const link = startLink();
    const pending = failureOf(link.call((remote) => remote.waitForCancel(1)));
    link.tell((remote) => remote.closeItself());
    expect(await pending).toMatchObject({
      code: "workers/crashed",
      message: expect.stringMatching(/^Expected the test worker to answer, but it stopped working; try again/),
    });
    expect(link.isEnded).toBe(true);

    const idle = startLink();
    expect(await idle.call((remote) => remote.add(1, 2))).toBe(3);
    idle.tell((remote) => remote.closeItself());
    await expect.poll(() => idle.isEnded).toBe(true);
  });

  it("is noticed when it never even loads", async () => {
    const worker = new Worker(new URL("./workers/dead.worker.ts", import.meta.url), { type: "module" });
    const link = new WorkerLink<ThrowingApi>(worker, { name: "the test worker" });
    expect(await failureOf(link.call((remote) => remote.add(1, 2)))).toMatchObject({ code: "workers/crashed" });
  });
});

describe("a link", () => {
  it("rejects at once when the signal fires, tells the worker, and goes on", async () => {
    const link = startLink();
    const controller = new AbortController();
    let told = 0;
    const call = link.call((remote) => remote.waitForCancel(3), {
      signal: controller.signal,
      onAbort: () => {
        told += 1;
        link.tell((remote) => remote.cancel(3));
      },
    });
    controller.abort();
    expect(await failureOf(call)).toSatisfy(isAbortError);
    expect(told).toBe(1);
    expect(await link.call((remote) => remote.add(1, 2))).toBe(3);
  });

  it("does not call with a signal that has fired", async () => {
    const call = startLink().call((remote) => remote.add(1, 2), { signal: AbortSignal.abort() });
    expect(await failureOf(call)).toSatisfy(isAbortError);
  });

  it("rejects what is pending when it is closed, even if the worker is busy for ever", async () => {
    const link = startLink();
    const pending = failureOf(link.call((remote) => remote.stayBusy()));
    link.close();
    expect(await pending).toMatchObject({ code: "workers/closed" });
    expect(await failureOf(link.call((remote) => remote.add(1, 2)))).toMatchObject({ code: "workers/closed" });
  });
});
