import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { BrowserCommand } from "vitest/node";

declare module "vitest/browser" {
  interface BrowserCommands {
    /** A file of ../shared/data/slides in base64; null where that folder is not there. */
    readSharedSlide(name: string): Promise<string | null>;
  }
}

export const readSharedSlide: BrowserCommand<[name: string]> = async (_, name) => {
  const path = resolve("../shared/data/slides", basename(name));
  return await readFile(path, "base64").catch(() => null);
};
