import type { Step } from "./step.ts";

const SECTIONS = ["--images", "DATA/sections/images", "--masks", "DATA/sections/masks"];
const NECROSIS = [...SECTIONS, "--positive", "5,5,5"];
const BLOCKS = ["--groups", "^([^.]+)", "--mpp", "10"];
/** Sections of the picture: large and small necrosis of each block that has some, and one without. */
const SHOWN = ["W3-1-1-A.2.04", "W3-1-1-B.2.03", "W3-1-1-C.2.02", "W3-1-1-D.2.01", "W30-1-1-D.02"];
const TILES = "OUT/haemorrhage.csv";

/** In the order of their cost, but for those that need another one's pack. Times are for two cores. */
export const STEPS: readonly Step[] = [
  trainStep("necrosis-lowpower", "the bundled pack", ["--positive", "5,5,5"]),
  {
    name: "robustness",
    about: "the bundled pack on its sections at other sizes and stains",
    data: "sections",
    commands: [
      [
        ...["test/bench/main.ts", "robustness", "--pack", "OUT/packs/necrosis-lowpower", ...NECROSIS],
        ...["--json", "OUT/robustness.json"],
      ],
    ],
    result: "robustness.json",
  },
  {
    name: "fitted",
    about: "the bundled pack on the sections that it was trained on, with every figure of an evaluation",
    data: "sections",
    commands: [
      [
        ...["evaluate", "segmentation", "--pack", "OUT/packs/necrosis-lowpower", ...NECROSIS, ...BLOCKS],
        ...["--fitted", "--report", "OUT/fitted", "--json"],
      ],
    ],
    result: null,
  },
  trainStep("tissue-lowpower", "the pack of eight classes", ["--classes", "tools/packs/tissue-classes.json"]),
  {
    name: "haemorrhage-20x",
    about: "the classification pack",
    data: "tiles20x",
    commands: [
      ["tools/packs/haemorrhage-table.ts", "DATA/tiles20x/labels.csv", TILES],
      [
        ...["train", "classification", "--table", TILES, "--config", "tools/packs/haemorrhage-20x.json"],
        ...["--cache", "OUT/cache", "--out", "OUT/packs/haemorrhage-20x"],
      ],
    ],
    result: "packs/haemorrhage-20x/pack.json",
  },
  {
    name: "compare-classification",
    about: "the classification's comparators",
    data: "tiles20x",
    commands: [
      ["tools/packs/haemorrhage-table.ts", "DATA/tiles20x/labels.csv", TILES],
      [
        ...["compare", "classification", "--table", TILES, "--config", "tools/packs/haemorrhage-comparison.json"],
        ...["--out", "OUT/compare-classification"],
      ],
    ],
    result: "compare-classification/compare.json",
  },
  trainStep("paper-dense", "the paper's segmentation in dense passes at stride 8", ["--positive", "5,5,5"]),
  {
    name: "refinements",
    about: "the bundled recipe with the paper's two refinements, each alone and both",
    data: "sections",
    commands: [
      [
        ...["train", "segmentation", ...NECROSIS, ...BLOCKS, "--config", "tools/packs/necrosis-refinements.json"],
        ...["--out", "OUT/refinements"],
      ],
    ],
    result: "refinements/pack.json",
  },
  {
    name: "compare-segmentation",
    about: "the segmentation's comparators, with masks for the paper's Fig. 6",
    data: "sections",
    commands: [
      [
        ...["compare", "segmentation", ...NECROSIS, ...BLOCKS, "--config", "tools/packs/paper-comparison.json"],
        ...["--out", "OUT/compare-segmentation"],
      ],
      [
        ...["figure", "overlay", ...NECROSIS, "--methods", "GraphRLM=OUT/compare-segmentation/graphrlm"],
        ...["SVM-MF=OUT/compare-segmentation/svm-mf", "SVM-CNN=OUT/compare-segmentation/svm-cnn"],
        ...["--names", SHOWN.join(","), "--out", "OUT/figure-6.png"],
      ],
    ],
    result: "compare-segmentation/compare.json",
  },
  trainStep("paper-patchwise", "the paper's segmentation patch by patch, judged at stride 16", ["--positive", "5,5,5"]),
];

function trainStep(name: string, about: string, classes: readonly string[]): Step {
  const config = `tools/packs/${name}.json`;
  return {
    name,
    about,
    data: "sections",
    commands: [
      [
        ...["train", "segmentation", ...SECTIONS, ...classes, ...BLOCKS, "--config", config],
        ...["--cache", "OUT/cache", "--out", `OUT/packs/${name}`],
      ],
    ],
    result: `packs/${name}/pack.json`,
  };
}
