import { type MapMeasures, RANGE_STEP, SIZE_EDGES_MM2 } from "../heatmap/measures.ts";
import type { Provenance } from "../heatmap/provenance.ts";

/** A row of a table by its columns; what is missing or null is an empty cell. */
export type CsvRow = Readonly<Record<string, string | number | null | undefined>>;

/** Of a region, beyond its outline and its confidence. */
export const REGION_COLUMNS = ["equivalent_diameter_um", "rim_um"] as const;

const HIGHER = `threshold_plus_${RANGE_STEP}`;
const LOWER = `threshold_minus_${RANGE_STEP}`;

/** "0.01_to_0.03_mm2": from that area on, up to but not with the next one. */
const SIZES = SIZE_EDGES_MM2.map((fromMm2, k) => {
  const toMm2 = SIZE_EDGES_MM2[k + 1];
  return { fromMm2, name: toMm2 === undefined ? `from_${fromMm2}_mm2` : `${fromMm2}_to_${toMm2}_mm2` };
});

/** Every number of `MapMeasures` that has no column of its own already. */
export const MEASURE_COLUMNS: readonly string[] = [
  "tissue_px2",
  `area_mm2_${HIGHER}`,
  `area_mm2_${LOWER}`,
  `percent_of_tissue_${HIGHER}`,
  `percent_of_tissue_${LOWER}`,
  `region_count_${HIGHER}`,
  `region_count_${LOWER}`,
  "largest_region_mm2",
  "median_region_mm2",
  "largest_region_diameter_um",
  "median_region_diameter_um",
  "narrowest_rim_um",
  "median_rim_um",
  "regions_at_tissue_edge",
  ...SIZES.flatMap(({ name }) => [`region_count_${name}`, `region_area_mm2_${name}`]),
];

export function measureCells(measures: MapMeasures): CsvRow {
  const { necrosisMm2Range, necrosisFractionRange, focusCountRange, fociBySize } = measures;
  const hasSizes = measures.pixelSizeOrigin !== null;
  const bySize = SIZES.flatMap(({ fromMm2, name }) => {
    const own = fociBySize.find((size) => size.fromMm2 === fromMm2);
    return [
      [`region_count_${name}`, hasSizes ? (own?.count ?? 0) : null],
      [`region_area_mm2_${name}`, hasSizes ? (own?.areaMm2 ?? 0) : null],
    ] as const;
  });
  return {
    tissue_px2: measures.tissueArea0,
    [`area_mm2_${HIGHER}`]: necrosisMm2Range?.[0] ?? null,
    [`area_mm2_${LOWER}`]: necrosisMm2Range?.[1] ?? null,
    [`percent_of_tissue_${HIGHER}`]: necrosisFractionRange && necrosisFractionRange[0] * 100,
    [`percent_of_tissue_${LOWER}`]: necrosisFractionRange && necrosisFractionRange[1] * 100,
    [`region_count_${HIGHER}`]: focusCountRange?.[0] ?? null,
    [`region_count_${LOWER}`]: focusCountRange?.[1] ?? null,
    largest_region_mm2: measures.largestFocusMm2,
    median_region_mm2: measures.medianFocusMm2,
    largest_region_diameter_um: measures.largestFocusDiameterUm,
    median_region_diameter_um: measures.medianFocusDiameterUm,
    narrowest_rim_um: measures.narrowestRimUm,
    median_rim_um: measures.medianRimUm,
    regions_at_tissue_edge: measures.fociAtEdge,
    ...Object.fromEntries(bySize),
  };
}

/** Settings, where the numbers come from, and how far to trust them. */
export const PROVENANCE_COLUMNS = [
  "slide_sha256",
  "extent",
  "trust",
  "trust_reasons",
  "trust_overruled",
  "mode",
  "stride_px",
  "colour",
  "min_region_um2",
  "max_hole_um2",
  "backend",
  "started_at",
  "notes",
] as const;

export function provenanceCells(provenance: Provenance): CsvRow {
  const { trust, postProcess } = provenance;
  const doubts = trust?.checks.filter(({ light }) => light !== "green") ?? [];
  return {
    trust_reasons: doubts.map(({ light, reason }) => `${light}: ${reason}`).join(" | "),
    trust_overruled: trust ? (trust.isOverruled ? "yes" : "no") : null,
    mode: provenance.mode,
    stride_px: provenance.stride,
    colour: provenance.colour,
    min_region_um2: postProcess.minRegionUm2,
    max_hole_um2: postProcess.maxHoleUm2,
    backend: provenance.backend,
    started_at: provenance.startedAt,
    notes: provenance.notes.join(" | "),
  };
}
