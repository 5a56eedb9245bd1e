import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type CaseResult, type FuzzCase, LIMITS, titleOf } from "./cases.ts";

export interface RunnerOptions {
  /** Cases read at once, each in a process of its own. */
  readonly processes: number;
  /** No case is started after this, in milliseconds of `Date.now()`. */
  readonly until?: number;
  readonly onResult?: (result: CaseResult) => void;
}

const PROGRAM = fileURLToPath(new URL("./case-process.ts", import.meta.url));

/**
 * Reads every case in a child process. One that ends its process, or takes more than `LIMITS`, is read once more alone in a
 * fresh process; what counts is how it fares there.
 */
export async function runCases(cases: readonly FuzzCase[], options: RunnerOptions): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const doubtful: FuzzCase[] = [];
  let next = 0;
  const take = (): FuzzCase | undefined => (Date.now() < (options.until ?? Infinity) ? cases[next++] : undefined);
  async function work(): Promise<void> {
    const reader = new CaseReader();
    for (let fuzzCase = take(); fuzzCase; fuzzCase = take()) {
      const result = await reader.read(fuzzCase);
      if (isOver(result) || result.kind === ENDED) doubtful.push(fuzzCase);
      else keep(result);
    }
    reader.close();
  }
  function keep(result: CaseResult): void {
    results.push(result);
    options.onResult?.(result);
  }
  await Promise.all(Array.from({ length: options.processes }, work));
  for (const fuzzCase of doubtful) {
    const reader = new CaseReader();
    keep(judge(await reader.read(fuzzCase)));
    reader.close();
  }
  return results;
}

const ENDED = "ended its process";

function isOver({ cpuMs, peakBytes }: CaseResult): boolean {
  return cpuMs > LIMITS.cpuMs || peakBytes > LIMITS.peakBytes;
}

function judge(result: CaseResult): CaseResult {
  if (!isOver(result)) return result;
  const cost = `it took ${(result.cpuMs / 1000).toFixed(1)} s and ${result.peakBytes >> 20} MB above rest`;
  return { ...result, outcome: "fault", faults: [...result.faults, cost] };
}

/** A child process that reads one case after another, started again when it ended. */
class CaseReader {
  #child: ChildProcess | null = null;
  #lastWords = "";

  async read(fuzzCase: FuzzCase): Promise<CaseResult> {
    const child = this.#child ?? (await this.#start());
    return await new Promise((resolve) => {
      const heard = (result: CaseResult): void => {
        child.off("exit", ended);
        resolve(result);
      };
      const ended = (code: number | null, signal: string | null): void => {
        child.off("message", heard);
        this.#child = null;
        const reason = this.#lastWords.trim() || `its process ended with ${signal ?? code}`;
        resolve(endedResult(fuzzCase, reason));
      };
      child.once("message", heard);
      child.once("exit", ended);
      child.send(fuzzCase);
    });
  }

  close(): void {
    this.#child?.kill();
  }

  async #start(): Promise<ChildProcess> {
    const execArgv = ["--import", "tsx", "--expose-gc"];
    const child = fork(PROGRAM, { execArgv, stdio: ["ignore", "ignore", "pipe", "ipc"] });
    this.#child = child;
    this.#lastWords = "";
    child.stderr?.on("data", (data: Buffer) => {
      this.#lastWords = (this.#lastWords + data.toString()).slice(-2000);
    });
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", () => reject(new Error(`the reading process did not start: ${this.#lastWords}`)));
    });
    child.removeAllListeners("exit");
    return child;
  }
}

function endedResult(fuzzCase: FuzzCase, reason: string): CaseResult {
  return {
    title: titleOf(fuzzCase),
    fixture: fuzzCase.fixture,
    kind: ENDED,
    outcome: "fault",
    sentence: null,
    faults: [reason],
    cpuMs: 0,
    peakBytes: 0,
  };
}
