import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface WebKit {
  readonly driver: string;
  readonly browser: string;
  /** Gives a screen to a machine without one; null where there is one. */
  readonly screen: string | null;
}

/** Where Linux distributions put what belongs to a library. */
const LIBRARIES = ["/usr/lib", "/usr/libexec", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

/**
 * WebKitGTK with its driver, as distributions of Linux have it (Debian: webkit2gtk-driver, and xvfb where there is no screen). Null where
 * one of them is missing: its tests are then skipped by name.
 */
export function findWebKit(): WebKit | null {
  if (process.platform !== "linux") return null;
  const driver = inPath("WebKitWebDriver");
  const browser = LIBRARIES.flatMap(miniBrowsers).find((path) => existsSync(path));
  const screen = process.env["DISPLAY"] ? null : inPath("xvfb-run");
  if (!driver || !browser || screen === undefined) return null;
  return { driver, browser, screen };
}

function miniBrowsers(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^webkit(2)?gtk-[\d.]+$/.test(name))
    .map((name) => join(folder, name, "MiniBrowser"));
}

function inPath(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
