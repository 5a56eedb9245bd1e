import type { Block } from "./block.ts";
import type { Dyes } from "./ground.ts";
import { gradientNoise } from "./noise.ts";
import type { Nucleus } from "./nuclei.ts";

/** Lays nuclei over a block's dyes: soft-edged ellipses with uneven chromatin that displace what lies under them. */
export function stampNuclei(block: Block, dyes: Dyes, nuclei: readonly Nucleus[]): void {
  for (const nucleus of nuclei) {
    if (nucleus.halo > 0) {
      stamp(block, nucleus, haloReach(nucleus), (at, distance) => {
        const cleared = nucleus.halo * Math.min(1, Math.max(0, (haloReach(nucleus) - distance) * 1.4));
        dyes.eosin[at] = dyes.eosin[at]! * (1 - 0.8 * cleared);
        dyes.haematoxylin[at] = dyes.haematoxylin[at]! * (1 - 0.6 * cleared);
      });
    }
    if (nucleus.cytoplasm > 0) {
      stamp(block, nucleus, 1.9, (at, distance) => {
        const cover = Math.min(1, Math.max(0, (1.9 - distance) * 2.5));
        dyes.eosin[at] = dyes.eosin[at]! * (1 - cover) + 0.4 * cover;
        dyes.haematoxylin[at] = Math.max(dyes.haematoxylin[at]!, cover * nucleus.cytoplasm);
        dyes.matter[at] = Math.max(dyes.matter[at]!, cover);
      });
    }
  }
  for (const nucleus of nuclei) {
    stampBody(block, dyes, nucleus);
  }
}

function haloReach(nucleus: Nucleus): number {
  return nucleus.cytoplasm > 0 ? 2.3 : 1.75;
}

function stampBody(block: Block, dyes: Dyes, nucleus: Nucleus): void {
  const { mpp, seed } = block.scene;
  const softness = mpp / nucleus.shortUm;
  stamp(block, nucleus, 1 + softness, (at, distance, xUm, yUm) => {
    const cover = Math.min(1, Math.max(0, (1 - distance) / softness + 0.5));
    if (cover > 0) {
      const chromatin = 0.86 + 0.3 * gradientNoise(seed + 801, xUm / 3, yUm / 3) + 0.14 * distance * distance;
      const dye = cover * nucleus.dye * chromatin;
      dyes.haematoxylin[at] = Math.max(dyes.haematoxylin[at]!, dye) + 0.25 * Math.min(dyes.haematoxylin[at]!, dye);
      dyes.eosin[at] = dyes.eosin[at]! * (1 - 0.45 * cover);
      dyes.matter[at] = Math.max(dyes.matter[at]!, cover);
    }
  });
}

/** Visits the pixels within `reach` half-axes of a nucleus; `distance` is 1 on its border. */
function stamp(
  block: Block,
  nucleus: Nucleus,
  reach: number,
  visit: (at: number, distance: number, xUm: number, yUm: number) => void,
): void {
  const { mpp } = block.scene;
  const reachUm = nucleus.longUm * reach;
  const cos = Math.cos(nucleus.direction);
  const sin = Math.sin(nucleus.direction);
  const left = Math.max(0, Math.floor((nucleus.xUm - reachUm) / mpp) - block.x0);
  const right = Math.min(block.width - 1, Math.floor((nucleus.xUm + reachUm) / mpp) - block.x0);
  const top = Math.max(0, Math.floor((nucleus.yUm - reachUm) / mpp) - block.y0);
  const bottom = Math.min(block.height - 1, Math.floor((nucleus.yUm + reachUm) / mpp) - block.y0);
  for (let row = top; row <= bottom; row++) {
    const yUm = (block.y0 + row + 0.5) * mpp;
    for (let col = left; col <= right; col++) {
      const xUm = (block.x0 + col + 0.5) * mpp;
      const dx = xUm - nucleus.xUm;
      const dy = yUm - nucleus.yUm;
      const distance = Math.hypot((dx * cos + dy * sin) / nucleus.longUm, (dy * cos - dx * sin) / nucleus.shortUm);
      if (distance <= reach) {
        visit(row * block.width + col, distance, xUm, yUm);
      }
    }
  }
}
