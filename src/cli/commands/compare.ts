import { AppError } from "../../engine/base/errors.ts";
import type { Command } from "../command.ts";
import { COMPARE_CLASSIFICATION_USAGE, compareClassificationMethods } from "./compare-classification.ts";
import { COMPARE_SEGMENTATION_USAGE, compareSegmentationMethods } from "./compare-segmentation.ts";

export const compare: Command = {
  usage: `${COMPARE_SEGMENTATION_USAGE}\n${COMPARE_CLASSIFICATION_USAGE}`,
  run: async ([task, ...args]) => {
    if (task === "segmentation") return await compareSegmentationMethods(args);
    if (task === "classification") return await compareClassificationMethods(args);
    throw new AppError(
      "cli/usage",
      `Expected "compare segmentation" or "compare classification", found "${["compare", task].join(" ").trim()}".`,
    );
  },
};
