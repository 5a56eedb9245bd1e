import { readFile } from "node:fs/promises";
import {
  analyze,
  DEMO,
  DOCK,
  finishRun,
  keep,
  keepSection,
  openDemo,
  openPage,
  type Studio,
  sectionOf,
  write,
} from "./studio.ts";

/** A4 at 96 px an inch, less the margins of 12 mm. */
const SHEET = { width: 703, height: 1032 } as const;

/** The report as it is printed, and a result file: written, opened without its slide, computed again. */
export async function takeHandingOn(studio: Studio): Promise<void> {
  const page = await openPage(studio, {
    prepare: (fresh) =>
      fresh.addInitScript(() => {
        window.print = () => document.body.setAttribute("data-printed", "yes");
      }),
  });
  await openDemo(page);
  await analyze(page);
  await finishRun(page);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Result file" }).click();
  const buffer = await readFile(await (await waiting).path());
  await page.getByRole("button", { name: "Print report" }).click();
  await page.locator("body[data-printed]").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(SHEET);
  await page.waitForTimeout(700);
  await write("report-a4", await page.locator(".printed").screenshot());
  await page.context().close();

  const other = await openPage(studio);
  const file = { name: "result.palisade", mimeType: "application/octet-stream", buffer };
  await other.getByLabel("Slide file").setInputFiles(file);
  await other.getByText("result only").waitFor();
  await keep(other, "result-alone", DOCK);
  await keepSection(other, "Result file", "record-done");
  await other.getByLabel("Slide file").setInputFiles(DEMO);
  const again = other.getByRole("button", { name: "Run again and compare" });
  await again.and(other.locator(":enabled")).click();
  await keep(other, "record-running", sectionOf(other, "Result file"), true);
  await other.getByRole("status", { name: "Comparison of runs" }).waitFor();
  await keepSection(other, "Result file", "record-compared");
  await other.context().close();
}
