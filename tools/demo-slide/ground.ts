import type { Block } from "./block.ts";
import { fibreNoise } from "./fibres.ts";
import { gradientNoise, octaveNoise, smoothStep } from "./noise.ts";

/** Amounts of dye in each pixel of a block, row-major: optical densities (natural logarithm) along the dye's colour. */
export interface Dyes {
  readonly haematoxylin: Float32Array;
  readonly eosin: Float32Array;
  /** Red cells: eosin and haemoglobin. */
  readonly red: Float32Array;
  /** 0 where glass shows through (outside, tears, clefts, empty lumina) to 1. */
  readonly matter: Float32Array;
}

/** Everything but the nuclei: fibrillary background, dead granular matter, clefts, vessel walls, red cells. */
export function paintGround(block: Block): Dyes {
  const { width, height, scene } = block;
  const length = width * height;
  const dyes: Dyes = {
    haematoxylin: new Float32Array(length),
    eosin: new Float32Array(length),
    red: new Float32Array(length),
    matter: new Float32Array(length),
  };
  const fibres = fibreNoise(block);
  for (let row = 0, at = 0; row < height; row++) {
    const yUm = (block.y0 + row + 0.5) * scene.mpp;
    for (let col = 0; col < width; col++, at++) {
      if (block.depth[at]! > -8) {
        paintTissue(block, dyes, at, (block.x0 + col + 0.5) * scene.mpp, yUm, fibres[at]!);
        paintBlood(block, dyes, at, (block.x0 + col + 0.5) * scene.mpp, yUm, fibres[at]!);
      }
    }
  }
  return dyes;
}

function paintTissue(block: Block, dyes: Dyes, at: number, xUm: number, yUm: number, fibre: number): void {
  const { seed } = block.scene;
  const necrosisUm = block.necrosis[at]!;
  const dead = smoothStep(14, -30, necrosisUm);
  const brain = block.brain[at]! * (1 - dead);
  const tumour = (1 - dead) * (1 - brain);
  const loose = block.looseness[at]!;
  const fine = gradientNoise(seed + 401, xUm / 6.5, yUm / 6.5);
  const grain = dead > 0 ? 0.65 * fine + 0.85 * gradientNoise(seed + 402, xUm / 15, yUm / 15) : fine;
  const clump = octaveNoise(seed + 411, xUm / 45, yUm / 45, 3, 0.75);
  const patch = dead > 0 ? deadPatch(seed, xUm, yUm) : 0;

  const crumbs = dead > 0 ? octaveNoise(seed + 432, xUm / 50, yUm / 50, 4, 0.74) : 0;
  const spongy =
    (1 - dead) * octaveNoise(seed + 431, xUm / 30, yUm / 30, 3, 0.62) + dead * crumbs + (0.09 - 0.06 * dead) * fibre;
  const rim = smoothStep(-70, -20, necrosisUm) * smoothStep(35, 0, necrosisUm);
  const threshold =
    tumour * (0.42 - 0.38 * loose) + brain * (0.6 - 0.3 * loose) + dead * (0.12 + 0.5 * patch) - 0.12 * rim;
  const softness = 0.12 - 0.02 * dead;
  const open = smoothStep(threshold - softness, threshold + softness, spongy);
  const edge = smoothStep(-3, 4, block.depth[at]!);
  dyes.matter[at] = edge * (1 - (0.9 + 0.06 * dead - 0.1 * brain) * open);

  const unevenness =
    1 + (0.12 * tumour + 0.11 * brain + 0.06 * dead) * fibre + (0.2 + 0.34 * dead) * grain + (0.6 + 0.3 * dead) * clump;
  const hue = octaveNoise(seed + 441, xUm / 1300, yUm / 1300, 2);
  const lavender = dead > 0 ? smoothStep(0, 0.5, octaveNoise(seed + 451, xUm / 260, yUm / 260, 4, 0.7)) : 0;
  const cortex = smoothStep(1150, 950, block.depth[at]! + 120 * hue);
  const eosin = (0.4 + 0.12 * hue) * tumour + (0.66 - 0.17 * cortex) * brain + dead * (0.5 + 0.36 * patch);
  const basophilia = (0.12 - 0.07 * hue) * tumour + 0.03 * brain + dead * (0.08 + 0.46 * lavender);
  dyes.eosin[at] = eosin * Math.max(0.1, unevenness);
  dyes.red[at] = dead * 0.27 * (1 - 0.8 * lavender) * smoothStep(-0.25, 0.65, 0.7 * patch + 0.6 * clump + 0.4 * grain);
  dyes.haematoxylin[at] = basophilia * Math.max(0, 1 + 0.3 * fibre + 0.5 * clump - 0.3 * grain);
}

/** -1 washed out to 1 solid: dead tissue falls apart in patches of half a millimetre, torn at their borders. */
function deadPatch(seed: number, xUm: number, yUm: number): number {
  const u = 0.8 * xUm + 0.6 * yUm;
  const v = 0.8 * yUm - 0.6 * xUm;
  const tear = 0.35 * gradientNoise(seed + 423, u / 150, v / 150);
  const slow = octaveNoise(seed + 421, u / 470 + tear, v / 470 - tear, 2);
  return 0.85 * slow + 0.5 * octaveNoise(seed + 422, u / 110, v / 110, 3, 0.7);
}

function paintBlood(block: Block, dyes: Dyes, at: number, xUm: number, yUm: number, fibre: number): void {
  const { seed } = block.scene;
  const edge = smoothStep(-3, 4, block.depth[at]!);
  const flecks = 0.34 * smoothStep(0, -60, block.necrosis[at]!);
  const bleeding = Math.max(block.bleeding[at]!, flecks);
  if (bleeding > 0) {
    const islets = octaveNoise(seed + 501, xUm / 34, yUm / 34, 3, 0.7);
    const blood = smoothStep(-0.08, 0.14, islets + 0.08 * fibre + 0.85 * bleeding - 0.62);
    layBlood(dyes, at, blood * edge, redCellTexture(seed, xUm, yUm));
  }
  const vesselUm = block.vessel[at]!;
  if (vesselUm > 40) {
    return;
  }
  const wallUm = block.wall[at]!;
  const lumen = smoothStep(1.2, -1.2, vesselUm);
  const wall = smoothStep(wallUm + 2, wallUm - 2, vesselUm) * (1 - lumen);
  const band = gradientNoise(seed + 511, xUm / 5, yUm / 5);
  dyes.eosin[at] = dyes.eosin[at]! * (1 - wall) + wall * (0.72 + 0.15 * band);
  dyes.matter[at] = Math.max(dyes.matter[at]!, wall * edge) * (1 - 0.94 * lumen);
  const share = block.redCells[at]!;
  if (lumen > 0 && share > 0) {
    const filled = smoothStep(-0.12, 0.12, 2.2 * share - 1 - gradientNoise(seed + 521, xUm / 26, yUm / 26));
    const packing = share === 1 ? 1.45 : 1;
    layBlood(dyes, at, lumen * filled * edge, packing * redCellTexture(seed, xUm, yUm));
  }
}

function layBlood(dyes: Dyes, at: number, cover: number, texture: number): void {
  dyes.eosin[at] = dyes.eosin[at]! * (1 - cover);
  dyes.haematoxylin[at] = dyes.haematoxylin[at]! * (1 - cover);
  dyes.red[at] = dyes.red[at]! * (1 - cover) + cover * texture;
  dyes.matter[at] = Math.max(dyes.matter[at]!, cover);
}

/** Discs of about 7 um, packed and overlapping. */
function redCellTexture(seed: number, xUm: number, yUm: number): number {
  return Math.max(
    0.15,
    1.15 + 0.75 * gradientNoise(seed + 531, xUm / 5.2, yUm / 5.2) + 0.3 * gradientNoise(seed + 532, xUm / 23, yUm / 23),
  );
}
