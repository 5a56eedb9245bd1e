import { openPageChannel } from "./page-channel.ts";
import { watchRequests } from "./seen-requests.ts";
import { carryErrors } from "./wire.ts";

/**
 * What every worker of the page does first: it lets errors cross whole, tells the page of each of its requests, and keeps what nobody
 * caught out of the console, where the name of a slide might stand in it. (An error that ends the worker still reaches the page.)
 */
export function beginWorker(): void {
  carryErrors();
  const channel = openPageChannel();
  watchRequests((seen) => channel.postMessage(seen));
  self.addEventListener("unhandledrejection", (event) => event.preventDefault());
}
