import type { TrustReport } from "./types.ts";

/** The report as plain JSON for a file. */
export function trustRecord(report: TrustReport): Readonly<Record<string, unknown>> {
  const { version, packId, when, light, isOverruled, checks } = report;
  return {
    version,
    packId,
    when,
    light,
    isOverruled,
    checks: checks.map(({ id, light: own, reason, facts }) => ({ id, light: own, reason, facts })),
  };
}

/** Such as "amber: A pixel is 20 µm wide …", of the checks that are not green; "green" alone where all are. For a cell of a table. */
export function trustLine({ light, checks, isOverruled }: TrustReport): string {
  const doubts = checks.filter((check) => check.light !== "green").map(({ reason }) => reason);
  const overruled = isOverruled ? ["Analyzed all the same."] : [];
  return [doubts.length === 0 ? light : `${light}: ${doubts.join(" ")}`, ...overruled].join(" ");
}
