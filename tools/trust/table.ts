/**
 * Asks the trust checks about known slides, altered ones and things that are no slides, and writes which light came how often into
 * docs/trust.md.
 *
 *     node --import tsx tools/trust/table.ts ../shared/data
 *
 * Sections are judged by ranges and features without their own block. Takes a quarter of an hour on two cores.
 */
import { readFile, writeFile } from "node:fs/promises";
import { openPack } from "../../src/cli/pack-files.ts";
import type { Session } from "../../src/engine/features/types.ts";
import type { ModelPack } from "../../src/engine/modelpack/types.ts";
import { featureDistance } from "../../src/engine/trust/feature-distance.ts";
import { trustReport, withFeatures } from "../../src/engine/trust/report.ts";
import type { TrustReport } from "../../src/engine/trust/types.ts";
import { markdownTable, replaceTable } from "../reproduce/document.ts";
import { type TrustCase, trustCases } from "./cases.ts";
import { type MeasuredImage, measureImage, openSessionOf } from "./measured-image.ts";
import { rangesOf, withoutGroup } from "./ranges.ts";

const DOCUMENT = "docs/trust.md";
const HELD_OUT = "sections, each held out with its block";

interface Answer {
  readonly group: string;
  readonly before: TrustReport;
  readonly after: TrustReport;
}

const data = process.argv[2] ?? "../shared/data";
const packs = new Map<string, { readonly pack: ModelPack; readonly session: Session }>();
const answers: Answer[] = [];
const sections: { readonly one: TrustCase; readonly image: MeasuredImage; readonly info: Info }[] = [];
type Info = Parameters<typeof trustReport>[0]["info"];
for (const one of await trustCases(data)) {
  const used = await packOf(one.packId);
  const slide = await one.open();
  const found = await measureImage(slide, one.pixelSize, used);
  const { info } = slide;
  slide.close();
  const image = { name: one.name, group: one.name.split(".")[0] ?? "", ...found };
  if (one.group === HELD_OUT) sections.push({ one, image, info });
  else answers.push(answer(one, image, info, used.pack));
  process.stderr.write(`\r${sections.length + answers.length} slides `);
}
for (const { one, image, info } of sections) answers.unshift(answer(one, image, info, withoutOwn(image)));
for (const { session } of packs.values()) await session.close();
const table = tableOf(answers);
await writeFile(DOCUMENT, replaceTable(await readFile(DOCUMENT, "utf8"), "lights", table));
process.stderr.write(`\n${table}\n`);

async function packOf(id: string): Promise<{ readonly pack: ModelPack; readonly session: Session }> {
  const known = packs.get(id);
  if (known) return known;
  const loaded = await openPack(id);
  const opened = { pack: loaded.pack, session: await openSessionOf(loaded) };
  packs.set(id, opened);
  return opened;
}

function answer(one: TrustCase, image: MeasuredImage, info: Info, pack: ModelPack): Answer {
  const before = trustReport({ info, pixelSize: one.pixelSize, pack, measures: image.measures });
  const distance = pack.reference && featureDistance(image.rows, pack.reference);
  const found = distance === null ? null : { distance, patches: image.rows.length };
  return { group: one.group, before, after: withFeatures(before, found, pack) };
}

/** The pack as it would be had it not seen the section's block. */
function withoutOwn(image: MeasuredImage): ModelPack {
  const pack = packs.get("necrosis-lowpower")?.pack;
  if (!pack?.reference) throw new Error("Expected the pack to have reference statistics.");
  const images = sections.map((section) => section.image);
  const own = images.filter(({ group }) => group === image.group);
  const others = images.filter(({ group }) => group !== image.group);
  const rest = withoutGroup(pack.reference, own, own.length / images.length);
  return { ...pack, reference: { ...pack.reference, ...rest, ranges: rangesOf(others, pack.reference) } };
}

function tableOf(all: readonly Answer[]): string {
  const groups = [...new Set(all.map(({ group }) => group))];
  const rows = groups.map((group) => {
    const own = all.filter((one) => one.group === group);
    const count = (when: "before" | "after") =>
      (["green", "amber", "red"] as const)
        .map((light) => own.filter((one) => one[when].light === light).length)
        .join(" / ");
    return [group, String(own.length), count("before"), count("after"), why(own.map(({ after }) => after))];
  });
  return markdownTable(
    ["slides", "n", "before: green / amber / red", "after: green / amber / red", "why (checks that were not green)"],
    rows,
  );
}

function why(reports: readonly TrustReport[]): string {
  const counts = new Map<string, number>();
  for (const { checks } of reports) {
    for (const { id, light } of checks) {
      if (light !== "green") counts.set(`${id} ${light}`, (counts.get(`${id} ${light}`) ?? 0) + 1);
    }
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return sorted.map(([name, count]) => (reports.length === 1 ? name : `${name} ${count}`)).join(", ") || "-";
}
