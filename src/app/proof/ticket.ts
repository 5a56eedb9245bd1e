import type { Proof } from "../state/proof.ts";
import type { CheckedRelease } from "./release.ts";

export interface TicketFacts {
  /** Of the page, without what follows a question mark or hash. */
  readonly address: string;
  readonly browser: string;
  readonly policies: readonly string[];
  readonly requests: { readonly toLoad: number; readonly since: number; readonly foreign: number };
}

/** What was found, as a text for a ticket. Holds numbers and the page's own words: nothing about a slide, a file or a patient. */
export function ticketText(proof: Proof, { address, browser, policies, requests }: TicketFacts): string {
  const { at, isOnline, attempts, release, stored } = proof;
  return [
    "Palisade: what the browser said when the page was put to the test",
    `When: ${at.toISOString()}, ${isOnline ? "with" : "without"} a network`,
    `Page: ${address}`,
    `Browser: ${browser}`,
    "",
    "Ways out that the page tried, to a server that cannot exist:",
    ...attempts.map(
      ({ way, directive }) => `  ${way}: ${directive === null ? "NOT stopped" : `stopped by ${directive}`}`,
    ),
    "",
    "Policy as the browser enforces it:",
    ...policies.map((policy) => `  ${policy}`),
    "",
    `Requests over the network: ${requests.toLoad} to load the page, ${requests.since} since, ${requests.foreign} to another server`,
    "",
    ...releaseLines(release),
    "",
    "Kept on this computer:",
    ...stored.places.map((place) => `  ${place}`),
    "",
  ].join("\n");
}

function releaseLines(release: CheckedRelease | null): string[] {
  if (!release) return ["The page carries no list of its files' hashes (release.json)."];
  const count = (state: string) => release.files.filter((file) => file.state === state).length;
  const unequal = release.files.filter(({ state }) => state === "unequal");
  return [
    `Release: ${release.version}, SHA-256 of release.json ${release.sha256}`,
    `Files hashed: ${count("equal")} equal, ${count("unequal")} not equal, ${count("not-here")} not on this computer yet`,
    ...unequal.map(({ path }) => `  NOT equal: ${path}`),
  ];
}
