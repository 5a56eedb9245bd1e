import { unzipSync, type Zippable, zipSync } from "fflate";
import { AppError } from "../base/errors.ts";
import type { LoadedPack, PackFiles } from "./types.ts";
import { writePack } from "./write.ts";

export interface ZipLimits {
  /** Bytes of all files together, unpacked. Default: 512 MiB, several times a large network. */
  readonly maxBytes?: number;
  /** Default: 64; a pack has four or five files. */
  readonly maxFiles?: number;
}

const DEFAULT_LIMITS = { maxBytes: 512 * 2 ** 20, maxFiles: 64 };

/** Earliest date that a zip can hold, so that the same pack gives the same zip. */
const ZIP_EPOCH = "1980-01-01T00:00:00";

/**
 * The files of a zipped pack, which may lie in one folder inside the zip. Throws `modelpack/not-a-pack` for anything but a
 * zip with a pack.json, and for one that would unpack to more than the limits allow.
 */
export function packFilesFromZip(zip: Uint8Array<ArrayBuffer>, limits: ZipLimits = {}): PackFiles {
  const files = unpack(zip, { ...DEFAULT_LIMITS, ...limits });
  const manifest = [...files.keys()]
    .filter((path) => path === "pack.json" || path.endsWith("/pack.json"))
    .sort((a, b) => a.length - b.length)[0];
  if (manifest === undefined) throw notAPack("a zip without pack.json");
  const folder = manifest.slice(0, -"pack.json".length);
  return async (path) => {
    const bytes = files.get(folder + path);
    if (bytes) return bytes;
    throw new AppError("modelpack/missing-file", `Expected ${path} in the pack's zip, found no such file.`, { path });
  };
}

/** A pack as one zip, its network inside even where it is shared with a sibling. */
export async function packToZip({ pack, backboneBytes }: LoadedPack): Promise<Uint8Array<ArrayBuffer>> {
  const file = pack.backbone.file.slice(pack.backbone.file.lastIndexOf("/") + 1);
  const files = await writePack({ ...pack, backbone: { ...pack.backbone, file } }, backboneBytes);
  const entries: Zippable = {};
  for (const [path, bytes] of files) entries[`${pack.id}/${path}`] = bytes;
  return zipSync(entries, { level: 6, mtime: ZIP_EPOCH });
}

function unpack(zip: Uint8Array<ArrayBuffer>, limits: Required<ZipLimits>): Map<string, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  let count = 0;
  try {
    // fflate inflates into buffers of the declared sizes and no further, so the declared sizes bound the memory.
    const entries = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith("/")) return false;
        bytes += originalSize;
        count++;
        if (bytes > limits.maxBytes || count > limits.maxFiles) {
          throw notAPack(`a zip of more than ${limits.maxFiles} files or ${limits.maxBytes} bytes`);
        }
        return true;
      },
    });
    return new Map(Object.entries(entries));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw notAPack("a file that is no zip, or a damaged one", error);
  }
}

function notAPack(found: string, cause?: unknown): AppError {
  return new AppError(
    "modelpack/not-a-pack",
    `Expected a zipped model pack, found ${found}; choose another file.`,
    {},
    { cause },
  );
}
