import { type Bins, findNear } from "./bins.ts";
import { type Field, sampleField } from "./field.ts";
import { gradientNoise, octaveNoise } from "./noise.ts";
import type { Piece, Scene } from "./scene.ts";
import { capsuleDistance } from "./shapes.ts";

/** A rectangle in level-0 pixels. */
export interface Rectangle0 {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
}

/** What each pixel of a rectangle lies in; row-major, length = width * height, distances in micrometres. */
export interface Block extends Rectangle0 {
  readonly scene: Scene;
  /** Inside the tissue's edge and off its tears; negative on glass. */
  readonly depth: Float32Array;
  /** Outside the necrosis; negative inside. */
  readonly necrosis: Float32Array;
  readonly brain: Float32Array;
  readonly flowX: Float32Array;
  readonly flowY: Float32Array;
  readonly gain: Float32Array;
  readonly looseness: Float32Array;
  readonly bleeding: Float32Array;
  /** From the lumen of the nearest vessel; negative inside; 1e3 where none is near. */
  readonly vessel: Float32Array;
  /** Wall of that vessel. */
  readonly wall: Float32Array;
  /** Share of that lumen filled with red cells. */
  readonly redCells: Float32Array;
}

/** Everything slow about a rectangle, sampled at its pixel centres. Equal however the slide is cut into rectangles. */
export function makeBlock(scene: Scene, rectangle: Rectangle0): Block {
  const { width, height } = rectangle;
  const block = {
    ...rectangle,
    scene,
    depth: sampled(scene, rectangle, scene.depth),
    necrosis: sampled(scene, rectangle, scene.necrosis),
    brain: sampled(scene, rectangle, scene.brain),
    flowX: sampled(scene, rectangle, scene.flowX),
    flowY: sampled(scene, rectangle, scene.flowY),
    gain: sampled(scene, rectangle, scene.gain),
    looseness: sampled(scene, rectangle, scene.looseness),
    bleeding: sampled(scene, rectangle, scene.bleeding),
    vessel: new Float32Array(width * height).fill(1e3),
    wall: new Float32Array(width * height),
    redCells: new Float32Array(width * height),
  };
  frayEdges(block);
  forEachPiece(block, scene.tears, (at, distance, x, y) => {
    const frayed = distance + 6 + 38 * octaveNoise(scene.seed + 301, x / 110, y / 110, 4, 0.62);
    block.depth[at] = Math.min(block.depth[at]!, frayed);
  });
  forEachPiece(block, scene.folds, (at, distance, x, y) => {
    const fold = 1 / (1 + Math.exp((distance + 7 * gradientNoise(scene.seed + 311, x / 70, y / 70)) / 3));
    block.gain[at] = Math.max(block.gain[at]!, 1 + 0.95 * fold);
  });
  forEachPiece(block, scene.vessels, (at, distance, x, y, { vessel }) => {
    const frayed = distance + (1 + 0.25 * vessel!.wallUm) * gradientNoise(scene.seed + 321, x / 14, y / 14);
    if (frayed < block.vessel[at]!) {
      block.vessel[at] = frayed;
      block.wall[at] = vessel!.wallUm;
      block.redCells[at] = vessel!.redCells;
    }
  });
  return block;
}

/** The necrosis' border as drawn in the pixels and in the truth: the slow field frayed by noise of a few cells' size. */
export function frayedNecrosis(scene: Scene, slowUm: number, xUm: number, yUm: number): number {
  return Math.abs(slowUm) > 80 ? slowUm : slowUm + 34 * octaveNoise(scene.seed + 331, xUm / 120, yUm / 120, 4, 0.6);
}

/** The tissue's edge as drawn: the slow field frayed by noise of a few cells' size. */
export function frayedDepth(scene: Scene, slowUm: number, xUm: number, yUm: number): number {
  return Math.abs(slowUm) > 80 ? slowUm : slowUm + 16 * octaveNoise(scene.seed + 341, xUm / 60, yUm / 60, 4, 0.6);
}

function frayEdges(block: Block): void {
  const { scene, width, height } = block;
  for (let row = 0, at = 0; row < height; row++) {
    const yUm = (block.y0 + row + 0.5) * scene.mpp;
    for (let col = 0; col < width; col++, at++) {
      const xUm = (block.x0 + col + 0.5) * scene.mpp;
      block.depth[at] = frayedDepth(scene, block.depth[at]!, xUm, yUm);
      block.necrosis[at] = frayedNecrosis(scene, block.necrosis[at]!, xUm, yUm);
    }
  }
}

function sampled(scene: Scene, rectangle: Rectangle0, field: Field): Float32Array {
  const values = new Float32Array(rectangle.width * rectangle.height);
  for (let row = 0, at = 0; row < rectangle.height; row++) {
    const yUm = (rectangle.y0 + row + 0.5) * scene.mpp;
    for (let col = 0; col < rectangle.width; col++, at++) {
      values[at] = sampleField(field, (rectangle.x0 + col + 0.5) * scene.mpp, yUm);
    }
  }
  return values;
}

/** Calls back with the distance for every pixel that a piece's bounds cover. */
function forEachPiece(
  block: Block,
  pieces: Bins<Piece>,
  visit: (at: number, distanceUm: number, xUm: number, yUm: number, piece: Piece) => void,
): void {
  const { mpp } = block.scene;
  const right0 = block.x0 + block.width;
  const bottom0 = block.y0 + block.height;
  const bounds = { left: block.x0 * mpp, top: block.y0 * mpp, right: right0 * mpp, bottom: bottom0 * mpp };
  for (const { thing, left, top, right, bottom } of findNear(pieces, bounds)) {
    const lastY0 = Math.min(bottom0 - 1, Math.floor(bottom / mpp));
    const lastX0 = Math.min(right0 - 1, Math.floor(right / mpp));
    for (let y0 = Math.max(block.y0, Math.floor(top / mpp)); y0 <= lastY0; y0++) {
      for (let x0 = Math.max(block.x0, Math.floor(left / mpp)); x0 <= lastX0; x0++) {
        const xUm = (x0 + 0.5) * mpp;
        const yUm = (y0 + 0.5) * mpp;
        const distance = capsuleDistance(thing.from, thing.to, xUm, yUm);
        visit((y0 - block.y0) * block.width + x0 - block.x0, distance, xUm, yUm, thing);
      }
    }
  }
}
