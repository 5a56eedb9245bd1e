import { frayedDepth, frayedNecrosis } from "./block.ts";
import { sampleField } from "./field.ts";
import type { Scene } from "./scene.ts";

/** Where the necrosis is known to be: row-major, 1 necrosis, 0 anything else; one cell covers `downsample` level-0 pixels each way. */
export interface Truth {
  readonly cols: number;
  readonly rows: number;
  readonly downsample: number;
  readonly necrosis: Uint8Array<ArrayBuffer>;
  /** 1 where the section is, holes of vessels and clefts included; same layout. */
  readonly tissue: Uint8Array<ArrayBuffer>;
}

/** The scene's own necrosis at the cells' centres, by the same border as the pixels have. */
export function knownNecrosis(scene: Scene, downsample = 8): Truth {
  const cols = Math.ceil(scene.width0 / downsample);
  const rows = Math.ceil(scene.height0 / downsample);
  const necrosis = new Uint8Array(cols * rows);
  const tissue = new Uint8Array(cols * rows);
  for (let row = 0, at = 0; row < rows; row++) {
    const yUm = (row + 0.5) * downsample * scene.mpp;
    for (let col = 0; col < cols; col++, at++) {
      const xUm = (col + 0.5) * downsample * scene.mpp;
      const isTissue = frayedDepth(scene, sampleField(scene.depth, xUm, yUm), xUm, yUm) > 0;
      const isDead = frayedNecrosis(scene, sampleField(scene.necrosis, xUm, yUm), xUm, yUm) < 0;
      tissue[at] = isTissue ? 1 : 0;
      necrosis[at] = isTissue && isDead ? 1 : 0;
    }
  }
  return { cols, rows, downsample, necrosis, tissue };
}
