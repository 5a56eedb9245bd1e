import type { Outlines } from "../../engine/heatmap/outlines.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { RgbaImage } from "../../engine/slide/types.ts";
import type { Affine } from "./affine.ts";

/** What lies over the slide. */
export interface MapPicture {
  /** One pixel per cell of the grid; kept as a canvas, because a canvas can be drawn turned and scaled. */
  readonly cells: HTMLCanvasElement;
  readonly grid: ConfidenceGrid;
  /** 0 to 1. */
  readonly opacity: number;
  /** Sharp cells: colours of classes must not mix. */
  readonly isSharp: boolean;
  /** Outlines of the regions in level-0 pixels, or null for none. */
  readonly contours: Path2D | null;
}

export interface ContourStyle {
  readonly core: string;
  readonly casing: string;
}

/** Draws the map where the slide lies in this very frame, so that it cannot lag behind under pan, zoom and rotation. */
export function drawMap(
  context: CanvasRenderingContext2D,
  picture: MapPicture,
  toStage: Affine,
  style: ContourStyle & { readonly pixelRatio: number },
): void {
  const { grid, cells } = picture;
  context.save();
  context.setTransform(toStage.a, toStage.b, toStage.c, toStage.d, toStage.e, toStage.f);
  context.beginPath();
  context.rect(0, 0, grid.width0, grid.height0);
  context.clip();
  context.globalAlpha = picture.opacity;
  context.imageSmoothingEnabled = !picture.isSharp;
  context.imageSmoothingQuality = "high";
  context.drawImage(cells, 0, 0, grid.cols * grid.stride0X, grid.rows * grid.stride0Y);
  context.restore();
  if (picture.contours) strokeContours(context, picture.contours, toStage, style);
}

function strokeContours(
  context: CanvasRenderingContext2D,
  contours: Path2D,
  toStage: Affine,
  style: ContourStyle & { readonly pixelRatio: number },
): void {
  const path = new Path2D();
  path.addPath(contours, toStage);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.lineJoin = "round";
  context.strokeStyle = style.casing;
  context.lineWidth = 3.5 * style.pixelRatio;
  context.stroke(path);
  context.strokeStyle = style.core;
  context.lineWidth = 1.5 * style.pixelRatio;
  context.stroke(path);
  context.restore();
}

/** The coloured grid as something that a canvas can draw; `reuse` is painted over when its size fits. */
export function cellsCanvas(image: RgbaImage, reuse: HTMLCanvasElement | null): HTMLCanvasElement {
  const fits = reuse !== null && reuse.width === image.width && reuse.height === image.height;
  const canvas = fits ? reuse : document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d")?.putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
  return canvas;
}

/** Outer rings and holes alike, in level-0 pixels. */
export function contourPath({ points, ringEnds }: Outlines): Path2D {
  const path = new Path2D();
  let first = 0;
  for (const end of ringEnds) {
    for (let i = first; i < end; i++) {
      if (i === first) path.moveTo(points[2 * i]!, points[2 * i + 1]!);
      else path.lineTo(points[2 * i]!, points[2 * i + 1]!);
    }
    path.closePath();
    first = end;
  }
  return path;
}
