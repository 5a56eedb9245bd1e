import { siteUrl } from "../site-files.ts";
import type { Proof, ProofStep } from "../state/proof.ts";
import { msg } from "../words/words.ts";
import { tryToSend } from "./attempts.ts";
import { filesHere } from "./files-here.ts";
import { type CheckedRelease, checkRelease } from "./release.ts";
import { findStored } from "./stored.ts";

/** Everything that the "test it yourself" panel shows. `fetched`: paths from the page's folder. */
export async function prove(fetched: ReadonlySet<string>, onStep: (step: ProofStep) => void): Promise<Proof> {
  onStep({ what: msg`Trying to send something away`, done: 0, total: 0 });
  const attempts = await tryToSend();
  const release = await releaseHere(fetched, onStep);
  onStep({ what: msg`Looking at what is stored`, done: 0, total: 0 });
  const stored = await findStored();
  const declared = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute("content") ?? "";
  return { at: new Date(), isOnline: navigator.onLine, attempts, declared, release, stored };
}

/** Null where the site carries no list, as a development build does not. */
async function releaseHere(
  fetched: ReadonlySet<string>,
  onStep: (step: ProofStep) => void,
): Promise<CheckedRelease | null> {
  try {
    const response = await fetch(siteUrl("release.json"));
    if (!response.ok) return null;
    return await checkRelease({
      list: new Uint8Array(await response.arrayBuffer()),
      bytesHere: filesHere(fetched),
      onProgress: (done, total) => onStep({ what: msg`Hashing the page's files`, done, total }),
    });
  } catch {
    return null;
  }
}
