import { runDenseBench } from "./dense.ts";
import { runRobustnessBench } from "./robustness.ts";
import { runThresholdBench } from "./threshold.ts";
import { runTilesBench } from "./tiles.ts";

const BENCHES: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  dense: runDenseBench,
  robustness: runRobustnessBench,
  threshold: runThresholdBench,
  tiles: runTilesBench,
};

const [name = "", ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench(args);
else {
  console.error(`Expected the name of a benchmark (${Object.keys(BENCHES).join(", ")}), found "${name}".`);
  process.exitCode = 1;
}
