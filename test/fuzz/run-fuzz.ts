import { availableParallelism } from "node:os";
import { type RunnerOptions, runCases } from "./case-runner.ts";
import type { CaseResult, FuzzCase } from "./cases.ts";
import { badFixtures, goodFixtures } from "./fixtures.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** Mutations, spread evenly over the good fixtures. */
  readonly count: number;
  /** Real slides are read as they are, and not damaged: they are large. Default: false. */
  readonly isBrief?: boolean;
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

function planCases({ seed, count, only = "", isBrief = false }: FuzzOptions): FuzzCase[] {
  const [name = "", number] = only.split("#");
  if (number !== undefined) return [{ fixture: name, number: Number(number), seed }];
  const good = goodFixtures().filter((fixture) => fixture.name.includes(name));
  const bad = badFixtures().filter((fixture) => fixture.name.includes(name));
  const asTheyAre = [...bad, ...good].map((fixture) => ({ fixture: fixture.name, number: null, seed }));
  const damaged = isBrief ? good.filter(({ name: title }) => !title.startsWith("real/")) : good;
  const mutations = Array.from({ length: damaged.length === 0 ? 0 : count }, (_, i) => ({
    fixture: damaged[i % damaged.length]?.name ?? "",
    number: Math.floor(i / damaged.length),
    seed,
  }));
  return [...asTheyAre, ...mutations];
}
