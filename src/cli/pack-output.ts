import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../engine/base/errors.ts";

/** A network named `../sibling/x.onnx` is not written; it must lie beside the new pack already. Throws `cli/usage`. */
export async function checkSharedBackbone(file: string, backboneBytes: Uint8Array, out: string): Promise<void> {
  if (!file.startsWith("../")) return;
  const shared = await readFile(join(out, file)).catch(() => null);
  if (shared && Buffer.compare(shared, backboneBytes) === 0) return;
  throw new AppError(
    "cli/usage",
    `Expected the shared network ${file} beside --out ${out}, found ${shared ? "another file there" : "nothing there"}; choose a folder beside it.`,
  );
}

/** Writes a pack's files into a folder, which is made. Throws `cli/io`. */
export async function writePackFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  try {
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
  } catch (cause) {
    throw new AppError(
      "cli/io",
      `Expected to write the pack to ${folder}, but that failed; check the folder and its disk.`,
      {},
      { cause },
    );
  }
}

/** An argument as a shell would take it. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** The record names what decides the pack; where features are kept does not. */
export function withoutCache(args: readonly string[]): string[] {
  return args.filter((arg, index) => !arg.startsWith("--cache") && args[index - 1] !== "--cache");
}
