import { extname } from "node:path";
import { AppError } from "../../engine/base/errors.ts";

/** Throws `cli/usage` for another ending than .png and .svg; asked before the work begins. */
export function checkFigurePath(path: string): string {
  if (isSvg(path) || extname(path).toLowerCase() === ".png") return path;
  throw new AppError("cli/usage", `Expected --out to end in .png or .svg, found "${path}".`);
}

export function isSvg(path: string): boolean {
  return extname(path).toLowerCase() === ".svg";
}
