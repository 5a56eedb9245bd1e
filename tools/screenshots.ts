/**
 * Makes the pictures of docs/images from the built page: `npx tsx tools/screenshots.ts [GROUP...]`, all groups of the table below unless some
 * are named. Needs a browser, as the tests do (test/support/find-chromium.ts), and nothing else. Look at every picture before committing it;
 * docs/pictures.md shows them all.
 */
import { mkdir } from "node:fs/promises";
import { build, preview } from "vite";
import { chromiumFlags, findChromium } from "../test/support/find-chromium.ts";
import { launchPatiently } from "../test/support/patient-launch.ts";
import { takeEverybody, takeFirstLook } from "./screenshots/first-look.ts";
import { takeHandingOn } from "./screenshots/handing-on.ts";
import { takeJourney } from "./screenshots/journey.ts";
import { takeList } from "./screenshots/list.ts";
import { takeLooks } from "./screenshots/looks.ts";
import { takeClasses, takeDoubt, takeFigures, takeSlideClass } from "./screenshots/models.ts";
import { takeBroken, takeLarge } from "./screenshots/odd-runs.ts";
import { takeSectionsBefore, takeSectionsDone, takeSectionsPartial } from "./screenshots/sections.ts";
import { FOLDER, type Studio } from "./screenshots/studio.ts";

const GROUPS: Readonly<Record<string, (studio: Studio) => Promise<void>>> = {
  first: takeFirstLook,
  everybody: takeEverybody,
  journey: takeJourney,
  looks: takeLooks,
  before: takeSectionsBefore,
  partial: takeSectionsPartial,
  done: takeSectionsDone,
  classes: takeClasses,
  "slide-class": takeSlideClass,
  doubt: takeDoubt,
  figures: takeFigures,
  result: takeHandingOn,
  list: takeList,
  large: takeLarge,
  broken: takeBroken,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !GROUPS[name]);
if (unknown.length > 0)
  throw new RangeError(`No group is called ${unknown.join(", ")}: ${Object.keys(GROUPS).join(", ")}.`);
await mkdir(FOLDER, { recursive: true });
await build({ logLevel: "error" });
const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
const found = await findChromium();
const browser = await launchPatiently({
  executablePath: found.executablePath,
  args: [...chromiumFlags(), ...found.args],
});
try {
  const studio = { browser, address: server.resolvedUrls?.local[0] ?? "" };
  for (const [name, take] of Object.entries(GROUPS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    process.stderr.write(`${name}\n`);
    await take(studio);
  }
} finally {
  await browser.close();
  await server.close();
}
