import { expect, it } from "vitest";
import { PauseGate } from "../../../src/engine/analysis/pause-gate.ts";
import { runTasks } from "../../../src/engine/analysis/run-tasks.ts";

it("a long pause lets the executor rest once the tasks under way are done", async () => {
  const gate = new PauseGate();
  const events: string[] = [];
  const done = runTasks([1, 2, 3], executor(), {
    gate,
    restMs: 10,
    onDone: (task) => {
      events.push(`done ${task}`);
      if (task === 1) gate.shut();
    },
  });
  function executor() {
    return {
      backend: { name: "native", reason: "", device: "", runtime: "" } as const,
      concurrency: 1,
      run: async (task: number) => task,
      rest: () => {
        events.push("rest");
        gate.open();
      },
      close: async () => {},
    };
  }
  await done;
  expect(events).toEqual(["done 1", "rest", "done 2", "done 3"]);
});
