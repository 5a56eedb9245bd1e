import { build, preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the built page, with a closing slash. */
    readonly pageUrl: string;
  }
}

/** Builds the page as it ships and serves it for the journeys. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build({ logLevel: "warn", mode: "production" });
  const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("The preview server gave no address.");
  project.provide("pageUrl", address);
  return () => server.close();
}
