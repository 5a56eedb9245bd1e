/**
 * A long use of the built page with flat memory: `npm run soak`, at full length unless `--factor` says which part of it, such as
 * `--factor 0.1` for what every test run does. Prints a table for docs/reliability.md. Asserts on memory and counts, never on time.
 */
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";

const { values } = parseArgs({ options: { factor: { type: "string", default: "1" } } });
const factor = Number(values.factor);
if (!(factor > 0 && factor <= 1)) {
  process.stderr.write(`soak: Expected --factor between 0 and 1, found ${values.factor}.\n`);
  process.exit(1);
}
process.env["PALISADE_SOAK_FACTOR"] = String(factor);
const vitest = await startVitest("test", ["test/journey/soak.test.ts"], { project: "journey", watch: false });
await vitest.close();
