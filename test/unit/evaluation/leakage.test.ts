import { expect, test } from "vitest";
import { isAppError } from "../../../src/engine/base/errors.ts";
import { checkApart, checkFolds, overlapWith } from "../../../src/engine/evaluation/leakage.ts";

const trained = { images: ["a.1", "a.2", "b.1"], groups: ["a", "b"] };

test("images of other groups are apart", () => {
  expect(() => checkApart([{ name: "c.1", group: "c" }], trained)).not.toThrow();
});

test("another image of a trained group is refused, and so is a trained image under another group's name", () => {
  expect(() =>
    checkApart(
      [
        { name: "c.1", group: "c" },
        { name: "a.9", group: "a" },
      ],
      trained,
    ),
  ).toThrow("found the groups a in its training record");
  expect(() => checkApart([{ name: "b.1", group: "other" }], trained)).toThrow("found the images b.1");
});

test("the refusal has a code and names a few groups of many", () => {
  const many = Array.from({ length: 9 }, (_, i) => `g${i}`);
  const images = many.map((group) => ({ name: `${group}.1`, group }));
  try {
    checkApart(images, { images: [], groups: many });
    expect.unreachable();
  } catch (error) {
    expect(isAppError(error, "evaluation/group-on-both-sides")).toBe(true);
    expect(String(error)).toContain("g0, g1, g2, g3, g4 and 4 more");
  }
});

test("the overlap lists what is shared", () => {
  const images = [
    { name: "a.1", group: "a" },
    { name: "a.7", group: "a" },
    { name: "z", group: "z" },
  ];
  expect(overlapWith(images, trained)).toEqual({ images: ["a.1"], groups: ["a"] });
});

test("folds that split a group are refused", () => {
  expect(() => checkFolds(["a", "b", "a"], [0, 1, 0])).not.toThrow();
  expect(() => checkFolds(["a", "b", "a", "b"], [0, 1, 1, 1])).toThrow("Expected every group in one fold, found a in");
});
