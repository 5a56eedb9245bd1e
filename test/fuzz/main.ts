import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { reportOf } from "./report.ts";
import { type FuzzOptions, runFuzz } from "./run-fuzz.ts";

const REPORT = "out/fuzz/report.md";
const text = { type: "string" } as const;

/** `npm run fuzz -- [--seed 1] [--count 10000] [--only NAME[#NUMBER]] [--minutes N]` */
const { values } = parseArgs({ options: { seed: text, count: text, only: text, minutes: text } });
let done = 0;
const options: FuzzOptions = {
  seed: Number(values.seed ?? 1),
  count: Number(values.count ?? 10_000),
  ...(values.only === undefined ? {} : { only: values.only }),
  ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }),
  onResult({ title, kind, outcome, faults }) {
    done += 1;
    if (outcome === "fault") console.log(`${title} (${kind}): ${faults.join("; ")}`);
    if (done % 500 === 0) console.log(`${done} read`);
  },
};
const results = await runFuzz(options);
mkdirSync("out/fuzz", { recursive: true });
writeFileSync(REPORT, reportOf(results, options));
const faults = results.filter(({ outcome }) => outcome === "fault").length;
console.log(`${results.length} files read, ${faults} faults; ${REPORT} tells of each.`);
if (values.only?.includes("#")) console.log(results);
if (faults > 0 || results.length === 0) process.exitCode = 1;
