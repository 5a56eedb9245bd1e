import { expect, it } from "vitest";
import { PATCH_COLUMNS, patchesToCsv } from "../../../src/engine/classification/patches-csv.ts";
import { classificationRecord } from "../../../src/engine/classification/record.ts";
import { smallClassification } from "../app/fakes.ts";

it("a table has a line for the slide and one for each patch that was looked at", () => {
  const text = patchesToCsv(smallClassification(), { slideName: "=a,b.svs", appVersion: "9" });
  const [head, summary, ...patches] = text.trimEnd().split("\r\n");
  expect(head).toBe(PATCH_COLUMNS.join(","));
  expect(summary).toMatch(/^summary,,,,,,,haemorrhage,0.7,0.82,0.5,0.5,no,"'=a,b.svs",fake,0,9,"?Research use only/);
  expect(patches).toHaveLength(7);
  expect(patches[3]).toMatch(/^patch,4,0,1000,1000,1000,0.3,haemorrhage,,,/);
});

it("a record lists the strongest patches of both sides and says how many were looked at", () => {
  const record = classificationRecord(smallClassification());
  expect(record).toMatchObject({
    predicted: "haemorrhage",
    decision: 0.7,
    confidence: 0.82,
    probabilities: { tumour: 0.18, haemorrhage: 0.82 },
    patches: { laid: 8, used: 7 },
  });
  expect(record.supporting[0]).toEqual({ x0: 0, y0: 0, width0: 1000, height0: 1000, evidence: 0.5 });
  expect(record.opposing.map(({ evidence }) => evidence)).toEqual([-0.4, -0.1]);
});

it("the decision is that of the second class of two, whichever won, and the winner's mean of more", () => {
  const lost = classificationRecord(
    smallClassification({
      predicted: "tumour",
      pairs: [{ positive: "haemorrhage", negative: "tumour", decision: -0.7, confidence: 0.2 }],
    }),
  );
  expect(lost.decision).toBe(-0.7);
  const three = classificationRecord(
    smallClassification({
      classes: ["a", "b", "c"],
      predicted: "b",
      probabilities: [0.2, 0.6, 0.2],
      pairs: [
        { positive: "b", negative: "a", decision: 1, confidence: 0.7 },
        { positive: "c", negative: "a", decision: 5, confidence: 0.9 },
        { positive: "c", negative: "b", decision: -2, confidence: 0.1 },
      ],
    }),
  );
  expect(three.decision).toBe(1.5);
});
