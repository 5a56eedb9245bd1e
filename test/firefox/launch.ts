import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Bidi } from "./bidi.ts";

export interface Firefox {
  readonly bidi: Bidi;
  /** Where its downloads arrive. */
  readonly downloads: string;
  close(): Promise<void>;
}

export type Preferences = Readonly<Record<string, string | number | boolean>>;

/** A quiet Firefox that asks nobody anything by itself and never a person. */
const QUIET: Preferences = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.download.useDownloadDir": true,
  "browser.download.folderList": 2,
  "browser.download.always_ask_before_handling_new_types": false,
  "browser.download.alwaysOpenPanel": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "browser.topsites.contile.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.enabled": false,
};

const START_LIMIT_MS = 120_000;

/** Starts a headless Firefox with a profile of its own. Whoever launches it closes it. */
export async function launchFirefox(executable: string, preferences: Preferences = {}): Promise<Firefox> {
  const folder = await mkdtemp(join(tmpdir(), "palisade-firefox-"));
  const downloads = join(folder, "downloads");
  const profile = join(folder, "profile");
  await Promise.all([mkdir(downloads), mkdir(profile)]);
  const all = { ...QUIET, "browser.download.dir": downloads, ...preferences };
  const lines = Object.entries(all).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const child = spawn(
    executable,
    [
      "--headless",
      "--no-remote",
      "--profile",
      profile,
      "--remote-debugging-port",
      "0",
      "--width",
      "1280",
      "--height",
      "860",
    ],
    { env: { ...process.env, HOME: folder, MOZ_CRASHREPORTER_DISABLE: "1" }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    const bidi = await Bidi.connect(`${await addressOf(child)}/session`);
    await bidi.send("session.new", { capabilities: {} });
    return {
      bidi,
      downloads,
      async close() {
        await bidi.send("browser.close", {}).catch(() => {});
        bidi.close();
        const hard = setTimeout(() => child.kill("SIGKILL"), 10_000);
        await ended;
        clearTimeout(hard);
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
}

/** Firefox says on its error output where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("Firefox did not say where it listens.")), START_LIMIT_MS);
    const said: string[] = [];
    if (child.stderr) {
      createInterface({ input: child.stderr }).on("line", (line) => {
        said.push(line);
        const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
        if (!address) return;
        clearTimeout(late);
        resolve(address);
      });
    }
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Firefox ended while it started: ${said.slice(-3).join(" ")}`)));
  });
}
