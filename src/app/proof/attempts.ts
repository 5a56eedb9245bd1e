import type { PolicyFinding } from "../../workers/policy-probe.api.ts";
import { tryToSendFromWorker } from "../../workers/policy-probe.client.ts";
import { findPolicy } from "../../workers/watch-policy.ts";

/** A name that no server can have (RFC 2606): should a policy fail, nobody is there to hear it. */
const NOWHERE = "https://palisade-self-test.invalid";

/** One way out that was tried. */
export interface Attempt extends PolicyFinding {
  /** For a person: "fetch", "an image". */
  readonly way: string;
}

/** Tries on purpose, one way after another, to send something to another origin. All should be stopped. */
export async function tryToSend(): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (const [way, path, send] of WAYS) {
    const url = `${NOWHERE}/${path}`;
    attempts.push({ way, ...(await findPolicy(url, () => send(url))) });
  }
  attempts.push({ way: "fetch in a worker", ...(await tryToSendFromWorker(`${NOWHERE}/worker`)) });
  return attempts;
}

type Way = readonly [way: string, path: string, send: (url: string) => unknown];

const WAYS: readonly Way[] = [
  ["fetch", "fetch", (url) => fetch(url, { method: "POST", mode: "no-cors", body: "test" })],
  ["XMLHttpRequest", "xhr", sendXhr],
  ["beacon", "beacon", (url) => navigator.sendBeacon(url, "test")],
  ["WebSocket", "socket", (url) => new WebSocket(url.replace("https:", "wss:")).close()],
  ["event stream", "stream", (url) => new EventSource(url).close()],
  ["image", "image", (url) => Object.assign(new Image(), { src: url })],
  ["script", "script", (url) => passingElement("script", { src: url })],
  ["style sheet", "style", (url) => passingElement("link", { rel: "stylesheet", href: url })],
  ["frame", "frame", (url) => passingElement("iframe", { src: url, hidden: true })],
];

function sendXhr(url: string): void {
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.send("test");
}

/** Elements fetch once they are in the document, and are taken out again. */
function passingElement<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): void {
  const element = Object.assign(document.createElement(name), properties);
  document.head.append(element);
  setTimeout(() => element.remove());
}
