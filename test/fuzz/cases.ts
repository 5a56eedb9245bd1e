/** One file to be read: a fixture damaged by mutation `number` of `seed`, or as it is. */
export interface FuzzCase {
  readonly fixture: string;
  /** Null: as it is. */
  readonly number: number | null;
  readonly seed: number;
}

/** What a case led to, with what it cost. */
export interface CaseResult {
  readonly title: string;
  readonly fixture: string;
  /** For a person, such as "bits flipped". */
  readonly kind: string;
  /** "read", the code of the refusal, or "fault". */
  readonly outcome: string;
  readonly sentence: string | null;
  readonly faults: readonly string[];
  readonly cpuMs: number;
  /** Greatest resident memory above rest while the case ran. */
  readonly peakBytes: number;
}

/** Asked of every file, by the issue that set the reader's limits. */
export const LIMITS = {
  /** Of processor time: the machine may be busy with other things. */
  cpuMs: 5000,
  /** Beyond so much time on the clock nothing is awaited. */
  wallMs: 60_000,
  peakBytes: 256 * 1024 * 1024,
  /** The machine is protected from what passes this. */
  deadlyBytes: 1536 * 1024 * 1024,
} as const;

export function titleOf({ fixture, number }: Pick<FuzzCase, "fixture" | "number">): string {
  return number === null ? fixture : `${fixture}#${number}`;
}
