// Not TypeScript: Node 20 gives a worker thread no loader for it.
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

const EVERY_MS = 4;
const { shared, at, limits } = workerData;

/** Sees what the thread that reads costs, even while it is in a loop, and ends the process when it takes too much. */
setInterval(() => {
  const startedMs = shared[at.wallMs];
  if (startedMs === 0) return;
  const bytes = process.memoryUsage.rss();
  if (bytes > shared[at.peakBytes]) shared[at.peakBytes] = bytes;
  const { user, system } = process.cpuUsage();
  const cpuMs = (user + system) / 1000 - shared[at.cpuMs];
  if (cpuMs > limits.cpuMs) end(`it took more than ${limits.cpuMs / 1000} s of processor time`);
  if (Date.now() - startedMs > limits.wallMs) end(`no answer within ${limits.wallMs / 1000} s`);
  if (bytes - shared[at.restBytes] > limits.deadlyBytes) end(`it took more than ${limits.deadlyBytes >> 20} MB`);
}, EVERY_MS);

/** A loop in the other thread cannot be stopped from inside; the process goes, and its parent starts another. */
function end(reason) {
  writeSync(2, `ended: ${reason}\n`);
  process.kill(process.pid, "SIGKILL");
}
