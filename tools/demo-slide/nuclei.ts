import type { Random } from "../../src/engine/base/random.ts";
import { findNear } from "./bins.ts";
import { type Block, frayedNecrosis } from "./block.ts";
import { sampleField } from "./field.ts";
import { gradientNoise, normalDeviate, placeRandom, smoothStep } from "./noise.ts";
import type { Scene } from "./scene.ts";

/** An elliptic nucleus in micrometres; `dye` and `halo` at its centre, `direction` of its long axis in radians. */
export interface Nucleus {
  readonly xUm: number;
  readonly yUm: number;
  readonly longUm: number;
  readonly shortUm: number;
  readonly direction: number;
  /** Haematoxylin. */
  readonly dye: number;
  /** Share of the background that is cleared around it, 0 to 1. */
  readonly halo: number;
  /** Cytoplasm of a neuron: haematoxylin around the nucleus, 0 for other cells. */
  readonly cytoplasm: number;
}

const cellUm = 8.5;

/**
 * All nuclei whose centre lies in the block. Each square of 8.5 um has at most one, drawn from the square's own random
 * stream against the density there, and gives way to a neighbour that comes too near with a better draw.
 */
export function placeNuclei(block: Block, matter: Float32Array): Nucleus[] {
  const { scene } = block;
  const left = block.x0 * scene.mpp;
  const top = block.y0 * scene.mpp;
  const right = left + block.width * scene.mpp;
  const bottom = top + block.height * scene.mpp;
  const nuclei: Nucleus[] = [];
  const add = (nucleus: Nucleus) => {
    if (nucleus.xUm >= left && nucleus.xUm < right && nucleus.yUm >= top && nucleus.yUm < bottom) {
      if (standsInMatter(block, matter, nucleus)) {
        nuclei.push(nucleus);
      }
    }
  };
  for (let row = Math.floor(top / cellUm) - 1; row <= bottom / cellUm + 1; row++) {
    for (let col = Math.floor(left / cellUm) - 1; col <= right / cellUm + 1; col++) {
      const candidate = candidateAt(scene, spotAt(scene, col, row));
      if (candidate !== null && !givesWay(scene, candidate, col, row)) {
        for (const nucleus of grow(scene, candidate)) {
          add(nucleus);
        }
      }
    }
  }
  for (const { thing } of findNear(scene.endothelium, { left, top, right, bottom })) {
    const random = placeRandom(scene.seed + 701, Math.round(thing.xUm * 4), Math.round(thing.yUm * 4));
    const longUm = 4 + 2.5 * random();
    const shape = { longUm, shortUm: longUm * (0.35 + 0.25 * random()), dye: 1.2 + 0.6 * random() };
    add({ ...thing, ...shape, halo: 0, cytoplasm: 0 });
  }
  return nuclei;
}

interface Spot {
  readonly xUm: number;
  readonly yUm: number;
  /** In [0, 1): stands if below the density's share of the square; the lower of two neighbours stays. */
  readonly draw: number;
  readonly random: Random;
}

interface Candidate extends Spot {
  readonly necrosisUm: number;
  readonly brain: number;
  readonly palisade: number;
}

function spotAt(scene: Scene, col: number, row: number): Spot {
  const random = placeRandom(scene.seed + 711, col, row);
  const draw = random();
  return { draw, xUm: (col + random()) * cellUm, yUm: (row + random()) * cellUm, random };
}

function candidateAt(scene: Scene, spot: Spot): Candidate | null {
  const { draw, xUm, yUm } = spot;
  if (sampleField(scene.depth, xUm, yUm) < -30) {
    return null;
  }
  const necrosisUm = frayedNecrosis(scene, sampleField(scene.necrosis, xUm, yUm), xUm, yUm);
  const brain = sampleField(scene.brain, xUm, yUm);
  const palisade = necrosisUm > 260 ? 0 : palisadeAt(scene, necrosisUm, xUm, yUm) * (1 - brain);
  const coarse = gradientNoise(scene.seed + 721, xUm / 80, yUm / 80);
  const clump = Math.max(0.1, 1 + 0.5 * coarse + 1 * gradientNoise(scene.seed + 722, xUm / 30, yUm / 30));
  const perUm2 = 1e-6 * clump * densityAt(scene, necrosisUm, brain, palisade, xUm, yUm);
  return draw < perUm2 * cellUm * cellUm ? { ...spot, necrosisUm, brain, palisade } : null;
}

/** Share of the palisade at a distance from the necrosis: highest at its border, gone after 20 to 170 um. */
function palisadeAt(scene: Scene, necrosisUm: number, xUm: number, yUm: number): number {
  const widthUm = 95 + 75 * gradientNoise(scene.seed + 731, xUm / 360, yUm / 360);
  const band = smoothStep(-16, 22, necrosisUm) * Math.exp(-((Math.max(0, necrosisUm) / widthUm) ** 2.4));
  return band * sampleField(scene.palisade, xUm, yUm);
}

/** Nuclei a square millimetre. */
function densityAt(
  scene: Scene,
  necrosisUm: number,
  brain: number,
  palisade: number,
  xUm: number,
  yUm: number,
): number {
  const blur = 30 + 45 * smoothStep(-0.2, 0.4, gradientNoise(scene.seed + 741, xUm / 300, yUm / 300));
  const dead = smoothStep(8, -blur, necrosisUm);
  const inflamed = smoothStep(0.1, 0.6, gradientNoise(scene.seed + 751, xUm / 350, yUm / 350));
  const debris = 1300 + 1900 * inflamed + 2600 * Math.exp(Math.min(0, necrosisUm) / 110);
  const crowding = sampleField(scene.crowding, xUm, yUm);
  const living = (4100 * crowding * (1 - brain) + 900 * brain) * (1 - 0.3 * sampleField(scene.looseness, xUm, yUm));
  return dead * debris + (1 - dead) * (living + 7800 * palisade);
}

function givesWay(scene: Scene, candidate: Candidate, col: number, row: number): boolean {
  const nearestUm = 5.2;
  for (let y = row - 1; y <= row + 1; y++) {
    for (let x = col - 1; x <= col + 1; x++) {
      const other = spotAt(scene, x, y);
      const isBetter = other.draw < candidate.draw;
      if (
        isBetter &&
        Math.hypot(other.xUm - candidate.xUm, other.yUm - candidate.yUm) < nearestUm &&
        candidateAt(scene, other) !== null
      ) {
        return true;
      }
    }
  }
  return false;
}

function grow(scene: Scene, candidate: Candidate): Nucleus[] {
  const { random, necrosisUm, brain, palisade, xUm, yUm } = candidate;
  const flow = Math.atan2(sampleField(scene.flowY, xUm, yUm), sampleField(scene.flowX, xUm, yUm));
  const plain = { xUm, yUm, halo: 0, cytoplasm: 0 };
  if (necrosisUm < 0) {
    return deadCell(random, xUm, yUm, smoothStep(0, -220, necrosisUm));
  }
  if (random() < brain * 0.85) {
    return [brainCell(random, xUm, yUm)];
  }
  if (palisade > 0.35) {
    const longUm = 4.9 + 1.9 * random();
    const direction = flow + 0.3 * normalDeviate(random);
    return [{ ...plain, longUm, shortUm: longUm * (0.38 + 0.2 * random()), direction, dye: 1.4 + 0.8 * random() }];
  }
  const longUm = Math.min(11, 5 * Math.exp(0.24 * normalDeviate(random)) + (random() < 0.02 ? 3.5 : 0));
  const shortUm = longUm * (0.5 + 0.42 * random());
  const direction = flow + 0.75 * normalDeviate(random);
  const cleared = random() < 0.2 ? 0.5 : 0.1;
  return [{ ...plain, longUm, shortUm, direction, dye: 1.25 + 1.1 * random(), halo: cleared }];
}

/** Shrunken dark nuclei and crumbs near the border, ghosts deeper in. */
function deadCell(random: Random, xUm: number, yUm: number, deep: number): Nucleus[] {
  const plain = { halo: 0, cytoplasm: 0, direction: Math.PI * random() };
  const kind = random();
  if (kind < 0.26 + 0.3 * deep) {
    const longUm = 3.6 + 1.8 * random();
    return [{ ...plain, xUm, yUm, longUm, shortUm: longUm * (0.6 + 0.4 * random()), dye: 0.2 + 0.35 * random() }];
  }
  if (kind < 0.72 + 0.15 * deep) {
    const longUm = 2.6 + 1.8 * random();
    return [{ ...plain, xUm, yUm, longUm, shortUm: longUm * (0.7 + 0.3 * random()), dye: 1.3 + 0.9 * random() }];
  }
  const crumbs = 2 + Math.floor(4 * random());
  return Array.from({ length: crumbs }, () => {
    const size = 1 + 0.9 * random();
    const x = xUm + 4 * normalDeviate(random);
    const y = yUm + 4 * normalDeviate(random);
    return { ...plain, xUm: x, yUm: y, longUm: size, shortUm: size, dye: 0.9 + 0.8 * random() };
  });
}

function brainCell(random: Random, xUm: number, yUm: number): Nucleus {
  const direction = Math.PI * random();
  const kind = random();
  if (kind < 0.14) {
    const longUm = 4 + 1.5 * random();
    return {
      xUm,
      yUm,
      longUm,
      shortUm: longUm * 0.8,
      direction,
      dye: 0.75,
      halo: 0.5,
      cytoplasm: 0.34 + 0.2 * random(),
    };
  }
  const longUm = kind < 0.6 ? 2.9 + 0.7 * random() : 4 + 1.2 * random();
  const shortUm = longUm * (kind < 0.6 ? 0.9 : 0.62 + 0.3 * random());
  return {
    xUm,
    yUm,
    longUm,
    shortUm,
    direction,
    dye: kind < 0.6 ? 1.5 : 0.95,
    halo: kind < 0.6 ? 0.75 : 0.15,
    cytoplasm: 0,
  };
}

/** Not on glass, in a lumen or in a cleft. */
function standsInMatter(block: Block, matter: Float32Array, nucleus: Nucleus): boolean {
  const col = Math.floor(nucleus.xUm / block.scene.mpp) - block.x0;
  const row = Math.floor(nucleus.yUm / block.scene.mpp) - block.y0;
  const at = row * block.width + col;
  return matter[at]! > 0.3 && block.depth[at]! > 2 && block.vessel[at]! > 0.5;
}
