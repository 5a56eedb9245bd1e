import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const LOOKED_FOR =
  "the variable PALISADE_CHROMIUM, an installed Chrome, Chromium or Edge, the npm package @sparticuz/chromium (Linux)";

export interface Chromium {
  readonly executablePath: string;
  /** Flags that this very browser needs. */
  readonly args: readonly string[];
}

/**
 * The browser that the tests drive: PALISADE_CHROMIUM, else an installed Chrome, Chromium or Edge, else the one in an npm
 * package. Throws a sentence that says what to install: tests never skip silently for want of a browser.
 */
export async function findChromium(): Promise<Chromium> {
  const named = process.env["PALISADE_CHROMIUM"];
  if (named) {
    if (!existsSync(named)) throw new Error(`PALISADE_CHROMIUM names "${named}", and no file is there.`);
    return { executablePath: named, args: [] };
  }
  const installed = installedPaths().find((path) => existsSync(path));
  if (installed) return { executablePath: installed, args: [] };
  const packaged = await packagedChromium();
  if (packaged) return packaged;
  throw new Error(
    `No browser for the tests was found. Looked for ${LOOKED_FOR}. Install Google Chrome or Chromium, or set PALISADE_CHROMIUM.`,
  );
}

function installedPaths(): string[] {
  if (process.platform === "win32") {
    const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => process.env[name] ?? []);
    const tails = [
      "Google/Chrome/Application/chrome.exe",
      "Chromium/Application/chrome.exe",
      "Microsoft/Edge/Application/msedge.exe",
    ];
    return roots.flatMap((root) => tails.map((tail) => join(root, tail)));
  }
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  const names = [
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
  ];
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function packagedChromium(): Promise<Chromium | null> {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  try {
    createRequire(import.meta.url).resolve("@sparticuz/chromium");
  } catch {
    return null;
  }
  const { default: chromium } = await import("@sparticuz/chromium");
  return {
    executablePath: await chromium.executablePath(),
    args: ["--headless=shell", "--no-zygote", "--in-process-gpu"],
  };
}

/** Flags for a quiet, offline, GPU-less Chromium whose WebGPU is SwiftShader's when `webgpu` is set. */
export function chromiumFlags(options: { readonly webgpu?: boolean } = {}): string[] {
  const flags = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  if (options.webgpu) flags.push("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader");
  return flags;
}
