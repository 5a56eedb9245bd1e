import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { RequestSource, SeenRequest } from "../../workers/seen-requests.ts";
import { msg } from "../words/words.ts";

/** Requests for one address that were answered alike. */
export interface RequestLine {
  /** From the folder of the page on, without what follows a question mark; a whole address only where it is another origin's. */
  readonly path: string;
  readonly isForeign: boolean;
  readonly from: RequestSource;
  /** `load`: before the page had what it begins with. */
  readonly phase: "load" | "since";
  readonly count: number;
  /** Over the network. */
  readonly bytes: number;
}

export interface RequestsState {
  readonly lines: ReadonlySignal<readonly RequestLine[]>;
  /** Requests that went over the network, until the page was loaded and since. */
  readonly toLoad: ReadonlySignal<number>;
  readonly since: ReadonlySignal<number>;
  /** Answers that this computer had itself, since the page was loaded. */
  readonly sinceFromHere: ReadonlySignal<number>;
  /** To another origin, at any time; not those that the policy stopped. */
  readonly foreign: ReadonlySignal<number>;
  see(seen: readonly SeenRequest[]): void;
  /** From now on requests count as made since the load. */
  markLoaded(): void;
}

/** Addresses that are told apart; beyond that they are counted together. */
const MOST_LINES = 500;
/** What no address says, in English; said by `say`. */
const PAGE = msg`(the page)`;
const OTHERS = msg`(other addresses)`;

export interface RequestsDeps {
  /** Of the page: absolute, with a closing slash. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createRequests({ folder, now }: RequestsDeps): RequestsState {
  const lines = signal<readonly RequestLine[]>([]);
  let loadedAt = Number.POSITIVE_INFINITY;
  const total = (isCounted: (line: RequestLine) => boolean) =>
    computed(() => lines.value.reduce((sum, line) => sum + (isCounted(line) ? line.count : 0), 0));
  return {
    lines,
    toLoad: total(({ phase, from }) => phase === "load" && from === "network"),
    since: total(({ phase, from }) => phase === "since" && from === "network"),
    sinceFromHere: total(
      ({ phase, from }) => phase === "since" && (from === "browser-cache" || from === "offline-copy"),
    ),
    foreign: total(({ isForeign, from }) => isForeign && from !== "stopped"),
    see(seen) {
      const byKey = new Map(lines.value.map((line) => [keyOf(line), line]));
      for (const request of seen) {
        const one = lineOf(request, folder, request.at <= loadedAt ? "load" : "since");
        const line = byKey.has(keyOf(one)) || byKey.size < MOST_LINES ? one : { ...one, path: OTHERS };
        const known = byKey.get(keyOf(line));
        const count = (known?.count ?? 0) + 1;
        byKey.set(keyOf(line), { ...line, count, bytes: (known?.bytes ?? 0) + line.bytes });
      }
      lines.value = [...byKey.values()];
    },
    markLoaded() {
      loadedAt = Math.min(loadedAt, now());
    },
  };
}

function lineOf({ url, from, bytes }: SeenRequest, folder: string, phase: RequestLine["phase"]): RequestLine {
  const { origin, pathname } = new URL(url);
  const page = new URL(folder);
  const isForeign = origin !== page.origin;
  const isInFolder = pathname.startsWith(page.pathname);
  const path = isForeign ? origin + pathname : isInFolder ? pathname.slice(page.pathname.length) : pathname;
  return { path: path === "" ? PAGE : path, isForeign, from, phase, count: 1, bytes };
}

function keyOf({ path, from, phase }: RequestLine): string {
  return `${phase} ${from} ${path}`;
}
