import { execFileSync } from "node:child_process";

/**
 * The date that the archive's files bear: that of the commit, so that the same commit gives the same archive and two releases
 * never have the same date, by which web servers and browsers tell their files apart. `SOURCE_DATE_EPOCH` (seconds) goes before
 * it; without either it is now.
 */
export function releaseDate(root: string): Date {
  const epoch = process.env["SOURCE_DATE_EPOCH"];
  if (epoch !== undefined && /^\d+$/.test(epoch)) return new Date(Number(epoch) * 1000);
  try {
    const seconds = execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8", stdio: "pipe" });
    return new Date(Number(seconds) * 1000);
  } catch {
    return new Date();
  }
}
