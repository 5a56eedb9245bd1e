import { octaveNoise, smoothStep } from "./noise.ts";
import { type Knot, polygonDistance, thickLineDistance } from "./shapes.ts";

/** The drawn plan of the section, in micrometres: where tissue, dead zones, brain and damage lie before noise frays them. */
export interface Layout {
  readonly widthUm: number;
  readonly heightUm: number;
  readonly outline: readonly (readonly [number, number])[];
  /** Each a thick line; together the necrosis. */
  readonly necroses: readonly (readonly Knot[])[];
  /** Living sleeves around vessels inside the necrosis. */
  readonly islands: readonly Knot[];
  readonly bleedings: readonly (readonly Knot[])[];
  readonly tears: readonly (readonly Knot[])[];
  readonly folds: readonly (readonly Knot[])[];
  /** Shreds of tissue that lie apart from the section. */
  readonly shreds: readonly Knot[];
}

/** A section of 10 mm x 8 mm: tumour to the left, brain to the right, a torn corner at the lower right. */
export const sectionLayout: Layout = {
  widthUm: 10_000,
  heightUm: 8_000,
  outline: [
    [900, 930],
    [1350, 620],
    [2400, 660],
    [3600, 480],
    [4700, 700],
    [5900, 560],
    [7100, 430],
    [8500, 640],
    [9280, 1500],
    [9440, 2700],
    [9330, 3130],
    [9060, 3300],
    [8780, 3560],
    [8420, 3640],
    [8120, 3560],
    [8090, 3620],
    [8400, 3760],
    [8820, 3700],
    [9130, 3470],
    [9360, 3440],
    [9480, 4500],
    [9300, 5400],
    [8800, 6150],
    [8620, 6900],
    [7900, 7150],
    [6900, 7300],
    [5600, 7330],
    [4700, 7540],
    [3100, 7400],
    [1900, 7500],
    [1150, 7330],
    [820, 6900],
    [640, 5000],
    [560, 3000],
    [620, 1300],
  ],
  necroses: [
    line(
      [1750, 2250, 580],
      [2350, 2000, 860],
      [3100, 2220, 1020],
      [3850, 2700, 880],
      [4350, 3450, 760],
      [4250, 4050, 540],
    ),
    line([2450, 2500, 620], [2150, 3250, 620], [1850, 3850, 560], [1700, 4200, 330]),
    line(
      [1700, 6000, 440],
      [2450, 6080, 640],
      [3250, 5980, 740],
      [4050, 5750, 680],
      [4750, 5850, 560],
      [5450, 6250, 480],
    ),
    line([5450, 6250, 480], [5950, 6250, 260], [6300, 5900, 150]),
    line([5600, 1480, 440], [6100, 1720, 660], [6400, 2300, 620], [6300, 2950, 330]),
    line([5450, 4350, 150], [5750, 4600, 110], [5950, 4520, 60]),
    line([4450, 1350, 80], [4620, 1600, 120], [4800, 1720, 90], [4850, 1950, 50]),
    line([5250, 3350, 40], [5550, 3200, 85], [5800, 3350, 60], [6050, 3250, 95], [6200, 3450, 40]),
    line([2850, 4500, 40], [3100, 4600, 80], [3300, 4500, 60]),
    line([1150, 5050, 130], [1280, 4880, 70]),
    line([6750, 4050, 90], [6900, 4200, 70]),
  ],
  islands: line(
    [2620, 1850, 95],
    [3480, 2380, 120],
    [2900, 2560, 70],
    [4260, 3250, 80],
    [3100, 6120, 85],
    [6150, 1820, 75],
  ),
  bleedings: [
    line([4650, 2350, 60], [4800, 2700, 190], [5020, 3000, 120], [4960, 3300, 40]),
    line([2050, 5050, 90], [2260, 5130, 30]),
    line([6500, 1180, 30], [6700, 1420, 130], [6760, 1800, 40]),
    line([3150, 2700, 30], [3420, 2900, 100], [3560, 3200, 50]),
    line([5200, 6450, 40], [5480, 6420, 90]),
  ],
  tears: [
    line([7150, 5050, 2], [7230, 5500, 26], [7180, 5960, 40], [7320, 6480, 22], [7290, 6800, 3]),
    line([7680, 5500, 2], [7700, 5900, 20], [7790, 6280, 8]),
    line([8150, 4700, 2], [8120, 5100, 18], [8210, 5560, 34], [8190, 6100, 16], [8260, 6420, 2]),
    line([5020, 3700, 2], [5150, 3860, 22], [5330, 3950, 30], [5520, 3920, 3]),
    line([2700, 4650, 2], [2900, 4600, 14], [3150, 4640, 20], [3320, 4600, 3]),
    line([2700, 2250, 3], [2860, 2130, 45], [3080, 2110, 70], [3230, 2210, 30], [3350, 2220, 4]),
    line([3900, 2780, 2], [4020, 2930, 38], [4060, 3120, 20], [4120, 3300, 3]),
    line([3300, 6120, 3], [3480, 6000, 36], [3650, 5890, 28], [3780, 5720, 4]),
    line([6100, 1950, 3], [6230, 2120, 40], [6290, 2340, 18], [6300, 2500, 2]),
    line([8450, 1900, 1], [8470, 2150, 12], [8440, 2500, 16], [8500, 2750, 2]),
    line([1000, 6500, 2], [1180, 6440, 15], [1400, 6470, 4]),
    line([4300, 640, 30], [4330, 800, 18], [4290, 930, 3]),
  ],
  folds: [
    line([640, 6150, 10], [760, 6300, 42], [980, 6420, 55], [1130, 6640, 48], [1150, 6900, 30], [1260, 7150, 12]),
    line([8500, 800, 16], [8700, 930, 34], [8820, 1120, 22], [9010, 1220, 8]),
  ],
  shreds: line(
    [9050, 6850, 120],
    [9180, 6620, 50],
    [8650, 7280, 80],
    [9560, 5900, 40],
    [420, 4100, 28],
    [7900, 7520, 45],
  ),
};

/** Distance in micrometres to the tissue's edge, negative inside; the right lower corner is torn, cut sides are smooth. */
export function outlineShape(layout: Layout, seed: number, xUm: number, yUm: number): number {
  const torn = Math.max(0, Math.min(1, (xUm - 5200) / 3500)) * Math.max(0, Math.min(1, (yUm - 3800) / 2600));
  const bend = 150 * octaveNoise(seed, xUm / 1300, yUm / 1300, 3);
  const fray = (34 + 190 * torn) * octaveNoise(seed + 1, xUm / 330, yUm / 330, 4, 0.62);
  const body = polygonDistance(layout.outline, xUm, yUm) + bend + fray;
  const shredFray = 60 * octaveNoise(seed + 2, xUm / 130, yUm / 130, 3, 0.6);
  return Math.min(body, nearestDisc(layout.shreds, xUm, yUm) + shredFray);
}

/** Below zero inside the necrosis: the plan's thick lines, warped by three sizes of noise, less the living islands. */
export function necrosisShape(layout: Layout, seed: number, xUm: number, yUm: number): number {
  const warpX =
    300 * octaveNoise(seed, xUm / 1150, yUm / 1150, 2) + 110 * octaveNoise(seed + 1, xUm / 330, yUm / 330, 3);
  const warpY =
    300 * octaveNoise(seed + 2, xUm / 1150, yUm / 1150, 2) + 110 * octaveNoise(seed + 3, xUm / 330, yUm / 330, 3);
  let nearest = Number.POSITIVE_INFINITY;
  for (const knots of layout.necroses) {
    nearest = Math.min(nearest, thickLineDistance(knots, xUm + warpX, yUm + warpY));
  }
  const size = smoothStep(120, -220, nearest);
  const swell = (60 + 190 * size) * octaveNoise(seed + 4, xUm / 640, yUm / 640, 4, 0.55);
  const islandFray = 45 * octaveNoise(seed + 5, xUm / 160, yUm / 160, 2);
  return Math.max(nearest + swell, -(nearestDisc(layout.islands, xUm, yUm) + islandFray));
}

/** 0 in the tumour's body to 1 in brain: rises to the right over about two millimetres, with fingers of tumour between. */
export function brainShare(seed: number, xUm: number, yUm: number): number {
  const front = 7350 + 260 * octaveNoise(seed, 0.3, yUm / 2400, 2);
  const fingers = 520 * octaveNoise(seed + 1, xUm / 900, yUm / 700, 3);
  return smoothStep(-900, 1200, xUm - front + fingers);
}

/** Distance in micrometres to the nearest of several discs; negative inside. */
export function nearestDisc(discs: readonly Knot[], xUm: number, yUm: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const disc of discs) {
    nearest = Math.min(nearest, Math.hypot(xUm - disc.xUm, yUm - disc.yUm) - disc.radiusUm);
  }
  return nearest;
}

function line(...knots: readonly (readonly [number, number, number])[]): Knot[] {
  return knots.map(([xUm, yUm, radiusUm]) => ({ xUm, yUm, radiusUm }));
}
