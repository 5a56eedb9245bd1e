import type { App } from "../state/app.ts";
import { resultOf } from "../state/result.ts";
import { t } from "../words/words.ts";

export const EXPORT_SECTION_ID = "export-section";

/** Opens the side panel at the exports and gives them the keyboard. */
export function showExports(app: App): void {
  app.settings.dockOpen.value = true;
  requestAnimationFrame(() => {
    const section = document.getElementById(EXPORT_SECTION_ID);
    if (!(section instanceof HTMLDetailsElement)) return;
    section.open = true;
    section.querySelector("summary")?.focus({ preventScroll: true });
    section.scrollIntoView({ block: "start" });
  });
}

/** Prints the report in place of the page; false without a result, where the browser may print the page. */
export function printByKey(app: App): boolean {
  if (!resultOf(app)) return false;
  const print = async () => (await import("./print-report.ts")).printReport(app, t`Print report`);
  print().catch((error: unknown) => app.messages.report(error));
  return true;
}
