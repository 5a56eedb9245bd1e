import { describe, expect, it } from "vitest";
import { parseClassificationTable } from "../../../src/cli/classification-table.ts";
import { csvRows } from "../../../src/cli/csv-rows.ts";

const parse = (text: string) => parseClassificationTable(text, "/data/table.csv");

describe("a classification table", () => {
  it("is read with columns in any order, a byte order mark, CR LF, quotes and columns that nobody asked for", () => {
    const text =
      '\uFEFFgroup,"Image",note,label,mpp\r\np1,"a, ""b"".png","two\r\nlines",tumour,0.5\r\n\r\np2, c.png ,,"haemorrhage",\r\n';
    expect(parse(text)).toEqual([
      { name: 'a, "b".png', path: '/data/a, "b".png', shortName: 'a, "b"', label: "tumour", group: "p1", mpp: 0.5 },
      { name: "c.png", path: "/data/c.png", shortName: "c", label: "haemorrhage", group: "p2", mpp: null },
    ]);
  });

  it("needs no column mpp, no last line end, and takes absolute paths as they are", () => {
    expect(parse("image,label,group\n/elsewhere/a.png,x,1")).toEqual([
      { name: "/elsewhere/a.png", path: "/elsewhere/a.png", shortName: "a", label: "x", group: "1", mpp: null },
    ]);
  });

  it.each([
    ["", "in the first line, found an empty file"],
    ["image;label;group\na;b;c\n", 'found "image;label;group"'],
    ["image,label,patient\na,b,c\n", 'found "image", "label", "patient"'],
    ["image,label,group,label\na,b,c,d\n", "once each"],
    ["image,label,group\n", "a line for each image, found none"],
    ["image,label,group\na.png,x\n", "3 fields in line 2 as in the first line, found 2"],
    ["image,label,group\na.png,x,1\nb.png, ,2\n", "a value for label in line 3, found none"],
    ["image,label,group,mpp\na.png,x,1,0\n", 'for mpp in line 2, found "0"'],
    ["image,label,group,mpp\na.png,x,1,half\n", 'for mpp in line 2, found "half"'],
    ["image,label,group\na.png,x,1\nb.png,x,1\na.png,y,2\n", 'each image once, found "a.png" in lines 2 and 4'],
    ['image,label,group\n"a.png,x,1\n', "from line 2 on that is not"],
    ['image,label,group\na"b.png,x,1\n', "stray quote in line 2"],
    ['image,label,group\n"a"b,x,1\n', "stray quote in line 2"],
  ])("%j is refused with a sentence", (text, sentence) => {
    expect(() => parse(text)).toThrow(sentence);
  });

  it("keeps the number of the line where a row starts", () => {
    expect(csvRows('a\n\n"b\nc"\nd')).toEqual([
      { line: 1, fields: ["a"] },
      { line: 3, fields: ["b\nc"] },
      { line: 5, fields: ["d"] },
    ]);
  });
});
