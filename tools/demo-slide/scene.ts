import { seededRandom } from "../../src/engine/base/random.ts";
import { type Bins, fileInBins } from "./bins.ts";
import { type Field, makeField, sampleField, signedDistance } from "./field.ts";
import { brainShare, type Layout, necrosisShape, outlineShape, sectionLayout } from "./layout.ts";
import { gradientNoise, octaveNoise, smoothStep } from "./noise.ts";
import { type Knot, thickLineDistance } from "./shapes.ts";
import { placeVessels, type Vessel } from "./vessels.ts";

/** One straight piece of a vessel, tear or fold. */
export interface Piece {
  readonly from: Knot;
  readonly to: Knot;
  readonly vessel: Vessel | null;
}

/** The whole section as slow fields (16 um a cell) and drawn objects; everything finer is made while rendering. */
export interface Scene {
  readonly seed: number;
  /** Micrometres a level-0 pixel, both ways. */
  readonly mpp: number;
  readonly width0: number;
  readonly height0: number;
  readonly layout: Layout;
  /** Micrometres inside the tissue's edge; negative on glass. */
  readonly depth: Field;
  /** Micrometres outside the necrosis; negative inside. */
  readonly necrosis: Field;
  /** 0 tumour to 1 brain. */
  readonly brain: Field;
  /** Unit vector of the fibres, and around necrosis away from it. */
  readonly flowX: Field;
  readonly flowY: Field;
  /** Thickness and stain, about 1. */
  readonly gain: Field;
  /** Nuclei against the usual number, about 1. */
  readonly crowding: Field;
  /** 0 tight to 1 spongy. */
  readonly looseness: Field;
  /** 0 none to 1 full of red cells. */
  readonly bleeding: Field;
  /** 0 none to 1 full row of nuclei around the necrosis. */
  readonly palisade: Field;
  readonly vessels: Bins<Piece>;
  readonly tears: Bins<Piece>;
  readonly folds: Bins<Piece>;
  /** Endothelial nuclei: place (radius 0 unused) and direction. */
  readonly endothelium: Bins<EndothelialNucleus>;
}

export interface EndothelialNucleus {
  readonly xUm: number;
  readonly yUm: number;
  readonly direction: number;
}

/** Builds the section of `sectionLayout`; the seed alone decides everything. About a second. */
export function buildScene(seed: number, mpp = 2, layout: Layout = sectionLayout): Scene {
  const cellUm = 16;
  const size = { cols: Math.ceil(layout.widthUm / cellUm), rows: Math.ceil(layout.heightUm / cellUm), cellUm };
  const outline = signedDistance(makeField(size, (x, y) => outlineShape(layout, seed + 11, x, y)));
  const depth = { ...outline, values: outline.values.map((value) => -value) };
  const necrosis = signedDistance(makeField(size, (x, y) => necrosisShape(layout, seed + 23, x, y)));
  const brain = makeField(size, (x, y) => brainShare(seed + 37, x, y));
  const { flowX, flowY } = flowFields(seed + 41, necrosis);
  const random = seededRandom(seed);
  const vessels = placeVessels(random, {
    widthUm: layout.widthUm,
    heightUm: layout.heightUm,
    islands: layout.islands,
    surroundingsAt: (x, y) => ({
      depthUm: sampleField(depth, x, y),
      necrosisUm: sampleField(necrosis, x, y),
      brain: sampleField(brain, x, y),
      flow: Math.atan2(sampleField(flowY, x, y), sampleField(flowX, x, y)),
    }),
  });
  return {
    seed,
    mpp,
    width0: Math.round(layout.widthUm / mpp),
    height0: Math.round(layout.heightUm / mpp),
    layout,
    depth,
    necrosis,
    brain,
    flowX,
    flowY,
    gain: makeField(size, (x, y) => gainAt(seed + 53, depth, x, y)),
    crowding: makeField(
      size,
      (x, y) =>
        0.97 +
        0.85 * octaveNoise(seed + 61, x / 1000, y / 1000, 4, 0.6) +
        0.12 * gradientNoise(seed + 62, x / 150, y / 150),
    ),
    looseness: makeField(size, (x, y) => smoothStep(-0.2, 0.55, octaveNoise(seed + 71, x / 1100, y / 1100, 4, 0.6))),
    bleeding: makeField(size, (x, y) => {
      const edge = Math.min(...layout.bleedings.map((knots) => thickLineDistance(knots, x, y)));
      return smoothStep(130, -110, edge + 190 * octaveNoise(seed + 83, x / 300, y / 300, 4, 0.6));
    }),
    palisade: makeField(size, (x, y) => smoothStep(-0.32, 0.12, octaveNoise(seed + 91, x / 520, y / 520, 3))),
    vessels: filePieces(
      vessels.flatMap((vessel) => piecesOf(vessel.lumen, vessel)),
      30,
    ),
    tears: filePieces(
      layout.tears.flatMap((knots) => piecesOf(knots, null)),
      60,
    ),
    folds: filePieces(
      layout.folds.flatMap((knots) => piecesOf(knots, null)),
      60,
    ),
    endothelium: fileInBins(endothelialNuclei(random, vessels), ({ xUm, yUm }) => boundsAround(xUm, yUm, 12)),
  };
}

/** Along a slow stream function in tissue; straight away from the necrosis within a tenth of a millimetre of it. */
function flowFields(seed: number, necrosis: Field): { flowX: Field; flowY: Field } {
  const step = necrosis.cellUm;
  const stream = (x: number, y: number) =>
    octaveNoise(seed, x / 1500, y / 1500, 3, 0.45) + 0.75 * (x / 1500) - 0.95 * (y / 1500);
  const flowX = makeField(necrosis, (x, y) => stream(x, y + step) - stream(x, y - step));
  const flowY = makeField(necrosis, (x, y) => stream(x - step, y) - stream(x + step, y));
  for (let i = 0; i < flowX.values.length; i++) {
    const x = ((i % necrosis.cols) + 0.5) * step;
    const y = (Math.floor(i / necrosis.cols) + 0.5) * step;
    const awayX = sampleField(necrosis, x + step, y) - sampleField(necrosis, x - step, y);
    const awayY = sampleField(necrosis, x, y + step) - sampleField(necrosis, x, y - step);
    const away = Math.hypot(awayX, awayY) + 1e-6;
    const length = Math.hypot(flowX.values[i]!, flowY.values[i]!) + 1e-9;
    const distance = necrosis.values[i]!;
    const radial = smoothStep(-60, 0, distance) * smoothStep(210, 110, distance);
    const sign = awayX * flowX.values[i]! + awayY * flowY.values[i]! < 0 ? -1 : 1;
    const x1 = ((1 - radial) * flowX.values[i]!) / length + (radial * sign * awayX) / away;
    const y1 = ((1 - radial) * flowY.values[i]!) / length + (radial * sign * awayY) / away;
    const length1 = Math.hypot(x1, y1) + 1e-9;
    flowX.values[i] = x1 / length1;
    flowY.values[i] = y1 / length1;
  }
  return { flowX, flowY };
}

/** Slow stain and thickness, and the dark rim that cut edges take. */
function gainAt(seed: number, depth: Field, x: number, y: number): number {
  const slow =
    1.02 + 0.2 * octaveNoise(seed, x / 2400, y / 2400, 3) + 0.06 * octaveNoise(seed + 1, x / 420, y / 420, 2);
  const rimUm = 55 + 45 * octaveNoise(seed + 2, x / 900, y / 900, 2);
  const strength = smoothStep(-0.45, 0.35, octaveNoise(seed + 3, x / 1500, y / 1500, 2));
  const inside = Math.max(0, sampleField(depth, x, y));
  return slow * (1 + (0.2 + 1.1 * strength) * Math.exp(-((inside / rimUm) ** 2)));
}

function piecesOf(knots: readonly Knot[], vessel: Vessel | null): Piece[] {
  return knots.slice(1).map((to, i) => ({ from: knots[i]!, to, vessel }));
}

function filePieces(pieces: readonly Piece[], marginUm: number): Bins<Piece> {
  return fileInBins(pieces, ({ from, to, vessel }) => {
    const reach = Math.max(from.radiusUm, to.radiusUm) + (vessel?.wallUm ?? 0) + marginUm;
    return {
      left: Math.min(from.xUm, to.xUm) - reach,
      top: Math.min(from.yUm, to.yUm) - reach,
      right: Math.max(from.xUm, to.xUm) + reach,
      bottom: Math.max(from.yUm, to.yUm) + reach,
    };
  });
}

function endothelialNuclei(random: () => number, vessels: readonly Vessel[]): EndothelialNucleus[] {
  const nuclei: EndothelialNucleus[] = [];
  for (const { lumen, wallUm, nucleiPerUm } of vessels) {
    for (const { from, to } of piecesOf(lumen, null)) {
      const lengthUm = Math.hypot(to.xUm - from.xUm, to.yUm - from.yUm);
      const along = Math.atan2(to.yUm - from.yUm, to.xUm - from.xUm);
      const count = Math.round(2 * (lengthUm + 2 * from.radiusUm) * nucleiPerUm + random() - 0.5);
      for (let i = 0; i < count; i++) {
        const side = random() < 0.5 ? -1 : 1;
        const t = -0.1 + 1.2 * random();
        const radiusUm = from.radiusUm + t * (to.radiusUm - from.radiusUm) + wallUm * (0.2 + 0.7 * random());
        nuclei.push({
          xUm: from.xUm + t * (to.xUm - from.xUm) - side * Math.sin(along) * radiusUm,
          yUm: from.yUm + t * (to.yUm - from.yUm) + side * Math.cos(along) * radiusUm,
          direction: along + 0.5 * (random() - 0.5),
        });
      }
    }
  }
  return nuclei;
}

function boundsAround(xUm: number, yUm: number, reachUm: number) {
  return { left: xUm - reachUm, top: yUm - reachUm, right: xUm + reachUm, bottom: yUm + reachUm };
}
