import { expect, test } from "vitest";
import { markdownTable, replaceTable } from "../../../tools/reproduce/document.ts";

const DOCUMENT = "Before.\n\n<!-- table: a -->\nold\n<!-- end of table: a -->\n\nAfter.\n";

test("a table is replaced and the text around it stays", () => {
  const table = markdownTable(["pack", "S"], [["one", "0.8"]]);
  const replaced = replaceTable(DOCUMENT, "a", table);
  expect(replaced).toBe(
    "Before.\n\n<!-- table: a -->\n| pack | S |\n|---|---|\n| one | 0.8 |\n<!-- end of table: a -->\n\nAfter.\n",
  );
  expect(replaceTable(replaced, "a", table)).toBe(replaced);
});

test("a document without the place is refused, with the lines it lacks", () => {
  expect(() => replaceTable(DOCUMENT, "b", "")).toThrow('Expected the lines "<!-- table: b -->"');
});
