import type { Random } from "../../src/engine/base/random.ts";
import { normalDeviate } from "./noise.ts";
import type { Knot } from "./shapes.ts";

/** A blood vessel cut by the section: its lumen as a thick line. */
export interface Vessel {
  readonly lumen: readonly Knot[];
  /** Micrometres. */
  readonly wallUm: number;
  /** Share of the lumen that red cells fill, 0 to 1. */
  readonly redCells: number;
  /** Endothelial nuclei for a micrometre of wall; 0 where the vessel is dead. */
  readonly nucleiPerUm: number;
}

/** What a place is made of, so that vessels fit in. */
export interface Surroundings {
  /** Micrometres inside the tissue; negative outside. */
  readonly depthUm: number;
  /** Micrometres from the necrosis; negative inside. */
  readonly necrosisUm: number;
  /** 0 tumour to 1 brain. */
  readonly brain: number;
  /** Direction of the fibres, radians. */
  readonly flow: number;
}

export interface VesselOptions {
  readonly widthUm: number;
  readonly heightUm: number;
  readonly islands: readonly Knot[];
  readonly surroundingsAt: (xUm: number, yUm: number) => Surroundings;
}

/** Capillaries, larger vessels, glomeruloid tufts beside the necrosis, and clotted vessels in and near it. */
export function placeVessels(random: Random, options: VesselOptions): Vessel[] {
  const vessels: Vessel[] = [];
  const place = (
    count: number,
    fits: (at: Surroundings) => boolean,
    grow: (x: number, y: number, at: Surroundings) => Vessel[],
  ) => {
    for (let placed = 0, tries = 0; placed < count && tries < count * 60; tries++) {
      const xUm = random() * options.widthUm;
      const yUm = random() * options.heightUm;
      const at = options.surroundingsAt(xUm, yUm);
      if (at.depthUm > 90 && fits(at)) {
        vessels.push(...grow(xUm, yUm, at));
        placed++;
      }
    }
  };
  place(
    380,
    (at) => at.necrosisUm > 60,
    (x, y, at) => [capillary(random, x, y, at)],
  );
  place(
    34,
    (at) => at.necrosisUm > 120,
    (x, y, at) => [largeVessel(random, x, y, at, 12 + 26 * random() ** 2)],
  );
  place(
    30,
    (at) => at.necrosisUm > 130 && at.necrosisUm < 520 && at.brain < 0.4,
    (x, y) => tuft(random, x, y),
  );
  place(
    10,
    (at) => at.necrosisUm > 130 && at.brain < 0.3,
    (x, y) => tuft(random, x, y),
  );
  place(
    16,
    (at) => Math.abs(at.necrosisUm) < 200,
    (x, y, at) => [clottedVessel(random, x, y, at)],
  );
  place(
    15,
    (at) => at.necrosisUm < -60,
    (x, y, at) => branchingClot(random, x, y, at),
  );
  for (const island of options.islands) {
    const at = options.surroundingsAt(island.xUm, island.yUm);
    vessels.push(largeVessel(random, island.xUm, island.yUm, at, island.radiusUm * 0.22));
  }
  return vessels;
}

function capillary(random: Random, xUm: number, yUm: number, at: Surroundings): Vessel {
  const steps = 2 + Math.floor(random() * 7);
  const isFilled = random() < 0.8;
  const radius = (isFilled ? 1.9 : 1.1) + (isFilled ? 2.6 : 1.4) * random();
  const lumen = wander(random, xUm, yUm, {
    steps,
    stepUm: 24,
    direction: at.flow + 0.5 * normalDeviate(random),
    radius,
    bend: 0.35,
  });
  return { lumen, wallUm: 2.5 + 2 * random(), redCells: isFilled ? 0.55 + 0.45 * random() : 0, nucleiPerUm: 0.035 };
}

function largeVessel(random: Random, xUm: number, yUm: number, at: Surroundings, radius: number): Vessel {
  const steps = 1 + Math.floor(random() * 5);
  const lumen = wander(random, xUm, yUm, {
    steps,
    stepUm: radius * 1.1,
    direction: at.flow + 0.8 * normalDeviate(random),
    radius,
    bend: 0.4,
  });
  return {
    lumen,
    wallUm: 5 + radius * (0.18 + 0.3 * random()),
    redCells: random() < 0.7 ? 0.35 + 0.6 * random() : 0.05,
    nucleiPerUm: 0.06,
  };
}

function clottedVessel(random: Random, xUm: number, yUm: number, at: Surroundings): Vessel {
  const radius = 14 + 26 * random();
  const lumen = wander(random, xUm, yUm, {
    steps: 2 + Math.floor(random() * 4),
    stepUm: radius,
    direction: at.flow + normalDeviate(random),
    radius,
    bend: 0.5,
  });
  return { lumen, wallUm: 6 + 6 * random(), redCells: 1, nucleiPerUm: at.necrosisUm < 0 ? 0 : 0.03 };
}

/** A dead vessel full of clotted blood, with a side branch or two. */
function branchingClot(random: Random, xUm: number, yUm: number, at: Surroundings): Vessel[] {
  const radius = 7 + 13 * random() ** 2;
  const trunk = at.flow + 0.6 * normalDeviate(random);
  const branches = random() < 0.4 ? 2 : 1;
  return Array.from({ length: branches }, (_, i) => {
    const share = i === 0 ? 1 : 0.6;
    const direction = trunk + (i === 0 ? 0 : (i % 2 === 0 ? 1 : -1) * (0.6 + 0.9 * random()));
    const steps = 3 + Math.floor(5 * random());
    const walk = { steps, stepUm: 26, direction, radius: radius * share, bend: 0.3 };
    return { lumen: wander(random, xUm, yUm, walk), wallUm: 5, redCells: 1, nucleiPerUm: 0 };
  });
}

/** A knot of small thick-walled loops with plump nuclei: microvascular proliferation. */
function tuft(random: Random, xUm: number, yUm: number): Vessel[] {
  const loops = 4 + Math.floor(random() * 7);
  const spread = 22 + 34 * random();
  const stretch = 1 + random();
  const turn = Math.PI * random();
  return Array.from({ length: loops }, () => {
    const u = spread * stretch * 0.7 * normalDeviate(random);
    const v = spread * 0.7 * normalDeviate(random);
    const x = xUm + u * Math.cos(turn) - v * Math.sin(turn);
    const y = yUm + u * Math.sin(turn) + v * Math.cos(turn);
    const radius = 3 + 6 * random();
    const lumen = wander(random, x, y, {
      steps: 1 + Math.floor(random() * 3),
      stepUm: 14,
      direction: turn + normalDeviate(random),
      radius,
      bend: 0.9,
    });
    return { lumen, wallUm: 8 + 6 * random(), redCells: random() < 0.6 ? 0.4 + 0.6 * random() : 0, nucleiPerUm: 0.11 };
  });
}

interface Walk {
  readonly steps: number;
  readonly stepUm: number;
  readonly direction: number;
  readonly radius: number;
  readonly bend: number;
}

function wander(random: Random, xUm: number, yUm: number, walk: Walk): Knot[] {
  const knots: Knot[] = [];
  let { direction } = walk;
  let x = xUm;
  let y = yUm;
  for (let step = 0; step <= walk.steps; step++) {
    const taper = step === 0 || step === walk.steps ? 0.7 : 1;
    knots.push({ xUm: x, yUm: y, radiusUm: walk.radius * taper * (0.8 + 0.4 * random()) });
    direction += walk.bend * normalDeviate(random);
    x += walk.stepUm * Math.cos(direction);
    y += walk.stepUm * Math.sin(direction);
  }
  return knots;
}
