import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { nodeDecoders } from "../../src/cli/open-slide.ts";
import { extractorExecutor } from "../../src/engine/analysis/extractor-executor.ts";
import { emptyPlanes, finalGrid, mergeTask } from "../../src/engine/analysis/lattice-planes.ts";
import { runTasks } from "../../src/engine/analysis/run-tasks.ts";
import { nodeBackend } from "../../src/engine/features/backend-node.ts";
import { webBackend } from "../../src/engine/features/backend-web.ts";
import { openExtractor } from "../../src/engine/features/extractor.ts";
import { segmentationSvms } from "../../src/engine/features/pack-head.ts";
import { selfTestPicture } from "../../src/engine/features/self-test.ts";
import type { Backend } from "../../src/engine/features/types.ts";
import { planLattice } from "../../src/engine/patches/lattice.ts";
import { planTasks } from "../../src/engine/patches/plan.ts";
import { supertileShape } from "../../src/engine/patches/supertile.ts";
import { bytesSource } from "../../src/engine/slide/blob-source.ts";
import { openSlide } from "../../src/engine/slide/open.ts";
import { writeTiff } from "../../src/engine/slide/tiff/write-tiff.ts";
import { type Configuration, denseConfigurations } from "./dense-configurations.ts";

const RUNTIME_BASE = new URL("../../node_modules/onnxruntime-web/dist/", import.meta.url).href;

/** What takes less than this is run several times, and the median counts: one short run says little. */
const SHORT_SECONDS = 5;
const SHORT_RUNS = 7;

interface Timing {
  readonly seconds: number;
  /** Of all threads together: on a busy machine steadier than the time on the wall. */
  readonly cpuSeconds: number;
  readonly tasks: number;
  readonly timedTasks: number;
  readonly patches: number;
}

/** `npm run bench -- dense [--side PIXELS] [--seed N] [--pack PACK]`: the same field at the same stride in three ways, wasm and native. */
export async function runDenseBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { side: { type: "string" }, seed: { type: "string" }, pack: { type: "string" } },
  });
  const side = Number(values.side ?? 1024);
  const field = makeField(side, Number(values.seed ?? 1));
  const configurations = await denseConfigurations(values.pack ?? "necrosis-lowpower");
  const stride = configurations[0]?.loaded.pack.sampling.stride;
  console.log(`Field of ${side} x ${side} source pixels (seeded texture, a TIFF in memory), stride ${stride}.`);
  console.log(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} threads, Node ${process.version}.`);
  console.log(
    `Session opening and one warm-up task are not counted; reading, resizing and merging are. Short runs: median of ${SHORT_RUNS}.`,
  );
  const wasm = await webBackend({ kind: "wasm", runtimeBase: RUNTIME_BASE });
  await compare(`wasm: ${wasm.info.runtime} in Node, one thread`, wasm, configurations, field, side);
  const native = await nodeBackend();
  await compare(`native: ${native.info.runtime}, all cores`, native, configurations, field, side);
}

async function compare(
  title: string,
  backend: Backend,
  configurations: readonly Configuration[],
  field: Uint8Array<ArrayBuffer>,
  side: number,
): Promise<void> {
  console.log(`\n${title}`);
  console.log(
    `${"configuration".padEnd(34)}${"patches".padStart(9)}${"seconds".padStart(11)}${"times faster".padStart(15)}${"CPU s".padStart(10)}`,
  );
  let slowest = Number.NaN;
  for (const configuration of configurations) {
    const timing = await time(configuration, backend, field, side);
    if (Number.isNaN(slowest)) slowest = timing.seconds;
    const isScaled = timing.timedTasks < timing.tasks;
    console.log(
      `${configuration.name.padEnd(34)}${String(timing.patches).padStart(9)}${digits(timing.seconds).padStart(11)}${(slowest / timing.seconds).toFixed(1).padStart(15)}${digits(timing.cpuSeconds).padStart(10)}${isScaled ? `   (timed on ${timing.timedTasks} of ${timing.tasks} tasks and scaled)` : ""}`,
    );
  }
}

/** Time for the confidences of the whole field, tissue everywhere. */
async function time(
  { loaded, sampleTasks }: Configuration,
  backend: Backend,
  field: Uint8Array<ArrayBuffer>,
  side: number,
): Promise<Timing> {
  const { pack } = loaded;
  const { mpp } = pack.sampling;
  const pixelSize = { mppX: mpp, mppY: mpp };
  const lattice = planLattice({ width0: side, height0: side, pixelSize, pack });
  const tissue = new Uint8Array(lattice.cols * lattice.rows).fill(1);
  const plan = planTasks(lattice, tissue, {
    mode: pack.sampling.mode,
    maxPositions: supertileShape(lattice, pack),
  });
  const tasks = plan.passes.flat();
  const timed = sampleTasks === null ? tasks : spread(tasks, sampleTasks);
  const slide = await openSlide(bytesSource(field, "field.tif"), nodeDecoders());
  const extractor = await openExtractor({ backend, loaded });
  const executor = extractorExecutor({ slide, lattice, extractor, backend: backend.info });
  const planes = emptyPlanes(lattice, pack.svms.length);
  try {
    await runTasks(tasks.slice(0, 1), executor, { onDone: () => {} });
    const runs: { seconds: number; cpuSeconds: number }[] = [];
    do {
      const startedMs = performance.now();
      const startedCpu = process.cpuUsage();
      await runTasks(timed, executor, {
        onDone: (task, found) => mergeTask(planes, lattice, plan.needed, task, found),
      });
      finalGrid({ lattice, planes, tissue, svms: segmentationSvms(pack), classes: pack.classes });
      const { user, system } = process.cpuUsage(startedCpu);
      runs.push({ seconds: (performance.now() - startedMs) / 1000, cpuSeconds: (user + system) / 1e6 });
    } while (runs.length < SHORT_RUNS && (runs[0]?.seconds ?? 0) < SHORT_SECONDS);
    const { seconds, cpuSeconds } = medianRun(runs);
    const patches = (lattice.cols - lattice.patchStrides + 1) * (lattice.rows - lattice.patchStrides + 1);
    // Patch by patch a task's positions beyond the last patch count for nothing: the scale goes by patches, not tasks.
    const timedPatches = timed.reduce((sum, task) => sum + task.cols * task.rows, 0);
    const scale = timed.length < tasks.length ? patches / timedPatches : 1;
    return {
      seconds: seconds * scale,
      cpuSeconds: cpuSeconds * scale,
      tasks: tasks.length,
      timedTasks: timed.length,
      patches,
    };
  } finally {
    await executor.close();
    slide.close();
  }
}

function digits(seconds: number): string {
  return seconds.toFixed(seconds < 10 ? 3 : 1);
}

function spread<T>(items: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)]!);
}

function makeField(side: number, seed: number): Uint8Array<ArrayBuffer> {
  const { data } = selfTestPicture(seed, side, side);
  return writeTiff([{ width: side, height: side, pixels: { kind: "rgba8", data }, compression: "none" }]);
}

function medianRun<T extends { readonly seconds: number }>(runs: readonly T[]): T {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  return sorted[Math.floor(sorted.length / 2)]!;
}
