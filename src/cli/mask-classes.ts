import { readFile } from "node:fs/promises";
import { AppError } from "../engine/base/errors.ts";
import { type MaskClass, maskClasses, parseMaskClasses } from "../engine/training/mask-classes.ts";
import { parseColour } from "./image-pairs.ts";

/**
 * Classes after --classes: a JSON file (docs/packs.md), or `Name=R,G,B;Name=R,G,B;...`, the first being the one whose map is shown first.
 * Throws `cli/usage`, `cli/io` and `training/bad-config`.
 */
export async function readMaskClasses(text: string): Promise<MaskClass[]> {
  if (!text.includes("=")) return parseMaskClasses(await readJson(text));
  const entries = text.split(";").filter((part) => part.trim() !== "");
  return maskClasses(
    entries.map((entry) => {
      const [name = "", colour = ""] = entry.split("=");
      return { name: name.trim(), maskColour: parseColour(colour, "classes"), colour: "" };
    }),
  );
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const found = `Expected a file of classes at ${path}, or Name=R,G,B;Name=R,G,B, found no readable file.`;
    throw new AppError("cli/io", found, {}, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("training/bad-config", `Expected JSON in ${path}, found other text.`, {}, { cause });
  }
}
