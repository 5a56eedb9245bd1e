import { nameOfWorker } from "./page-channel.ts";

/** Addresses of the blobs that begin workers, one for each script, kept for as long as the thread lives. */
const beginnings = new Map<string, string>();

/**
 * Starts a worker under the policy of the page. A worker that is fetched by its address follows the headers of its own response
 * alone, and a static host sends none; one that begins as a blob inherits the Content-Security-Policy of whoever starts it (HTML, "initialize
 * worker global scope's policy container"). `script`: address of the worker's script, absolute or from the root of the site.
 */
export function spawnWorker(script: string, name: string): Worker {
  const address = new URL(script, self.location.origin).href;
  let beginning = beginnings.get(address);
  if (beginning === undefined) {
    const code = `import ${JSON.stringify(address)};`;
    beginning = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    beginnings.set(address, beginning);
  }
  return new Worker(beginning, { type: "module", name: nameOfWorker(name) });
}
