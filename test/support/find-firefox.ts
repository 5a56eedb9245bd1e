import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The Firefox that the tests drive: PALISADE_FIREFOX, else an installed one. Null where there is none: its tests are then skipped by
 * name, since no package registry carries one.
 */
export function findFirefox(): string | null {
  const named = process.env["PALISADE_FIREFOX"];
  if (named) {
    if (!existsSync(named)) throw new Error(`PALISADE_FIREFOX names "${named}", and no file is there.`);
    return named;
  }
  return installedPaths().find((path) => existsSync(path)) ?? null;
}

function installedPaths(): string[] {
  if (process.platform === "win32") {
    const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => process.env[name] ?? []);
    return roots.map((root) => join(root, "Mozilla Firefox/firefox.exe"));
  }
  if (process.platform === "darwin") return ["/Applications/Firefox.app/Contents/MacOS/firefox"];
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return ["firefox", "firefox-esr"].flatMap((name) => folders.map((folder) => join(folder, name)));
}
