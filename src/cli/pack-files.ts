import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../engine/base/errors.ts";
import { loadPack } from "../engine/modelpack/parse.ts";
import type { LoadedPack, PackFiles } from "../engine/modelpack/types.ts";
import { packFilesFromZip } from "../engine/modelpack/zip.ts";

const SHIPPED_PACKS = fileURLToPath(new URL("../../public/models/", import.meta.url));
const ID = /^[a-z0-9][a-z0-9._-]*$/;

/** A pack by folder, zip, or the id of a shipped one. Throws `cli/usage` for none of these, and as `loadPack`. */
export async function openPack(where: string): Promise<LoadedPack> {
  return loadPack(await findPackFiles(where));
}

/** What is on disk goes before a shipped id. */
export async function findPackFiles(where: string): Promise<PackFiles> {
  const kind = await kindOf(where);
  if (kind === "folder") return packFilesFromFolder(where);
  if (kind === "file") return packFilesFromZip(new Uint8Array(await readFile(where)));
  const shipped = join(SHIPPED_PACKS, where);
  if (ID.test(where) && (await kindOf(shipped)) === "folder") return packFilesFromFolder(shipped);
  throw new AppError(
    "cli/usage",
    `Expected --pack to name a folder, a zip or a shipped pack such as "necrosis-lowpower", found "${where}", which is none of these.`,
  );
}

/** Throws `modelpack/missing-file`. */
export function packFilesFromFolder(folder: string): PackFiles {
  return async (path) => {
    try {
      return new Uint8Array(await readFile(join(folder, path)));
    } catch (error) {
      throw new AppError(
        "modelpack/missing-file",
        `Expected ${path} in the model pack ${folder}, found no readable file; get the pack again.`,
        { folder, path },
        { cause: error },
      );
    }
  };
}

async function kindOf(path: string): Promise<"folder" | "file" | null> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return null;
  }
}
