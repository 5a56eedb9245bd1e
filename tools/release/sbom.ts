import { execFileSync } from "node:child_process";

/**
 * The libraries that are installed for use, as npm lists them from package-lock.json: CycloneDX 1.5. Without what differs from
 * one call to the next (serial number, time, the folder's name), so that the same input gives the same bytes.
 */
export function billOfMaterials(root: string): string {
  const args = [
    "sbom",
    "--sbom-format",
    "cyclonedx",
    "--sbom-type",
    "application",
    "--omit",
    "dev",
    "--package-lock-only",
  ];
  const npm = process.env["npm_execpath"];
  const text = npm?.endsWith(".js")
    ? execFileSync(process.execPath, [npm, ...args], { cwd: root, encoding: "utf8" })
    : execFileSync("npm", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  return `${JSON.stringify(withoutChance(JSON.parse(text)), null, 2)}\n`;
}

interface Bill {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: { readonly name: string } };
}

function withoutChance({ serialNumber: _number, metadata, ...bill }: Bill): object {
  const { timestamp: _time, component, ...facts } = metadata;
  return { ...bill, metadata: { ...facts, component: { ...component, name: "palisade" } } };
}
