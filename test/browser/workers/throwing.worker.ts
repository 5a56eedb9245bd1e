import { expose } from "comlink";
import { AppError } from "../../../src/engine/base/errors.ts";
import { Jobs } from "../../../src/workers/jobs.ts";
import { holdLife } from "../../../src/workers/life.ts";
import { carryErrors, type JobId } from "../../../src/workers/wire.ts";

const jobs = new Jobs();
const held = holdLife();

const api = {
  async throwAppError(): Promise<void> {
    const cause = new AppError("slide/truncated", "The file ends early.", { offset: 12 }, { cause: new Error("disk") });
    throw new AppError("slide/decode-failed", "A tile is damaged.", { tile: { col: 3, row: 4 } }, { cause });
  },
  async throwWithDetailsThatCannotBePosted(): Promise<void> {
    throw new AppError("app/unexpected", "Odd.", { callback: () => {}, bytes: new Uint8Array([1, 2]) });
  },
  async throwPlain(): Promise<void> {
    throw new RangeError("5 is out of range");
  },
  async throwText(): Promise<void> {
    throw "just text";
  },
  waitForCancel(job: JobId): Promise<string> {
    return jobs.run(
      job,
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new DOMException("The job was cancelled.", "AbortError")));
        }),
    );
  },
  cancel(job: JobId): void {
    jobs.cancel(job);
  },
  async throwUncaught(): Promise<void> {
    setTimeout(() => {
      throw new Error("nobody catches this");
    });
    await new Promise(() => {});
  },
  async stayBusy(): Promise<void> {
    for (;;) performance.now();
  },
  async closeItself(): Promise<void> {
    await held;
    self.close();
    await new Promise(() => {});
  },
  async add(a: number, b: number): Promise<number> {
    return a + b;
  },
};

export type ThrowingApi = typeof api;

carryErrors();
expose(api);
