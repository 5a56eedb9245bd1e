import type { CheckedFile, CheckedRelease } from "../proof/release.ts";
import { formatBytes } from "../report/numbers.ts";
import { msg, say, t } from "../words/words.ts";

const WORDS = { equal: msg`equal`, unequal: msg`NOT equal`, "not-here": msg`not here` } as const;

/** Whether what this browser has of the page is what its release lists, byte for byte. */
export function ReleaseCheck({ release }: { readonly release: CheckedRelease | null }) {
  if (!release) {
    return (
      <p class="remark">
        {t`This copy of the page carries no release.json with the hashes of its files: it was not made by a release, or its host left that file out.`}
      </p>
    );
  }
  return (
    <>
      <p class={numberOf(release, "unequal") > 0 ? "is-open" : undefined}>{releaseWords(release)}</p>
      <p>
        {t`SHA-256 of release.json, to compare with the published one:`} <code class="hash">{release.sha256}</code>
      </p>
      <details>
        <summary>{t`All files`}</summary>
        <table class="release-files">
          <tbody>
            {release.files.map((file) => (
              <FileRow key={file.path} file={file} />
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

function FileRow({ file: { path, bytes, sha256, state } }: { readonly file: CheckedFile }) {
  return (
    <tr class={state === "unequal" ? "is-open" : undefined}>
      <td title={`SHA-256 ${sha256}`}>{path}</td>
      <td class="figure">{formatBytes(bytes)}</td>
      <td>{say(WORDS[state])}</td>
    </tr>
  );
}

/** "Release 0.1.0: 41 files hashed, all equal; 3 not on this computer yet." */
export function releaseWords(release: CheckedRelease): string {
  const unequal = numberOf(release, "unequal");
  const hashed = numberOf(release, "equal") + unequal;
  const missing = numberOf(release, "not-here");
  const verdict = unequal === 0 ? t`all equal` : t`${unequal} NOT equal`;
  return t`Release ${release.version}: ${hashed} files hashed, ${verdict}${missing > 0 ? t`; ${missing} not on this computer yet` : ""}.`;
}

function numberOf({ files }: CheckedRelease, state: CheckedFile["state"]): number {
  return files.filter((file) => file.state === state).length;
}
