import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VENDOR_SLIDES } from "./vendors.ts";

// node --import tsx test/support/made-slides/write-vendors.ts FOLDER
const folder = process.argv[2] ?? "made-vendors";
mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries(VENDOR_SLIDES)) writeFileSync(join(folder, name), make());
