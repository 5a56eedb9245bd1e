import type { Provenance } from "../../../src/engine/heatmap/provenance.ts";

export function exampleProvenance(changes: Partial<Provenance> = {}): Provenance {
  return {
    appVersion: "0.1.0",
    slideName: "section 7.svs",
    slideByteSize: 123456,
    width0: 800,
    height0: 600,
    pixelSize: { mppX: 0.5, mppY: 0.25, origin: "assumed" },
    packId: "necrosis-lowpower",
    colour: "stored",
    packSha256: "ab".repeat(32),
    mode: "dense",
    stride: 8,
    threshold: 0.5,
    postProcess: { minRegionUm2: 0, maxHoleUm2: 0 },
    backend: "WASM",
    startedAt: "2026-01-02T03:04:05.000Z",
    notes: ["The pixel size was typed by hand."],
    ...changes,
  };
}
