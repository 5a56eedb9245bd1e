import type { App } from "../state/app.ts";
import { resultOf } from "../state/result.ts";
import { namingOf } from "./hand-out.ts";

/** Makes the report and opens the browser's own printing with it; nothing without a result. */
export async function printReport(app: App, name: string): Promise<void> {
  const result = resultOf(app);
  if (!result) return;
  const { makeReport } = await import("../report/printed-report.ts");
  const { look } = result;
  const printed = app.handing.isPrintHatched.value ? { ...look, mapLook: "hatching" as const, opacity: 1 } : look;
  await app.handing.print(name, (progress) =>
    makeReport(result, { ...namingOf(app), look: printed, now: Date.now() }, progress),
  );
}
