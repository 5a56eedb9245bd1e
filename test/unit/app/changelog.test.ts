import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseChangelog } from "../../../src/app/ui/changelog.ts";

describe("the changelog in the page", () => {
  it("has versions and entries, each in one piece", () => {
    const text = "# Changelog\n\n## 2.0\n\n- Opens `a`\n  and b.\n- Runs.\n\n## 1.0\n- First.\n";
    expect(parseChangelog(text)).toEqual([
      { version: "2.0", changes: ["Opens a and b.", "Runs."] },
      { version: "1.0", changes: ["First."] },
    ]);
  });

  it("shows every entry of the project's own", () => {
    const text = readFileSync("CHANGELOG.md", "utf8");
    const releases = parseChangelog(text);
    expect(releases.flatMap(({ changes }) => changes)).toHaveLength(text.match(/^- /gm)?.length ?? 0);
  });
});
