import { sha256Hex } from "../base/sha256.ts";
import type { BackendInfo, BackendName } from "../features/types.ts";
import type { Plan } from "../patches/plan.ts";
import type { Lattice, SupertilePlanes } from "../patches/types.ts";

/** Raised whenever the same slide, pack and settings would give other numbers than before: what older versions kept is then not gone on with. */
export const NUMBERS_VERSION = 1;

/** What one task of a run found, as it is kept for a run that goes on later. */
export interface FinishedTask<Found = SupertilePlanes> {
  /** `SupertileTask.id`, or that of a `PatchTask`: the same in every run of the same plan. */
  readonly id: number;
  readonly found: Found;
  readonly backend: BackendName;
}

/** What an earlier run of the same plan finished before it ended. */
export interface EarlierWork<Found = SupertilePlanes> {
  /** `planName` of that run. With another plan nothing of it is used. */
  readonly plan: string;
  readonly tasks: readonly FinishedTask<Found>[];
  /** How long it took, runs before that included. */
  readonly seconds: number;
}

/** What a run tells of a task that it finished. */
export interface TaskReport<Found = SupertilePlanes> {
  readonly plan: string;
  /** Tasks of the plan. */
  readonly total: number;
  /** Since the run was started, without pauses, earlier runs included. */
  readonly seconds: number;
  /** The run needs it no longer: its buffers may be transferred. */
  readonly task: FinishedTask<Found>;
}

/** How a run goes on where an earlier one ended, and lets a later one go on. */
export interface ResumeOptions<Found = SupertilePlanes> {
  readonly earlier?: EarlierWork<Found> | null;
  /** Called once for each task that this run finishes; must not throw. */
  readonly onTask?: (report: TaskReport<Found>) => void;
}

/** Names a plan by all that tells what each of its tasks computes, but for the slide: of one slide, two runs with the same name may share tasks. */
export async function planName(
  packSha256: string,
  lattice: Lattice,
  plan: Pick<Plan, "passes" | "needed">,
): Promise<string> {
  const { needed, passes } = plan;
  const tasks = passes.flat().map(({ id, col, row, step, cols, rows }) => [id, col, row, step, cols, rows]);
  const text = new TextEncoder().encode(JSON.stringify([NUMBERS_VERSION, packSha256, lattice, tasks]));
  const bytes = new Uint8Array(text.length + needed.length);
  bytes.set(text);
  bytes.set(needed, text.length);
  return sha256Hex(bytes);
}

/** Tasks of an earlier run by their ids; none where the plan was another one. */
export function earlierTasks<Found>(
  earlier: EarlierWork<Found> | null | undefined,
  plan: string | null,
): ReadonlyMap<number, FinishedTask<Found>> {
  if (!earlier || earlier.plan !== plan) return new Map();
  return new Map(earlier.tasks.map((task) => [task.id, task]));
}

/** What a reader must know where parts were computed by different backends: their numbers agree within the self-test's tolerance, not bit for bit. */
export function backendNotes(earlier: Iterable<Pick<FinishedTask, "backend">>, { name }: BackendInfo): string[] {
  const others = [...new Set([...earlier].map(({ backend }) => backend))].filter((backend) => backend !== name);
  if (others.length === 0) return [];
  return [
    `A part was computed on ${others.join(" and ")} before the run was gone on with on ${name}; they agree within the tolerance of the model's self-test, not to the last digit.`,
  ];
}
