import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { replaceTable } from "./document.ts";
import { exists, keptResult, runStep } from "./step.ts";
import { STEPS } from "./steps.ts";
import { TABLES } from "./tables.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/accuracy.md", import.meta.url));
const SHARED_NETWORK = "efficientnet-lite0";

/**
 * Makes the measurements that are not there yet (all of them with `--fresh`) and writes their tables into docs/accuracy.md. A table
 * whose measurements are not complete stays as it is.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string", default: "../shared/data" },
      out: { type: "string", default: "out/reproduce" },
      only: { type: "string" },
      skip: { type: "string" },
      fresh: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
    },
  });
  const [only, skip] = [values.only?.split(","), values.skip?.split(",") ?? []];
  const steps = STEPS.filter(({ name }) => (only?.includes(name) ?? true) && !skip.includes(name));
  if (values.list) {
    for (const { name, about } of steps) console.log(`${name}: ${about}`);
    return;
  }
  await layNetwork(values.out);
  for (const step of steps) {
    const isKept = !values.fresh && (await exists(keptResult(values, step.name)));
    const isPossible = await exists(join(values.data, step.data));
    const state = isKept ? "kept" : isPossible ? "running" : `skipped, there is no ${join(values.data, step.data)}`;
    console.log(`${step.name} (${state}): ${step.about}`);
    if (!isKept && isPossible) await runStep(step, values);
    await writeTables(values);
  }
}

/** Packs that share the network find it beside them. */
async function layNetwork(out: string): Promise<void> {
  const packs = join(out, "packs");
  await mkdir(packs, { recursive: true });
  const models = fileURLToPath(new URL("../../public/models/", import.meta.url));
  await cp(join(models, SHARED_NETWORK), join(packs, SHARED_NETWORK), { recursive: true });
}

async function writeTables(folders: { readonly out: string; readonly data: string }): Promise<void> {
  let document = await readFile(DOCUMENT, "utf8");
  for (const { name, needs, write } of TABLES) {
    const paths = needs.map((need) => keptResult(folders, need));
    if (!(await Promise.all(paths.map(exists))).every(Boolean)) continue;
    const results = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, "utf8")) as never));
    document = replaceTable(document, name, write(...results));
  }
  await writeFile(DOCUMENT, document);
}

await main();
