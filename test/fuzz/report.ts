import type { CaseResult } from "./cases.ts";

/** What a person reads: every outcome by fixture and by kind of damage, every broken file with its sentence, every fault. */
export function reportOf(
  results: readonly CaseResult[],
  { seed, only }: { readonly seed: number; readonly only?: string | undefined },
): string {
  const mutations = results.filter(({ title }) => title.includes("#"));
  const files = results.filter(({ title }) => !title.includes("#"));
  const faults = results.filter(({ outcome }) => outcome === "fault");
  const slowest = [...results].sort((a, b) => b.cpuMs - a.cpuMs).slice(0, 10);
  const largest = [...results].sort((a, b) => b.peakBytes - a.peakBytes).slice(0, 10);
  return [
    "# Broken files and what became of them",
    `Seed ${seed}${only ? `, only ${only}` : ""}: ${files.length} files as they are, ${mutations.length} damaged ones, ${faults.length} faults.`,
    `\`npm run fuzz -- --seed ${seed} --only NAME#NUMBER\` reads one of them again.`,
    "## Faults",
    faults.length === 0
      ? "None."
      : faults.map((fault) => `- ${fault.title} (${fault.kind}): ${fault.faults.join("; ")}`).join("\n"),
    "## By kind of damage",
    countTable(mutations, "damage", ({ kind }) => kind),
    "## By fixture",
    countTable(mutations, "fixture", ({ fixture }) => fixture),
    "## Files as they are",
    table(
      ["file", "outcome", "sentence"],
      files.map(({ title, outcome, sentence }) => [title, outcome, sentence ?? ""]),
    ),
    "## Slowest",
    table(
      ["case", "damage", "processor time"],
      slowest.map(({ title, kind, cpuMs }) => [title, kind, `${Math.round(cpuMs)} ms`]),
    ),
    "## Greatest memory above rest",
    table(
      ["case", "damage", "memory"],
      largest.map(({ title, kind, peakBytes }) => [title, kind, `${Math.round(peakBytes / 2 ** 20)} MB`]),
    ),
    "",
  ].join("\n\n");
}

function countTable(results: readonly CaseResult[], title: string, groupOf: (result: CaseResult) => string): string {
  const outcomes = [...new Set(results.map(({ outcome }) => outcome))].sort();
  const groups = [...new Set(results.map(groupOf))].sort();
  const rows = groups.map((group) => {
    const inside = results.filter((result) => groupOf(result) === group);
    const counts = outcomes.map((outcome) => inside.filter((result) => result.outcome === outcome).length);
    return [group, ...counts.map((count) => (count === 0 ? "" : String(count)))];
  });
  return table([title, ...outcomes], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
