import { AppError } from "../engine/base/errors.ts";

/** The task after the command's name. Throws `cli/usage` for anything else. */
export function checkTask(command: "train" | "evaluate", task: string | undefined): "segmentation" | "classification" {
  if (task === "segmentation" || task === "classification") return task;
  const found = [command, task].join(" ").trim();
  throw new AppError(
    "cli/usage",
    `Expected "${command} segmentation" or "${command} classification", found "${found}".`,
  );
}

/** Throws `cli/usage` when words are left over. */
export function checkNoMore(positionals: readonly string[]): void {
  if (positionals.length === 0) return;
  throw new AppError("cli/usage", `Expected only options such as --out DIR, found "${positionals[0]}".`);
}
