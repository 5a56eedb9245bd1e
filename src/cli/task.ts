import { AppError } from "../engine/base/errors.ts";

/** The task after the command's name. Throws `cli/usage` for all but `segmentation`. */
export function checkTask(command: "train" | "evaluate", task: string | undefined): void {
  if (task === "segmentation") return;
  const found =
    task === "classification"
      ? `found "${command} classification", which comes with a later version of Palisade`
      : `found "${[command, task].join(" ").trim()}"`;
  throw new AppError("cli/usage", `Expected "${command} segmentation", ${found}.`);
}

/** Throws `cli/usage` when words are left over. */
export function checkNoMore(positionals: readonly string[]): void {
  if (positionals.length === 0) return;
  throw new AppError("cli/usage", `Expected only options such as --images DIR, found "${positionals[0]}".`);
}
