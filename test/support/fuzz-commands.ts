import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

/** What a test inside of the browser asks of the process that runs it. */
export const fuzzCommands = {
  /** Files that came broken: bombs, and those of others where they are present; bytes in base64. */
  async brokenFiles(): Promise<{ name: string; base64: string }[]> {
    const { badFixtures } = await import("../fuzz/fixtures.ts");
    return await Promise.all(
      badFixtures().map(async ({ name, load }) => {
        const bytes = (await load())[0]?.bytes ?? new Uint8Array(0);
        return { name, base64: Buffer.from(bytes).toString("base64") };
      }),
    );
  },

  /** Bytes resident in the browser's pages and workers; null on systems that do not tell. */
  pageBytes(): number | null {
    if (!existsSync("/proc/self/statm")) return null;
    return renderers().reduce((sum, pid) => sum + residentBytes(pid), 0);
  },

  /** Beside the report of the run in Node. */
  writeFuzzReport(_context: unknown, text: string): void {
    mkdirSync("out/fuzz", { recursive: true });
    writeFileSync("out/fuzz/report-chromium.md", text);
  },
};

const PAGE_BYTES = 4096;

let found: { pids: readonly number[]; atMs: number } = { pids: [], atMs: 0 };

/** Processes below this one that show pages, looked for once a second. */
function renderers(): readonly number[] {
  if (Date.now() - found.atMs > 1000) found = { pids: findRenderers(), atMs: Date.now() };
  return found.pids;
}

function findRenderers(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    const status = Number.isInteger(pid) ? readOrNothing(`/proc/${pid}/stat`) : "";
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    if (fields[1]) parents.set(pid, Number(fields[1]));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid) ?? 0;
    return parent === process.pid || (parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(
    (pid) => isBelow(pid) && readOrNothing(`/proc/${pid}/cmdline`).includes("=renderer"),
  );
}

function residentBytes(pid: number): number {
  return Number(readOrNothing(`/proc/${pid}/statm`).split(" ")[1] ?? 0) * PAGE_BYTES;
}

/** A process may end at any moment. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
