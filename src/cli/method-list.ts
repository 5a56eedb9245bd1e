import { AppError } from "../engine/base/errors.ts";

/** Methods named after --methods, separated by commas; all of them without the option. Throws `cli/usage`. */
export function parseMethods<T extends string>(text: string | undefined, known: readonly T[]): T[] {
  if (text === undefined) return [...known];
  const methods = text.split(",").map((name) => {
    const method = known.find((one) => one === name.trim());
    if (method !== undefined) return method;
    throw new AppError("cli/usage", `Expected --methods to name some of ${known.join(", ")}, found "${name.trim()}".`);
  });
  return [...new Set(methods)];
}
