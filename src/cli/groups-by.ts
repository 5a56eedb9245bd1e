import { AppError } from "../engine/base/errors.ts";

/** What of a name tells images that belong together: the first capture group, or the whole match; null without a match. */
export type GroupExpression = (name: string) => string | null;

/** Throws `cli/usage` for text that is no regular expression. */
export function groupExpression(text: string): GroupExpression {
  let expression: RegExp;
  try {
    expression = new RegExp(text, "u");
  } catch (cause) {
    throw new AppError("cli/usage", `Expected --groups to be a regular expression, found "${text}".`, {}, { cause });
  }
  return (name) => {
    const match = expression.exec(name);
    return match?.[1] || match?.[0] || null;
  };
}

/** The group of every image. Throws `cli/usage` for text that is no regular expression, then `training/bad-data` for a name without a match. */
export function groupsBy(text: string): (name: string) => string {
  const groupOf = groupExpression(text);
  return (name) => {
    const group = groupOf(name);
    if (group) return group;
    throw new AppError("training/bad-data", `Expected --groups "${text}" to match every image, found none in ${name}.`);
  };
}
