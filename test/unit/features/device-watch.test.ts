import { describe, expect, it } from "vitest";
import { DeviceWatch } from "../../../src/engine/features/device-watch.ts";

const LOSS = { reason: "unknown", message: "the driver was reset" };

describe("watching a GPU device", () => {
  it("passes results and failures on while the device is there", async () => {
    const watch = new DeviceWatch(new Promise(() => {}));
    expect(await watch.guard(Promise.resolve(5))).toBe(5);
    await expect(watch.guard(Promise.reject(new Error("no memory")))).rejects.toThrow("no memory");
    expect(watch.loss).toBeNull();
  });

  it("ends work that would wait for ever, and says so to all that comes later", async () => {
    let lose = (_: typeof LOSS) => {};
    const watch = new DeviceWatch(
      new Promise((resolve) => {
        lose = resolve;
      }),
    );
    const forever = watch.guard(new Promise(() => {}));
    lose(LOSS);
    await expect(forever).rejects.toMatchObject({ code: "features/device-lost", details: LOSS });
    await expect(watch.guard(Promise.resolve(1))).rejects.toMatchObject({ code: "features/device-lost" });
    expect(watch.loss?.code).toBe("features/device-lost");
  });
});
