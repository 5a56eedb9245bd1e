import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { describeFile } from "../offline/release-list.ts";
import { filesBeside, releaseArchive } from "./archive.ts";
import { releaseDate } from "./release-date.ts";
import { billOfMaterials } from "./sbom.ts";

/** `npm run release`: builds the page and writes release/palisade-VERSION.zip with its SHA-256 beside it. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { readonly version: string };

await build({ root, logLevel: "warn", mode: "production" });
const archive = await releaseArchive({
  version,
  date: releaseDate(root),
  page: join(root, "dist"),
  beside: await filesBeside(root, version, billOfMaterials(root)),
});
const folder = join(root, "release");
const name = `palisade-${version}.zip`;
const { sha256 } = describeFile(name, archive);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, name), archive);
await writeFile(join(folder, `${name}.sha256`), `${sha256}  ${name}\n`);
console.log(`release/${name}  ${(archive.length / 1e6).toFixed(1)} MB  SHA-256 ${sha256}`);
