import { type Browser, chromium, type LaunchOptions } from "playwright";

/** A headless Chromium crashes now and then while it starts; that says nothing about the page. */
const ATTEMPTS = 3;

const launchOnce = chromium.launch.bind(chromium);

/** Starts Chromium, again if it dies before it is ready. Throws what the last attempt threw. */
export async function launchPatiently(options: LaunchOptions): Promise<Browser> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOnce(options);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** For Vitest's browser provider, which launches by itself and but once. */
export function makeLaunchesPatient(): void {
  chromium.launch = (options = {}) => launchPatiently(options);
}
