import { spawn } from "node:child_process";
import { access, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** One measurement: commands that anyone can type, and the JSON file that holds what they found. */
export interface Step {
  readonly name: string;
  /** One line for a person who waits. */
  readonly about: string;
  /** Folder under the data that it needs. */
  readonly data: "sections" | "tiles20x";
  /**
   * One list a command, run in order from the root of the project: arguments of `palisade`, or of Node where the first is a
   * script. `OUT` and `DATA` at the start of a word stand for the two folders.
   */
  readonly commands: readonly (readonly string[])[];
  /** JSON under OUT that the commands write; null: what the last one prints. */
  readonly result: string | null;
}

export interface Folders {
  readonly out: string;
  readonly data: string;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where the result of a step is kept between runs. */
export function keptResult({ out }: Folders, name: string): string {
  return join(out, "results", `${name}.json`);
}

/** Runs a step and keeps its result. Throws when a command fails. */
export async function runStep(step: Step, folders: Folders): Promise<void> {
  let printed = "";
  for (const command of step.commands) printed = await runCommand(command.map((word) => place(word, folders)));
  const text = step.result === null ? printed : await readFile(join(folders.out, step.result), "utf8");
  const kept = keptResult(folders, step.name);
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(`${kept}.new`, text);
  await rename(`${kept}.new`, kept);
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function place(word: string, { out, data }: Folders): string {
  return word.replace(/^OUT(?=\/|$)/, out).replace(/^DATA(?=\/|$)/, data);
}

/** Returns what the command prints; its progress goes to standard error. */
async function runCommand(words: readonly string[]): Promise<string> {
  const isScript = words[0]?.endsWith(".ts") ?? false;
  const args = isScript ? ["--import", "tsx", ...words] : ["src/cli/palisade.mjs", ...words];
  process.stderr.write(`${isScript ? "node" : "palisade"} ${words.join(" ")}\n`);
  const child = spawn(process.execPath, ["--max-old-space-size=8192", ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const code = await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
  if (code !== 0) throw new Error(`Expected "${words.join(" ")}" to do its work, but it ended with ${String(code)}.`);
  return printed;
}
