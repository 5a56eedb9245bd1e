import { quantile } from "../quantile.ts";
import type { ReaderName } from "../tile-page/readers.ts";
import type { Round } from "./measure.ts";

/** Of one reader on one file, over all rounds. Milliseconds, but for `slowFrames`. */
export interface Figures {
  readonly firstView: number;
  readonly coldMedian: number;
  readonly coldP95: number;
  readonly warmMedian: number;
  readonly warmP95: number;
  /** A tile, eight asked for at a time. */
  readonly burst: number;
  /** Share of frames of a moving view that took longer than 20 ms. */
  readonly slowFrames: number;
  /** Pixels of a tile, the mean of those measured. */
  readonly tilePixels: number;
}

/** How many times as long the peer takes: the median over rounds of the quotient within a round, and the range. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export const COMPARED = ["firstView", "coldMedian", "coldP95", "warmMedian", "warmP95", "burst"] as const;
export type Ratios = Readonly<Record<(typeof COMPARED)[number], Ratio>>;

export interface MeasuredReader {
  readonly rounds: readonly Round[];
  readonly tilePixels: number;
}

const SLOW_FRAME_MS = 20;

export function figuresOf({ rounds, tilePixels }: MeasuredReader): Figures {
  const each = rounds.map((round) => roundFigures(round, tilePixels));
  const over = (name: keyof Figures): number =>
    quantile(
      each.map((one) => one[name]),
      0.5,
    );
  return {
    firstView: over("firstView"),
    coldMedian: over("coldMedian"),
    coldP95: over("coldP95"),
    warmMedian: over("warmMedian"),
    warmP95: over("warmP95"),
    burst: over("burst"),
    slowFrames: over("slowFrames"),
    tilePixels,
  };
}

/** Where the readers cut a file into tiles of different sizes, the time of a tile is taken a pixel. */
export function ratiosOf(own: MeasuredReader, peer: MeasuredReader): Ratios {
  const scale = own.tilePixels / peer.tilePixels;
  const quotients = own.rounds.flatMap((round, i) => {
    const other = peer.rounds[i];
    if (!other) return [];
    const [mine, theirs] = [roundFigures(round, own.tilePixels), roundFigures(other, peer.tilePixels)];
    return [{ mine, theirs }];
  });
  const ratio = (name: (typeof COMPARED)[number]): Ratio => {
    const values = quotients.map(
      ({ mine, theirs }) => (theirs[name] / mine[name]) * (name === "firstView" ? 1 : scale),
    );
    return { median: quantile(values, 0.5), least: Math.min(...values), most: Math.max(...values) };
  };
  return {
    firstView: ratio("firstView"),
    coldMedian: ratio("coldMedian"),
    coldP95: ratio("coldP95"),
    warmMedian: ratio("warmMedian"),
    warmP95: ratio("warmP95"),
    burst: ratio("burst"),
  };
}

function roundFigures(round: Round, tilePixels: number): Figures {
  return {
    firstView: round.firstView,
    coldMedian: quantile(round.cold, 0.5),
    coldP95: quantile(round.cold, 0.95),
    warmMedian: quantile(round.warm, 0.5),
    warmP95: quantile(round.warm, 0.95),
    burst: round.burst / round.cold.length,
    slowFrames: round.frames.filter((ms) => ms > SLOW_FRAME_MS).length / round.frames.length,
    tilePixels,
  };
}

export const READERS: readonly ReaderName[] = ["palisade", "peer", "peer-tuned"];
