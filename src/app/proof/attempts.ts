import { tryInWorkers } from "../../workers/try-in-workers.ts";
import { findPolicy, type PolicyFinding } from "../../workers/watch-policy.ts";

/** Ends names that no server can have (RFC 2606): should a policy fail, nobody is there to hear it. */
const NOWHERE = "palisade-self-test.invalid";
/** An event stream is asked for after the page's turn; after so long it is given up, milliseconds. */
const STREAM_MS = 2_000;

/** One way out that was tried. */
export interface Attempt extends PolicyFinding {
  /** For a person: "fetch", "an image". */
  readonly way: string;
}

/** Tries on purpose, one way after another, on the page and in its workers, to send something to another origin. All should be stopped. */
export async function tryToSend(): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (const [way, name, send] of WAYS) {
    const url = `https://${name}.${NOWHERE}/`;
    attempts.push({ way, ...(await findPolicy(url, () => send(url))) });
  }
  const inWorkers = await tryInWorkers(`https://worker.${NOWHERE}/`);
  attempts.push(...inWorkers.map(({ worker, ...finding }) => ({ way: `${worker} worker`, ...finding })));
  return attempts;
}

type Way = readonly [way: string, name: string, send: (url: string) => unknown];

const WAYS: readonly Way[] = [
  ["fetch", "fetch", (url) => fetch(url, { method: "POST", mode: "no-cors", body: "test" })],
  ["XMLHttpRequest", "xhr", sendXhr],
  ["beacon", "beacon", (url) => navigator.sendBeacon(url, "test")],
  ["WebSocket", "socket", (url) => new WebSocket(url.replace("https:", "wss:")).close()],
  ["event stream", "stream", openStream],
  ["image", "image", (url) => Object.assign(new Image(), { src: url })],
  ["script", "script", (url) => passingElement("script", { src: url })],
  ["style sheet", "style", (url) => passingElement("link", { rel: "stylesheet", href: url })],
  ["frame", "frame", (url) => passingElement("iframe", { src: url, hidden: true })],
];

function openStream(url: string): void {
  const stream = new EventSource(url);
  setTimeout(() => stream.close(), STREAM_MS);
}

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
