import { expose, transfer } from "comlink";
import type { Foci } from "../engine/heatmap/foci.ts";
import { MapMeter, type MeasuredMap } from "../engine/heatmap/measure-map.ts";
import { beginWorker } from "./begin-worker.ts";
import type { MeasureApi } from "./measure.api.ts";

let meter: MapMeter | null = null;

const api: MeasureApi = {
  load: async (map) => {
    meter = new MapMeter(map);
  },
  measure: async (threshold) => transferred(loaded().measure(threshold)),
  finish: async (threshold) => transferred(loaded().finish(threshold)),
};

function loaded(): MapMeter {
  if (!meter) throw new TypeError("measure before load");
  return meter;
}

function transferred(found: MeasuredMap): MeasuredMap {
  const { rest } = found;
  return transfer(found, [
    found.mask.data.buffer,
    ...buffersOf(found.foci),
    ...(rest ? [...buffersOf(rest.fields), ...Object.values(rest.outlines).map(({ buffer }) => buffer)] : []),
  ]);
}

function buffersOf({ area0, meanConfidence, maxConfidence, peakCell, box, rimUm }: Foci): ArrayBuffer[] {
  const all = [area0, meanConfidence, maxConfidence, peakCell, box];
  return [...all.map(({ buffer }) => buffer), ...(rimUm ? [rimUm.buffer] : [])];
}

beginWorker();
expose(api);
