import type { Command } from "../command.ts";
import { checkTask } from "../task.ts";
import { CLASSIFICATION_USAGE, evaluateClassification } from "./evaluate-classification.ts";
import { evaluateSegmentation, SEGMENTATION_USAGE } from "./evaluate-segmentation.ts";

export const evaluate: Command = {
  usage: `${SEGMENTATION_USAGE}\n${CLASSIFICATION_USAGE}`,
  run: async ([task, ...args]) => {
    if (checkTask("evaluate", task) === "segmentation") await evaluateSegmentation(args);
    else await evaluateClassification(args);
  },
};
