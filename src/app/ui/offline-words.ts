import type { OfflineReport } from "../../service-worker/protocol.ts";
import { formatBytes } from "../report/numbers.ts";
import type { PageUpdate, Readiness } from "../state/offline.ts";
import { retell, t } from "../words/words.ts";

/** A few words for the status line. */
export function offlineWords(readiness: Readiness): string {
  switch (readiness.kind) {
    case "finding-out":
      return "";
    case "unavailable":
      return t`Online only`;
    case "fetching":
      return t`Keeping for offline use: ${progressWords(readiness.report)}`;
    case "verifying":
      return t`Checking every file …`;
    case "incomplete": {
      const missing = readiness.report.files.filter(({ isKept }) => !isKept).length;
      return missing === 1
        ? t`Not ready for offline use: 1 file missing`
        : t`Not ready for offline use: ${missing} files missing`;
    }
    case "ready":
      return t`Offline ready`;
  }
}

/** "12 of 57 files, 23 of 63 MB" */
export function progressWords({ files, bytesDone, bytesTotal }: OfflineReport): string {
  const kept = files.filter(({ isKept }) => isKept).length;
  return t`${kept} of ${files.length} files, ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`;
}

/** What the state means, in a sentence or two. */
export function offlineSentence(readiness: Readiness): string {
  switch (readiness.kind) {
    case "finding-out":
      return t`Finding out what is kept on this computer.`;
    case "unavailable":
      return t`${retell(readiness.why)} The page works, but only while its server can be reached.`;
    case "fetching":
      return t`The page is being kept on this computer. What is here already stays when the connection breaks off.`;
    case "verifying":
      return t`The SHA-256 of every kept file is being computed again.`;
    case "incomplete":
      return t`With the network off, what needs the files below will not work. What could not be kept says why.`;
    case "ready": {
      const { files, bytesTotal } = readiness.report;
      return t`The page opens and works with the network off: ${files.length} files, ${formatBytes(bytesTotal)}, every byte checked against the SHA-256 of the release.`;
    }
  }
}

/** What is known of another version; null when nothing is. */
export function updateSentence(update: PageUpdate): string | null {
  switch (update.kind) {
    case "none":
      return null;
    case "fetching":
      return t`A new version is coming in: ${progressWords(update.report)}. This one goes on meanwhile.`;
    case "incomplete": {
      const refused = update.report.files.find(({ isKept }) => !isKept);
      const why = refused?.why ? retell(refused.why) : t`not fetched yet`;
      const what = refused ? ` (${refused.path}: ${why})` : "";
      return t`A new version is on the server, but not all of it could be fetched${what}. This one goes on.`;
    }
    case "offered":
      return t`A new version is here. The page reloads with it when you press Update, or the next time it is opened.`;
    case "held-back":
      return t`Palisade is open in another tab or window, which the new version would disturb: close it there, then press Update.`;
    case "taking-over":
      return t`The new version takes over.`;
  }
}
