import { availableParallelism } from "node:os";
import { type RunnerOptions, runCases } from "./case-runner.ts";
import type { CaseResult, FuzzCase } from "./cases.ts";
import { badFixtures, goodFixtures } from "./fixtures.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** Mutations, spread evenly over the good fixtures. */
  readonly count: number;
  /** Fixtures whose name contains this; "NAME#NUMBER" reads that one mutation. */
  readonly only?: string;
  /** No case is started after so many minutes. Default: no limit. */
  readonly minutes?: number;
  readonly onResult?: (result: CaseResult) => void;
}

/** Reads every good fixture as it is, every bad one, and `count` mutations. */
export async function runFuzz(options: FuzzOptions): Promise<CaseResult[]> {
  const { minutes, onResult } = options;
  const runner: RunnerOptions = {
    processes: Math.min(4, availableParallelism()),
    ...(minutes === undefined ? {} : { until: Date.now() + minutes * 60_000 }),
    ...(onResult ? { onResult } : {}),
  };
  return await runCases(planCases(options), runner);
}

function planCases({ seed, count, only = "" }: FuzzOptions): FuzzCase[] {
  const [name = "", number] = only.split("#");
  if (number !== undefined) return [{ fixture: name, number: Number(number), seed }];
  const good = goodFixtures().filter((fixture) => fixture.name.includes(name));
  const bad = badFixtures().filter((fixture) => fixture.name.includes(name));
  const asTheyAre = [...bad, ...good].map((fixture) => ({ fixture: fixture.name, number: null, seed }));
  const mutations = Array.from({ length: good.length === 0 ? 0 : count }, (_, i) => ({
    fixture: good[i % good.length]?.name ?? "",
    number: Math.floor(i / good.length),
    seed,
  }));
  return [...asTheyAre, ...mutations];
}
