import { holdLife } from "./life.ts";
import { openPageChannel, workerName } from "./page-channel.ts";
import { watchRequests } from "./seen-requests.ts";
import { findPolicy } from "./watch-policy.ts";
import { carryErrors } from "./wire.ts";

/**
 * What every worker of the page does first: it lets errors cross whole, shows that it lives, tells the page of each of its requests, tries to send something
 * away when the page is put to the test, and keeps what nobody caught out of the console, where the name of a slide might stand in
 * it. (An error that ends the worker still reaches the page.)
 */
export function beginWorker(): void {
  carryErrors();
  void holdLife();
  const channel = openPageChannel((message) => {
    if (message.kind !== "try") return;
    const { url } = message;
    const send = () => fetch(url, { method: "POST", mode: "no-cors", body: "test" });
    void findPolicy(url, send).then((finding) => channel.post({ kind: "tried", url, worker: workerName, finding }));
  });
  watchRequests((seen) => channel.post({ kind: "seen", seen }));
  self.addEventListener("unhandledrejection", (event) => event.preventDefault());
}
