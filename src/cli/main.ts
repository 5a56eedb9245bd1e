import { AppError } from "../engine/base/errors.ts";
import { RESEARCH_USE_NOTICE } from "../engine/base/research-use.ts";
import { appVersion } from "./app-version.ts";
import type { Command } from "./command.ts";
import { errorLine } from "./error-line.ts";

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  info: async () => (await import("./commands/info.ts")).info,
  region: async () => (await import("./commands/region.ts")).region,
  analyze: async () => (await import("./commands/analyze.ts")).analyze,
  classify: async () => (await import("./commands/classify.ts")).classify,
  verify: async () => (await import("./commands/verify.ts")).verify,
  train: async () => (await import("./commands/train.ts")).train,
  evaluate: async () => (await import("./commands/evaluate.ts")).evaluate,
  compare: async () => (await import("./commands/compare.ts")).compare,
  figure: async () => (await import("./commands/figure.ts")).figure,
};

async function main(args: string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help") {
    for (const load of Object.values(COMMANDS)) console.log((await load()).usage);
    console.log(`\n${RESEARCH_USE_NOTICE}`);
    return;
  }
  if (name === "--version") {
    console.log(await appVersion());
    return;
  }
  const load = COMMANDS[name];
  if (!load) {
    throw new AppError(
      "cli/usage",
      `Expected one of the commands ${Object.keys(COMMANDS).join(", ")}, found "${name}".`,
    );
  }
  const command = await load();
  if (rest.includes("--help")) console.log(command.usage);
  else await command.run(rest);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`palisade: ${errorLine(error)}`);
  if (process.env["PALISADE_DEBUG"]) console.error(error);
  process.exitCode = 1;
}
