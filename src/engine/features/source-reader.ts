import type { RgbaImage } from "../slide/types.ts";

/** Source pixels [x, x + width) x [y, y + height), white outside the slide; x and y may be negative. */
export type ReadSource = (x: number, y: number, width: number, height: number) => Promise<RgbaImage>;
