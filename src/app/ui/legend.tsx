import { useEffect, useMemo, useRef } from "preact/hooks";
import { legendEnds, paletteTable } from "../../engine/heatmap/palette.ts";
import type { ConfidenceGrid } from "../../engine/heatmap/types.ts";
import type { App } from "../state/app.ts";
import { retell } from "../words/words.ts";

const STEPS = 256;
const BINS = 48;

/** The palette with its two ends named, the threshold on it, and how the tissue is spread over it. */
export function Legend({ app }: { readonly app: App }) {
  const grid = app.necrosis.findings.value?.grid ?? null;
  const threshold = app.necrosis.threshold.value;
  const ends = legendEnds(app.classes.title.value);
  return (
    <div class="legend">
      <Histogram grid={grid} />
      <div class="legend-bar">
        <PaletteBar palette={app.settings.palette.value} />
        <span class="legend-mark" style={{ left: `${threshold * 100}%` }} />
      </div>
      <div class="legend-ends">
        <span>{retell(ends.low)}</span>
        <span>{retell(ends.high)}</span>
      </div>
    </div>
  );
}

function PaletteBar({ palette }: { readonly palette: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.putImageData(new ImageData(paletteTable(palette), STEPS, 1), 0, 0);
  }, [palette]);
  return <canvas ref={canvas} width={STEPS} height={1} />;
}

/** Keeps its place while there is no map, so that nothing moves when one comes. */
function Histogram({ grid }: { readonly grid: ConfidenceGrid | null }) {
  const path = useMemo(() => (grid ? histogramPath(grid) : ""), [grid]);
  return (
    <svg class="legend-histogram" viewBox={`0 0 ${BINS} 1`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  );
}

/** Bars 0 to 1 high; the square root keeps rare confidences in sight beside the many. */
function histogramPath(grid: ConfidenceGrid): string {
  const counts = new Float64Array(BINS);
  for (let i = 0; i < grid.values.length; i++) {
    const value = grid.values[i]!;
    if (grid.tissue[i] !== 1 || Number.isNaN(value)) continue;
    const bin = Math.min(BINS - 1, Math.floor(value * BINS));
    counts[bin]! += 1;
  }
  const highest = Math.sqrt(counts.reduce((a, b) => Math.max(a, b), 1));
  let path = "";
  counts.forEach((count, bin) => {
    if (count > 0) path += `M${bin} 1v${(-Math.sqrt(count) / highest).toFixed(3)}h.94V1z`;
  });
  return path;
}
