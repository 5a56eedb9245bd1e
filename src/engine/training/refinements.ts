import { DEFAULT_HAEMORRHAGE_RULE, type HaemorrhageRule } from "./haemorrhage.ts";
import type { JsonFields } from "./json-fields.ts";
import type { MaskColour } from "./truth.ts";

/** The paper's two changes to the training set (Xu et al. 2015, section 4); both are off unless the training file names them. */
export interface Refinements {
  readonly haemorrhage: HaemorrhageConfig | null;
  readonly hardRegions: HardRegionConfig | null;
  /** Also takes the figures without haemorrhage relabelled, so that the record says what each refinement is worth. Default false. */
  readonly ablation: boolean;
}

/** Patches of necrosis that are haemorrhage are trained as the negative class; filled holes put them back in use. */
export interface HaemorrhageConfig {
  /** A patch is haemorrhage when more than this share of its area is. Default 0.3. */
  readonly share: number;
  /** Colour of haemorrhage in the masks; null finds it in the images, by `rule`. */
  readonly maskColour: MaskColour | null;
  readonly rule: HaemorrhageRule;
}

/** Patches in regions that held-out models miss or find falsely are added to the training set. */
export interface HardRegionConfig {
  /** How often regions are looked for and added. At most folds - 3: see `exclusions`. Default 1. */
  readonly rounds: number;
  /** Patches added from each image (and view of it) in a round, at most. Default 100. */
  readonly perImage: number;
  /** Further patches drawn from each image (and view) of which those within the regions are taken. Default 800. */
  readonly pool: number;
  /** Connected regions of missed or falsely found cells below this do not count. Default 300000, about one patch of the shipped pack. */
  readonly minRegionUm2: number;
}

const DEFAULT_SHARE = 0.3;

export function parseRefinements(fields: JsonFields): Refinements {
  const haemorrhage = fields.object("haemorrhage");
  const hardRegions = fields.object("hardRegions");
  const refinements: Refinements = {
    haemorrhage: haemorrhage && parseHaemorrhage(haemorrhage),
    hardRegions: hardRegions && parseHardRegions(hardRegions),
    ablation: fields.flag("ablation", false),
  };
  fields.end();
  return refinements;
}

/** The same with haemorrhage as a colour of the masks; what else was set about it stays. */
export function withHaemorrhageColour(refinements: Refinements, maskColour: MaskColour): Refinements {
  const before = refinements.haemorrhage ?? { share: DEFAULT_SHARE, rule: DEFAULT_HAEMORRHAGE_RULE };
  return { ...refinements, haemorrhage: { ...before, maskColour } };
}

function parseHaemorrhage(fields: JsonFields): HaemorrhageConfig {
  const colour = fields.numbersOrNull("maskColour", { count: 3, min: 0, max: 255, whole: true });
  const rule = DEFAULT_HAEMORRHAGE_RULE;
  const haemorrhage: HaemorrhageConfig = {
    share: fields.number("share", DEFAULT_SHARE, { min: 0, max: 1 }),
    maskColour: colour && [colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0],
    rule: {
      greenDensity: fields.number("greenDensity", rule.greenDensity, { min: 0 }),
      redToGreen: fields.number("redToGreen", rule.redToGreen, { min: 0 }),
      blueToGreen: fields.number("blueToGreen", rule.blueToGreen, { min: 0 }),
    },
  };
  fields.end();
  return haemorrhage;
}

function parseHardRegions(fields: JsonFields): HardRegionConfig {
  const hardRegions: HardRegionConfig = {
    rounds: fields.number("rounds", 1, { min: 1, whole: true }),
    perImage: fields.number("perImage", 100, { min: 1, whole: true }),
    pool: fields.number("pool", 800, { min: 1, whole: true }),
    minRegionUm2: fields.number("minRegionUm2", 300_000, { min: 0 }),
  };
  fields.end();
  return hardRegions;
}
