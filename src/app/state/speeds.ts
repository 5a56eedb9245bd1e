import type { Speed } from "../../engine/analysis/speed.ts";
import type { BackendInfo, BackendName } from "../../engine/features/types.ts";

/** How fast this computer runs one model, as it was measured once. It says nothing of any slide. */
export interface KeptSpeed extends Speed {
  readonly packSha256: string;
  /** What computed. */
  readonly backend: BackendName;
  /** What had been expected to: another one where a GPU failed its self-test. */
  readonly expected: BackendName;
  readonly device: string;
  /** Hardware threads that the browser told. */
  readonly threads: number;
  /** Milliseconds since 1970. */
  readonly measuredAt: number;
}

/** Where measurements rest between visits; one that fails keeps quiet and forgets. */
export interface SpeedStore {
  load(): Promise<readonly KeptSpeed[]>;
  save(speeds: readonly KeptSpeed[]): Promise<void>;
}

/** Kept at most; the oldest go. */
const MOST = 32;

/** `speeds` with one more, which takes the place of those of the same model, backend and computer. */
export function withSpeed(speeds: readonly KeptSpeed[], next: KeptSpeed): readonly KeptSpeed[] {
  const others = speeds.filter((speed) => !isSameSetting(speed, next));
  return [next, ...others].slice(0, MOST);
}

/** The latest measurement that holds for a model here: on the backend that a run would use, as far as is known. */
export function speedOf(
  speeds: readonly KeptSpeed[],
  here: { readonly packSha256: string; readonly threads: number; readonly backend: BackendInfo },
): KeptSpeed | null {
  const { packSha256, threads, backend } = here;
  return (
    speeds.find(
      (speed) =>
        speed.packSha256 === packSha256 &&
        speed.threads === threads &&
        (speed.backend === backend.name || speed.expected === backend.name),
    ) ?? null
  );
}

function isSameSetting(a: KeptSpeed, b: KeptSpeed): boolean {
  return (
    a.packSha256 === b.packSha256 && a.threads === b.threads && a.backend === b.backend && a.expected === b.expected
  );
}
