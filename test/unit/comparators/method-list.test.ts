import { expect, test } from "vitest";
import { parseMethods } from "../../../src/cli/method-list.ts";

const KNOWN = ["graphrlm", "svm-mf", "svm-cnn"] as const;

test("methods are taken in the order in which they are named, once each; all of them by default", () => {
  expect(parseMethods("svm-cnn, graphrlm,svm-cnn", KNOWN)).toEqual(["svm-cnn", "graphrlm"]);
  expect(parseMethods(undefined, KNOWN)).toEqual([...KNOWN]);
});

test("an unknown method is refused with the known ones", () => {
  expect(() => parseMethods("svm-mf,unet", KNOWN)).toThrow(
    'Expected --methods to name some of graphrlm, svm-mf, svm-cnn, found "unet".',
  );
});
